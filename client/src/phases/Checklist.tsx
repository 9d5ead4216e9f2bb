import { BREAK_NAMES, type ThreadBreak } from '@quintet/shared/thread'
import { useWords } from '../document/views.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './Checklist.module.css'
import { ShowBreak } from './ShowBreak.tsx'

/** Every break of the thread with the way to mend it. A checklist: nothing waits for it. */
export function Checklist({
  breaks,
  onShow,
}: {
  readonly breaks: readonly ThreadBreak[]
  readonly onShow?: () => void
}) {
  return (
    <ul className={styles.list} aria-label="Where the thread is broken">
      {breaks.map((each) => (
        <Item key={`${each.kind} ${each.outcome.id}`} of={each} onShow={onShow} />
      ))}
    </ul>
  )
}

function Item({ of: each, onShow }: { readonly of: ThreadBreak; readonly onShow: (() => void) | undefined }) {
  const words = useWords(each.outcome.id)
  return (
    <li className={styles.item}>
      <Icon name="break" size={16} className={styles.gold} />
      <p>
        <b>{BREAK_NAMES[each.kind]}</b>
        <span className={styles.words} dir="auto">
          {words || 'No words yet'}
        </span>
      </p>
      <ShowBreak of={each} words={words} onShow={onShow} />
    </li>
  )
}
