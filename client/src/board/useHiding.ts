import type { NoteView } from '@quintet/shared/board'
import { useStage } from '../document/views.ts'
import { useSession, useSessionState } from '../session/SessionContext.tsx'
import type { MenuItem } from '../ui/Menu.tsx'
import { showToast } from '../ui/toasts.ts'
import { focusNote, leaving } from './noteFocus.ts'
import { named } from './words.ts'

/**
 * Taking a note off everyone's wall with its words, which facilitators do by command, whatever step it is.
 * @returns the entries of a note's menu; none for those who do not lead.
 */
export function useHiding(): (note: NoteView) => readonly MenuItem[] {
  const session = useSession()
  const live = useSessionState().is === 'live'
  const leads = useStage(({ people }) => people.get(session.me.id)?.role === 'facilitator')
  if (!leads || session.me.role === 'observer') return () => []

  const send = async (command: Parameters<typeof session.command>[0]) => {
    const reply = await session.command(command)
    if (!reply.ok) showToast({ text: reply.message, icon: 'warning' })
    return reply.ok
  }
  const bringBack = async ({ id }: NoteView) => {
    if (await send({ name: 'bring back note', note: id })) focusNote(id)
  }
  const hide = async (note: NoteView) => {
    const leave = leaving(note.id)
    if (!(await send({ name: 'hide note', note: note.id }))) return
    leave()
    showToast({
      icon: 'hidden',
      text: `${named(note.text)} is hidden from everyone`,
      action: { label: 'Bring back', run: () => void bringBack(note) },
    })
  }
  return (note) => [
    {
      label: 'Hide for everyone',
      icon: 'hidden',
      reason: live ? undefined : 'You are offline. Hiding waits until you are back.',
      run: () => void hide(note),
    },
  ]
}
