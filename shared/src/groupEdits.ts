import * as Y from 'yjs'
import { boardEntry, boardRoot, type NoteView, readGroup, readNote, resolveGroup } from './board.ts'
import { type Edit, moveNote, newPlan, replaceValue, together, transact } from './edits.ts'
import { groupOf, type OutcomeSource } from './groups.ts'
import type { GroupId, NoteId } from './ids.ts'
import type { PhaseId } from './phases.ts'

/**
 * The edits of groups by name. Grouping never removes a note and never writes in another's words: two people who group
 * the same notes at once may each lose a note to the other's group, and none from the wall.
 */
export interface NewGroup {
  readonly id: GroupId
  readonly phase: PhaseId
  readonly name: string
  /** Where the group stands on the wall. */
  readonly order: string
}

const groupEntry = (id: GroupId) => (doc: Y.Doc) => boardEntry(doc, 'groups', id)

/** A place in a group for each note, as {@link keyAt} gives it. */
export type Placed = readonly (readonly [NoteId, order: string])[]

/** Makes a group of notes, wherever they stood; for actions also the group's (empty) part of the plan. */
export function groupNotes(group: NewGroup, notes: Placed): Edit {
  const create: Edit = (doc) => {
    if (boardRoot(doc, 'groups').has(group.id)) return null
    transact(doc, () => {
      boardRoot(doc, 'groups').set(
        group.id,
        new Y.Map<unknown>([
          ['phase', group.phase],
          ['name', new Y.Text(group.name)],
          ['order', group.order],
          ['into', null],
          ['removed', false],
        ]),
      )
      if (group.phase === 'actions') boardRoot(doc, 'plan').set(group.id, newPlan())
    })
    return { name: 'group notes', apply: removeGroupIfEmpty(group.id) }
  }
  return together('group notes', [create, ...intoGroup(group.id, notes)])
}

/** Puts notes into a group that stands. */
export function moveIntoGroup(group: GroupId, notes: Placed): Edit {
  return together('group notes', intoGroup(group, notes))
}

function intoGroup(group: GroupId, notes: Placed): readonly Edit[] {
  return notes.map(([id, order]) => moveNote(id, { group, order }))
}

/** Puts a group elsewhere on the wall. */
export function moveGroup(id: GroupId, order: string): Edit {
  return replaceValue('move group', groupEntry(id), 'order', order)
}

/** Merges a group into another: its notes stand there from now on, and its name is kept for when it is taken out again. */
export function mergeGroups(from: GroupId, into: GroupId): Edit {
  return (doc) => (from === into ? null : replaceValue('merge groups', groupEntry(from), 'into', into)(doc))
}

/**
 * Splits a group: its notes stand loose on the wall again, where the group was.
 * @param places of the notes that stand in it now.
 */
export function splitGroup(id: GroupId, places: Placed): Edit {
  return together('split group', [
    ...places.map(([note, order]) => moveNote(note, { group: null, order })),
    replaceValue('split group', groupEntry(id), 'removed', true),
  ])
}

/** Takes a group away that nothing stands in any more; one into which somebody put a note meanwhile stays. */
function removeGroupIfEmpty(id: GroupId): Edit {
  const remove = replaceValue('group notes', groupEntry(id), 'removed', true)
  return (doc) => (notesIn(doc, id).length > 0 ? null : remove(doc))
}

function notesIn(doc: Y.Doc, id: GroupId): readonly NoteView[] {
  const source: OutcomeSource = {
    note: (note) => readNote(note, boardEntry(doc, 'notes', note)),
    group: (group) => readGroup(group, boardEntry(doc, 'groups', group)),
  }
  const group = resolveGroup(id, source.group)
  return [...boardRoot(doc, 'notes').entries()].flatMap(([noteId, entry]) => {
    const note = readNote(noteId, entry)
    return note && !note.removed && group && groupOf(note, source)?.id === group.id ? note : []
  })
}
