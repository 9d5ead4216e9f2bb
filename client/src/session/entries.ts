import { boardRoot, type Entry, type GroupView, type OutcomeId } from '@quintet/shared/board'
import type { TextTarget } from '@quintet/shared/edits'
import { isId, type NoteId } from '@quintet/shared/ids'
import { ballots, drafts } from '@quintet/shared/notebook'
import * as Y from 'yjs'
import type { ChangeRoot } from './pieces.ts'

/** Where what somebody writes stands in a document. */

/** The entries under a root, by id. */
export function rootOf(doc: Y.Doc, root: ChangeRoot): Y.Map<Entry> {
  return root === 'drafts' ? drafts(doc) : boardRoot(doc, root)
}

/** The text of a field, as edits name it; undefined for none. */
export function targetOf(root: ChangeRoot, id: string, field: string): TextTarget | undefined {
  switch (root) {
    case 'notes':
      return { of: 'note', id: id as NoteId }
    case 'drafts':
      return { of: 'draft', id: id as NoteId }
    case 'groups':
      return { of: 'group', id: id as GroupView['id'] }
    case 'plan':
      return field === 'firstStep' || field === 'measure' ? { of: 'plan', id: id as OutcomeId, field } : undefined
  }
}

/** The slots of a round's ballot; undefined where nothing was placed. */
export function slotsOf(doc: Y.Doc, round: string): Entry | undefined {
  const slots: unknown = ballots(doc).get(round)
  return slots instanceof Y.Map ? slots : undefined
}

/** On what the dot of a slot is; null for nothing. */
export function targetIn(slots: Entry | undefined, slot: string): OutcomeId | null {
  const target = slots?.get(slot)
  return isId(target) ? (target as OutcomeId) : null
}
