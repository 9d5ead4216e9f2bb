import * as Y from 'yjs'
import { boardEntry, boardRoot, readGroup, readPlan, resolveGroup } from './board.ts'
import { type Edit, moveNote, newPlan, replaceValue, together, transact } from './edits.ts'
import type { GroupId, NoteId } from './ids.ts'
import type { PhaseId } from './phases.ts'
import { hasNotes, liveSource } from './standing.ts'

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

/**
 * Makes a group of notes, wherever they stood; for actions also the group's (empty) part of the plan. Taking it back
 * does nothing once people named the group, planned it or merged it.
 */
export function groupNotes(group: NewGroup, notes: Placed): Edit {
  const create: Edit = (doc) => {
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
  const all = together('group notes', [create, ...intoGroup(group.id, notes)])
  const edit = unlessPutIn(group.id, all)
  return (doc) => (boardRoot(doc, 'groups').has(group.id) ? null : edit(doc))
}

/** Puts notes into a group that stands. */
export function moveIntoGroup(group: GroupId, notes: Placed): Edit {
  const edit = together('group notes', intoGroup(group, notes))
  return (doc) => (resolveGroup(group, liveSource(doc).group) ? edit(doc) : null)
}

function intoGroup(group: GroupId, notes: Placed): readonly Edit[] {
  return notes.map(([id, order]) => moveNote(id, { group, order }))
}

/** Puts a group elsewhere on the wall. */
export function moveGroup(id: GroupId, order: string): Edit {
  return replaceValue('move group', groupEntry(id), 'order', order)
}

/**
 * Merges a group, with all that was merged into it, into another: the notes stand there from now on, and its name is
 * kept for when this is taken back. Nothing where one of them is gone, or both are one already.
 */
export function mergeGroups(from: GroupId, into: GroupId): Edit {
  return (doc) => {
    const { group } = liveSource(doc)
    const [one, other] = [resolveGroup(from, group), resolveGroup(into, group)]
    if (!one || !other || one.id === other.id || one.phase !== other.phase) return null
    return replaceValue('merge groups', groupEntry(one.id), 'into', other.id)(doc)
  }
}

/**
 * Splits a group: its notes stand loose on the wall again, where the group was, those of groups that were merged into
 * it too. A note that somebody put in at the same moment is loose as well, since its group is gone.
 * @param places of the notes that stand in it now.
 */
export function splitGroup(id: GroupId, places: Placed): Edit {
  const edit = together('split group', [
    ...places.map(([note, order]) => moveNote(note, { group: null, order })),
    replaceValue('split group', groupEntry(id), 'removed', true),
  ])
  return (doc) => (resolveGroup(id, liveSource(doc).group)?.id === id ? edit(doc) : null)
}

/** Takes a group away that nothing stands in any more; one into which somebody put a note meanwhile stays. */
function removeGroupIfEmpty(id: GroupId): Edit {
  const remove = replaceValue('group notes', groupEntry(id), 'removed', true)
  return (doc) => (hasNotes(doc, id) ? null : remove(doc))
}

/** An edit of a group that is not taken back once somebody put something else into the group than notes. */
function unlessPutIn(id: GroupId, edit: Edit): Edit {
  return (doc) => {
    const inverse = edit(doc)
    if (!inverse) return null
    const was = putIn(doc, id)
    const apply: Edit = (later) => {
      const again = putIn(later, id) === was ? inverse.apply(later) : null
      return again && { name: again.name, apply: unlessPutIn(id, again.apply) }
    }
    return { name: inverse.name, apply }
  }
}

/** What people put into a group beside notes: its name, its plan, and another group to stand in. */
function putIn(doc: Y.Doc, id: GroupId): string {
  const group = readGroup(id, boardEntry(doc, 'groups', id))
  return JSON.stringify([group?.name, group?.into, readPlan(id, boardEntry(doc, 'plan', id))])
}
