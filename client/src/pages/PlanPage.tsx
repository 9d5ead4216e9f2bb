import { HandedBack } from '../board/HandedBack.tsx'
import { useOutcomes } from '../document/thread.ts'
import { useStage } from '../document/views.ts'
import { Header } from '../people/Header.tsx'
import { MoreMenu } from '../people/MoreMenu.tsx'
import type { SeatChoice } from '../people/seatEntries.ts'
import { ExportButton } from './ExportButton.tsx'
import { PlanList } from './PlanList.tsx'
import styles from './PlanPage.module.css'
import { PlanSummary } from './PlanSummary.tsx'
import { usePlaces } from './usePlaces.tsx'
import { ViewLinks } from './ViewLinks.tsx'

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

/** The plan: what was decided, who owns it, and how far it is. It stays open after the workshop. */
export function PlanPage({ seats }: { readonly seats: SeatChoice }) {
  const actions = useOutcomes('actions')
  const gaps = useOutcomes('gaps').length
  const closed = useStage((stage) => stage.state === 'closed')
  const { entries, dialogs } = usePlaces()

  return (
    <div className={styles.screen}>
      <Header
        actions={
          <>
            <HandedBack as="button" />
            <ExportButton />
            <MoreMenu seats={seats} entries={entries} />
          </>
        }
      >
        <ViewLinks here="plan" />
      </Header>
      <main className={styles.main}>
        <HandedBack as="tray" />
        <h1 className={`voice ${styles.title}`}>The plan</h1>
        <p className={styles.lead}>
          {actions.length === 0
            ? 'There is no action yet. They are written in the workshop, and stand here at once.'
            : `${counted(actions.length, 'action')} for ${counted(gaps, 'gap')}. ${
                closed ? 'Owners update them here, from the same link.' : 'The workshop is still going on.'
              }`}
        </p>
        {actions.length > 0 && (
          <>
            <PlanSummary />
            <PlanList />
          </>
        )}
      </main>
      {dialogs}
    </div>
  )
}
