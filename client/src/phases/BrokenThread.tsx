import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { focusNote } from '../board/noteFocus.ts'
import { counted } from '../board/words.ts'
import { useBreaks } from '../document/thread.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './BrokenThread.module.css'
import { breaksOf } from './breaksOf.ts'

/** Says where the thread is broken between a phase and the one above it, and leads there. */
export function BrokenThread({ phase }: { readonly phase: PhaseId }) {
  const { unanswered, unhung } = breaksOf(useBreaks(), phase)
  const { one, many, under } = PHASES[phase]
  const first = unhung[0] ?? unanswered[0]
  if (!first || !under) return null
  const above = PHASES[under]
  const count = unanswered.length + unhung.length
  const said = [
    unanswered.length > 0 &&
      `${counted(unanswered.length, above.one, above.many)} ${unanswered.length === 1 ? 'has' : 'have'} no ${one}`,
    unhung.length > 0 && `${counted(unhung.length, one, many)} ${unhung.length === 1 ? 'has' : 'have'} no ${above.one}`,
  ].filter(Boolean)
  return (
    <div className={styles.broken}>
      <Icon name="break" className={styles.glyph} />
      <p className={styles.words}>
        <b>The thread is broken in {counted(count, 'place', 'places')}.</b> <span>{said.join(', ')}.</span>
      </p>
      <Button size="sm" onClick={() => focusNote(first)}>
        Show the first
      </Button>
    </div>
  )
}
