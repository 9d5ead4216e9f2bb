import * as Y from 'yjs'
import { boardEntry, boardRoot, readGroup, readNote, resolveGroup } from './board.ts'
import { groupOf, type OutcomeSource } from './groups.ts'
import type { GroupId } from './ids.ts'

/** What stands on a board that is not read whole. */

/** The look-ups of a document: each costs one entry. */
export function liveSource(doc: Y.Doc): OutcomeSource {
  return {
    note: (id) => readNote(id, boardEntry(doc, 'notes', id)),
    group: (id) => readGroup(id, boardEntry(doc, 'groups', id)),
  }
}

/** Whether a note stands in a group, or in one that was merged into it. It looks no further than the first. */
export function hasNotes(doc: Y.Doc, id: GroupId): boolean {
  const source = liveSource(doc)
  const group = resolveGroup(id, source.group)
  if (!group) return false
  for (const [noteId, entry] of boardRoot(doc, 'notes').entries()) {
    // Most notes are loose: their words are not read for nothing.
    const place: unknown = entry instanceof Y.Map ? entry.get('place') : undefined
    if (!Array.isArray(place) || place[0] === null) continue
    const note = readNote(noteId, entry)
    if (note && !note.removed && groupOf(note, source)?.id === group.id) return true
  }
  return false
}
