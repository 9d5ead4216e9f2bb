import { HandedBack } from '../board/HandedBack.tsx'
import { counted } from '../board/words.ts'
import { useBreaks } from '../document/thread.ts'
import { useThreadTrees } from '../document/threadTrees.ts'
import { Header } from '../people/Header.tsx'
import { MoreMenu } from '../people/MoreMenu.tsx'
import type { SeatChoice } from '../people/seatEntries.ts'
import { Checklist } from '../phases/Checklist.tsx'
import styles from './ThreadPage.module.css'
import { ThreadTree } from './ThreadTree.tsx'
import { usePlaces } from './usePlaces.tsx'
import { ViewLinks } from './ViewLinks.tsx'

/** The golden thread as a whole: every chain from principle to owner, and the places where it is broken. */
export function ThreadPage({ seats }: { readonly seats: SeatChoice }) {
  const trees = useThreadTrees()
  const breaks = useBreaks()
  const { entries, dialogs } = usePlaces()
  return (
    <div className={styles.screen}>
      <Header
        actions={
          <>
            <HandedBack as="button" />
            <MoreMenu seats={seats} entries={entries} />
          </>
        }
      >
        <ViewLinks here="thread" />
      </Header>
      <main className={styles.main}>
        <HandedBack as="tray" />
        <h1 className={`voice ${styles.title}`}>The golden thread</h1>
        <p className={styles.lead}>
          {trees.length === 0
            ? 'Nothing hangs on it yet: it begins with the first statement of the ideal state.'
            : breaks.length === 0
              ? 'Every action closes a gap, and every gap serves what our customers would see.'
              : `It is broken in ${counted(breaks.length, 'place', 'places')}.`}
        </p>
        {trees.length > 0 && (
          <div className={styles.body}>
            <ThreadTree trees={trees} />
            {breaks.length > 0 && <Checklist breaks={breaks} />}
          </div>
        )}
      </main>
      {dialogs}
    </div>
  )
}
