import type { GroupView, NoteView, OutcomeId } from '@quintet/shared/board'
import type { Edit, Inverse } from '@quintet/shared/edits'
import { isGroup, type Outcome } from '@quintet/shared/groups'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import { useMemo } from 'react'
import { useEdit } from '../document/editing.ts'
import { type Board, useBoard } from '../document/views.ts'
import { announce } from '../ui/announcements.ts'
import { showToast } from '../ui/toasts.ts'
import { groupOnto, merge, newGroup, putGroup, split } from './groupMoves.ts'
import { listed } from './listed.ts'
import { putNotes } from './lists.ts'
import { newId } from './newId.ts'
import { focusNote } from './noteFocus.ts'
import { moving } from './ownMoves.ts'
import { clearSelection } from './selection.ts'
import { counted, named } from './words.ts'

/** What can be done to groups, each as one named edit with a toast that takes it back: the same for a drag, the menu and the keys. */
export interface GroupActions {
  /** Groups notes with a note or group; notes that stand in a group bring in that group. */
  readonly group: (ids: readonly NoteId[], onto: OutcomeId) => void
  /** Makes a group of notes; an empty name is written later. */
  readonly make: (ids: readonly NoteId[], name: string) => void
  /** Takes notes out of their groups: they stand loose, behind all that do. */
  readonly takeOut: (ids: readonly NoteId[]) => void
  /** Puts a group at a place among the others; `index` counts these. */
  readonly put: (id: GroupId, index: number) => void
  /** Moves a group one place, and says where it is. */
  readonly move: (id: GroupId, by: -1 | 1) => void
  readonly merge: (from: GroupId, into: GroupId) => void
  readonly split: (id: GroupId) => void
}

/** What a group is called in a sentence. */
function called(board: Board, group: GroupView): string {
  return named(board.words(group.id))
}

/** The actions, for whoever is in the session. Whether they are allowed is the caller's question. */
export function useGroupActions(): GroupActions {
  const board = useBoard()
  const edit = useEdit()
  return useMemo(() => {
    const notesOf = (ids: readonly NoteId[]) => ids.flatMap((id) => board.note(id) ?? [])
    const groupOf = (id: OutcomeId) => {
      const outcome = board.outcome(id)
      return outcome && isGroup(outcome) ? outcome : undefined
    }

    /** Makes an edit, says what it did, and offers to take it back. */
    const undoably = (change: Edit | null, text: string, focus: OutcomeId, back: OutcomeId) => {
      let inverse: Inverse | null = null
      edit((doc) => {
        inverse = change?.(doc) ?? null
        return inverse
      })
      const { apply } = (inverse ?? {}) as Partial<Inverse>
      if (!apply) return
      clearSelection()
      focusNote(focus)
      showToast({
        icon: 'group',
        text,
        action: {
          label: 'Undo',
          run: () => {
            edit(apply)
            focusNote(back)
          },
        },
      })
    }

    const said = (notes: readonly NoteView[]) =>
      notes.length === 1 && notes[0] ? named(notes[0].text) : counted(notes.length, 'note', 'notes')

    const onto = (notes: readonly NoteView[], target: Outcome) => {
      const [first] = notes
      const fresh = newId<GroupId>()
      const members = isGroup(target) ? board.inGroup(target.id) : []
      const change = groupOnto(notes, target, members, fresh)
      if (!first || !change) return
      moving(...notes.map(({ id }) => id), ...(isGroup(target) ? [] : [target.id]))
      if (isGroup(target)) undoably(change, `Put ${said(notes)} into ${called(board, target)}`, first.id, first.id)
      else undoably(change, `Grouped ${counted(notes.length + 1, 'note', 'notes')}`, fresh, first.id)
    }

    const actions: GroupActions = {
      group: (ids, target) => {
        const outcome = board.outcome(target)
        const notes = notesOf(ids).filter(({ id }) => id !== target)
        if (outcome) onto(notes, outcome)
      },
      make: (ids, name) => {
        const notes = notesOf(ids)
        const [first] = notes
        const id = newId<GroupId>()
        const change = first ? newGroup(notes, { id, name, order: first.order }) : null
        if (!first) return
        moving(...ids)
        undoably(change, `Grouped ${counted(notes.length, 'note', 'notes')}`, id, first.id)
      },
      takeOut: (ids) => {
        const notes = notesOf(ids)
        const [first] = notes
        if (!first) return
        const wall = { kind: 'wall', phase: first.phase } as const
        moving(...ids)
        undoably(
          putNotes(notes, wall, listed(board, wall), Number.POSITIVE_INFINITY),
          `Took ${said(notes)} out of the group`,
          first.id,
          first.id,
        )
      },
      put: (id, index) => {
        const group = groupOf(id)
        const change = group && putGroup(group, listed(board, { kind: 'groups', phase: group.phase }), index)
        if (change) edit(change)
      },
      move: (id, by) => {
        const group = groupOf(id)
        if (!group) return
        const groups = listed(board, { kind: 'groups', phase: group.phase })
        const to = groups.findIndex((each) => each.id === id) + by
        if (to < 0 || to >= groups.length) {
          announce(by < 0 ? 'It is the first already.' : 'It is the last already.')
          return
        }
        const change = putGroup(group, groups, to)
        if (change) edit(change)
        focusNote(id)
        announce(`Group ${to + 1} of ${groups.length}.`)
      },
      merge: (from, into) => {
        const [gone, kept] = [groupOf(from), groupOf(into)]
        if (!gone || !kept) return
        moving(...board.inGroup(from).map(({ id }) => id))
        undoably(merge(gone, kept), `Merged ${called(board, gone)} into ${called(board, kept)}`, kept.id, gone.id)
      },
      split: (id) => {
        const group = groupOf(id)
        if (!group) return
        const members = board.inGroup(id)
        moving(...members.map((each) => each.id))
        undoably(
          split(group, members, board.blocks(group.phase)),
          `Split ${called(board, group)}: its ${counted(members.length, 'note stands', 'notes stand')} alone again`,
          members[0]?.id ?? id,
          id,
        )
      },
    }
    return actions
  }, [board, edit])
}
