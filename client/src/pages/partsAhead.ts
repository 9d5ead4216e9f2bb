import type { Session } from '../session/session.ts'

/** Fetches code. What it gives is the browser's to remember. */
type Load = () => Promise<unknown>

/** What a step, a jump to another phase, or a link leads to. */
const VIEWS: readonly Load[] = [
  () => import('../phases/ShareView.tsx'),
  () => import('../phases/VoteView.tsx'),
  () => import('../phases/DecideView.tsx'),
  () => import('../phases/ThreadView.tsx'),
  () => import('../phases/OwnersTable.tsx'),
  () => import('../board/DragLayer.tsx'),
  () => import('./ThreadPage.tsx'),
  () => import('./PlanPage.tsx'),
  () => import('./HomePage.tsx'),
]

/** What anybody may open: lists, and what stands where one is in the workshop no more. */
const EVERYBODYS: readonly Load[] = [
  () => import('../ui/Menu.tsx'),
  () => import('../people/PeopleList.tsx'),
  () => import('../people/LeaveDialog.tsx'),
  () => import('./leaveDevice.ts'),
  () => import('./ExportDialog.tsx'),
  () => import('./ExportChoices.tsx'),
  () => import('../facilitator/Countdown.tsx'),
  () => import('../facilitator/LockNotice.tsx'),
  () => import('../facilitator/LocksHeard.tsx'),
  () => import('../board/Wall.tsx'),
  () => import('../board/GroupFlow.tsx'),
  () => import('../board/Parked.tsx'),
  () => import('../phases/RoundsList.tsx'),
  () => import('./UnsavedWords.tsx'),
]

/** What people write, move and own with. */
const WRITERS: readonly Load[] = [
  () => import('../board/NoteMenu.tsx'),
  () => import('../board/GroupMenu.tsx'),
  () => import('../board/Draft.tsx'),
  () => import('../board/DraftMenu.tsx'),
  () => import('../board/SelectionBar.tsx'),
  () => import('../board/UnderPicker.tsx'),
  () => import('../board/HangPicker.tsx'),
  () => import('../board/Tray.tsx'),
  () => import('../phases/AssignPicker.tsx'),
  () => import('../phases/ShareLeftovers.tsx'),
  () => import('../people/ContinueDialog.tsx'),
]

/** What facilitators lead with. */
const FACILITATORS: readonly Load[] = [
  () => import('../facilitator/LeadBar.tsx'),
  () => import('../facilitator/InviteDialog.tsx'),
  () => import('../facilitator/RequestList.tsx'),
  () => import('../facilitator/RemovedDialog.tsx'),
  () => import('../facilitator/CloseDialog.tsx'),
  () => import('../people/RemoveDialog.tsx'),
]

/**
 * Fetches the views, menus, dialogs and lists that a person can come to, one after the other: they have to be there before
 * the network goes. Ends where it has gone.
 */
export async function fetchParts({ me, state }: Pick<Session, 'me' | 'state'>): Promise<void> {
  const parts = [
    ...VIEWS,
    ...EVERYBODYS,
    ...(me.role === 'observer' ? [] : WRITERS),
    ...(me.role === 'facilitator' ? FACILITATORS : []),
  ]
  for (const load of parts) {
    if (state.getState().is !== 'live') return
    await load()
  }
}
