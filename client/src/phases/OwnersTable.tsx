import type { OutcomeId } from '@quintet/shared/board'
import { counted } from '../board/words.ts'
import { useBreaks, useOutcomes } from '../document/thread.ts'
import { PHONE, useMedia } from '../ui/useMedia.ts'
import { ActionCard, ActionRow } from './ActionRow.tsx'
import { Ask } from './Ask.tsx'
import styles from './OwnersTable.module.css'

/** The actions with what the plan says of each: a table, or on a phone a card for each. */
export function OwnersTable() {
  const ids = useOutcomes('actions')
  const phone = useMedia(PHONE)
  return (
    <>
      <Ask phase="owners" detail={counted(ids.length, 'action', 'actions')}>
        {ids.length > 0 && <Owned total={ids.length} />}
      </Ask>
      {ids.length === 0 ? (
        <div className={styles.nothing}>
          <p className="voice">No action yet</p>
          <p>Actions are written in the phase before. What the team keeps of them stands here.</p>
        </div>
      ) : phone ? (
        <ol className={styles.cards} aria-label="Actions">
          {ids.map((id) => (
            <ActionCard key={id} id={id} />
          ))}
        </ol>
      ) : (
        <Table ids={ids} />
      )}
    </>
  )
}

function Table({ ids }: { readonly ids: readonly OutcomeId[] }) {
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className="sr">Actions, with owner, due date, first step and measure of success</caption>
        <thead>
          <tr>
            <th scope="col" className={styles.action}>
              Action
            </th>
            <th scope="col" className={styles.owner}>
              Owner
            </th>
            <th scope="col" className={styles.due}>
              Due
            </th>
            <th scope="col" className={styles.first}>
              First step
            </th>
            <th scope="col">Measure of success</th>
            <th scope="col" className={styles.more}>
              <span className="sr">More</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ids.map((id) => (
            <ActionRow key={id} id={id} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** How many have an owner, in words and as bars. */
function Owned({ total }: { readonly total: number }) {
  const unowned = useBreaks().filter((each) => each.kind === 'action without an owner').length
  const owned = Math.max(0, total - unowned)
  return (
    <div className={styles.owned}>
      <p>
        <b className="num">
          {owned} of {total}
        </b>{' '}
        {total === 1 ? 'has' : 'have'} an owner
      </p>
      <div className={styles.bars} aria-hidden="true">
        {Array.from({ length: total }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars are alike and hold no state.
          <i key={index} className={index < owned ? styles.full : undefined} />
        ))}
      </div>
    </div>
  )
}
