import * as Y from 'yjs'
import { type NoteView, readNote } from './board.ts'
import { isId, type NoteId } from './ids.ts'

/**
 * A `notebook` document: what is one person's alone. Nobody else ever receives it.
 *
 * ```
 * drafts/<id>       like a note of the board, and ready
 * ballots/<round>   slots "0" … "budget−1", each the id of a target, or null
 * ```
 */
export interface DraftView extends NoteView {
  /** Whether the next reveal takes it. A draft that is still being typed is not ready. */
  readonly ready: boolean
}

export function readDraft(id: string, entry: unknown): DraftView | undefined {
  const note = readNote(id, entry)
  if (!note || !(entry instanceof Y.Map)) return undefined
  return { ...note, ready: entry.get('ready') === true }
}

/** A ballot as a list of slots: a dot more than the budget has no slot to stand in. */
export function readBallot(entry: unknown, budget: number): readonly (NoteId | null)[] {
  return Array.from({ length: budget }, (_, slot) => {
    const target = entry instanceof Y.Map ? entry.get(String(slot)) : null
    return isId(target) ? (target as NoteId) : null
  })
}

export function drafts(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('drafts')
}

export function ballots(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('ballots')
}
