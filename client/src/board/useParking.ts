import type { OutcomeId } from '@quintet/shared/board'
import type { PhaseId } from '@quintet/shared/phases'
import { useMay, useStage } from '../document/views.ts'
import { useSession, useSessionState } from '../session/SessionContext.tsx'
import type { MenuItem } from '../ui/Menu.tsx'
import { showToast } from '../ui/toasts.ts'
import { leaving } from './noteFocus.ts'
import { clearSelection } from './selection.ts'
import { named } from './words.ts'

/** Putting things aside and taking them back, which facilitators do by command. */
export interface Parking {
  /** Whether one may at all: others are not offered it. */
  readonly offered: boolean
  /** Why it is not possible now; undefined when it is. */
  readonly reason: string | undefined
  /** @param words what the things are called together. */
  readonly park: (ids: readonly OutcomeId[], words: string) => Promise<void>
  readonly unpark: (id: OutcomeId, words: string) => Promise<void>
  /** The entry of a menu; none for those who are not offered it. */
  readonly entries: (ids: readonly OutcomeId[], words: string) => readonly MenuItem[]
}

/** Parking in a phase. */
export function useParking(phase: PhaseId): Parking {
  const session = useSession()
  const live = useSessionState().is === 'live'
  const leads = useStage(({ people }) => people.get(session.me.id)?.role === 'facilitator')
  const may = useMay('mark', { phase, author: null })
  const reason = !may.allowed ? may.reason : live ? undefined : 'You are offline. Parking waits until you are back.'

  const mark = async (ids: readonly OutcomeId[], on: boolean) => {
    for (const outcome of ids) {
      const reply = await session.command({ name: 'mark', outcome, mark: 'parked', on })
      if (!reply.ok) {
        showToast({ text: reply.message, icon: 'warning' })
        return false
      }
    }
    return true
  }
  const parking: Parking = {
    offered: leads && session.me.role !== 'observer',
    reason,
    park: async (ids, words) => {
      const leave = leaving(...ids)
      if (!(await mark(ids, true))) return
      clearSelection()
      leave()
      showToast({
        icon: 'pause',
        text: `Parked ${words}`,
        action: { label: 'Undo', run: () => void mark(ids, false) },
      })
    },
    unpark: async (id, words) => {
      const leave = leaving(id)
      if (!(await mark([id], false))) return
      leave()
      showToast({ text: `${named(words)} is on the wall again` })
    },
    entries: (ids, words) =>
      parking.offered
        ? [{ label: 'Park', icon: 'pause', reason, run: () => void parking.park(ids, named(words)) }]
        : [],
  }
  return parking
}
