import type { NoteView, OutcomeId } from '@quintet/shared/board'
import { addNote, bringBackNote, hangNote, removeNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { keyAt } from '@quintet/shared/order'
import type { PhaseId } from '@quintet/shared/phases'
import { useMemo } from 'react'
import { useDocument } from '../document/DocumentProvider.tsx'
import { useEdit } from '../document/editing.ts'
import { useBoard } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { announce } from '../ui/announcements.ts'
import { showToast } from '../ui/toasts.ts'
import { listed } from './listed.ts'
import { isRanked, moveBy, type NoteList, putNotes } from './lists.ts'
import { newId } from './newId.ts'
import { focusNote, leaving } from './noteFocus.ts'
import { moving } from './ownMoves.ts'
import { named } from './words.ts'

/** What can be done to notes, each as one named edit: the same for a drag, the menu and the keys. */
export interface NoteActions {
  /** Adds notes at the end of a phase's wall, in the order given. @returns the last one's id. */
  readonly add: (phase: PhaseId, texts: readonly string[], under: OutcomeId | null) => NoteId | undefined
  /** Takes a note off the wall; a toast brings it back. One's own anonymous note goes by command. */
  readonly remove: (note: NoteView) => Promise<void>
  /** Puts notes at a place of a list, side by side; `index` counts the others. */
  readonly put: (ids: readonly NoteId[], into: NoteList, index: number) => void
  /** Moves a note one place in its list, and says where it is. */
  readonly move: (id: NoteId, list: NoteList, by: -1 | 1) => void
  /** Hangs a note under another, at the end of what hangs there; null takes it off the thread. */
  readonly hang: (id: NoteId, under: OutcomeId | null) => void
}

/** The actions, for whoever is in the session. Whether they are allowed is the caller's question. */
export function useNoteActions(): NoteActions {
  const board = useBoard()
  const edit = useEdit()
  const session = useSession()
  const { notebook, stage } = useDocument()
  return useMemo(() => {
    const standing = (list: NoteList) => listed(board, list)
    const leads = () => stage.stage.getState()?.people.get(session.me.id)?.role === 'facilitator'
    // What is nobody's on the board is one's own in one's notebook alone: the server looks there.
    const withdraws = (note: NoteView) => note.author === null && notebook.own.get(note.id) && !leads()
    const bringBack = async (note: NoteView) => {
      // After a minute the server keeps the words, and gives them back with the note.
      const kept = note.text !== '' && board.note(note.id)?.text === ''
      if (!kept && !withdraws(note)) edit(bringBackNote(note.id))
      else {
        const reply = await session.command(
          kept ? { name: 'bring back note', note: note.id } : { name: 'withdraw note', note: note.id, removed: false },
        )
        if (!reply.ok) {
          showToast({ text: reply.message, icon: 'warning' })
          return
        }
      }
      focusNote(note.id)
    }
    const actions: NoteActions = {
      add: (phase, texts, under) => {
        let last: NoteId | undefined
        for (const text of texts) {
          last = newId<NoteId>()
          const order = keyAt(board.wall(phase), Number.POSITIVE_INFINITY)
          edit(addNote({ id: last, phase, author: session.me.id, at: session.now(), text, order, under }))
        }
        return last
      },
      remove: async (note) => {
        const leave = leaving(note.id)
        if (withdraws(note)) {
          const reply = await session.command({ name: 'withdraw note', note: note.id, removed: true })
          if (!reply.ok) {
            showToast({ text: reply.message, icon: 'warning' })
            return
          }
        } else edit(removeNote(note.id))
        leave()
        showToast({
          icon: 'remove',
          text: `Removed ${named(note.text)}`,
          action: {
            label: 'Undo',
            run: () => void bringBack(note),
          },
        })
      },
      put: (ids, into, index) => {
        const put = putNotes(
          ids.flatMap((id) => board.note(id) ?? []),
          into,
          standing(into),
          index,
        )
        if (!put) return
        moving(...ids)
        edit(put)
      },
      move: (id, list, by) => {
        const note = board.note(id)
        const all = standing(list)
        const put = note && moveBy(note, list, all, by)
        if (isRanked(list)) {
          showToast({ text: 'These stand in the order of their votes, so nothing is moved by hand here.' })
          return
        }
        if (!put) {
          announce(by < 0 ? 'It is the first already.' : 'It is the last already.')
          return
        }
        moving(id)
        edit(put)
        focusNote(id)
        announce(`Place ${all.findIndex((each) => each.id === id) + 1 + by} of ${all.length}.`)
      },
      hang: (id, under) => {
        const note = board.note(id)
        if (!note || note.under === under) return
        moving(id)
        edit(hangNote(id, under))
        focusNote(id)
        announce(under === null ? 'Taken off the thread.' : `Hangs under ${named(board.words(under))} now.`)
      },
    }
    return actions
  }, [board, edit, session, notebook, stage])
}
