import * as Y from 'yjs'
import { type Entry, type NoteView, type OutcomeId, readNote } from './board.ts'
import { isId, type NoteId, type RequestId, type RoundId } from './ids.ts'
import type { Ballot } from './tally.ts'

/**
 * A `notebook` document: what is one person's alone. Nobody else ever receives it.
 *
 * ```
 * drafts/<id>       like a note of the board, and ready; became: id of the note on the board (written by the server alone)
 * ballots/<round>   slots "0" … "budget−1", each the id of a note or group, or null
 * asked/<request>   what became of a request to add: waiting, added or declined (written by the server alone)
 * ```
 */
export const NOTEBOOK_ROOTS = ['drafts', 'ballots'] as const
export type NotebookRoot = (typeof NOTEBOOK_ROOTS)[number]

export interface DraftView extends NoteView {
  /** Whether the next reveal takes it. A draft that is still being typed is not ready. */
  readonly ready: boolean
  /** The note on the board that it was shared as; null while it is a secret. */
  readonly became: NoteId | null
}

export function drafts(doc: Y.Doc): Y.Map<Entry> {
  return doc.getMap<Entry>('drafts')
}

export function ballots(doc: Y.Doc): Y.Map<Entry> {
  return doc.getMap<Entry>('ballots')
}

/** The draft entry under an id, if there is one and it is a map. */
export function draftEntry(doc: Y.Doc, id: string): Entry | undefined {
  const entry: unknown = drafts(doc).get(id)
  return entry instanceof Y.Map ? entry : undefined
}

export function readDraft(id: string, entry: unknown): DraftView | undefined {
  const note = readNote(id, entry)
  if (!note || !(entry instanceof Y.Map)) return undefined
  const became = entry.get('became')
  return { ...note, ready: entry.get('ready') === true, became: isId(became) ? (became as NoteId) : null }
}

/** Whether a draft is still its author's alone: not shared, not removed. */
export function isSecret(draft: Pick<DraftView, 'became' | 'removed'>): boolean {
  return draft.became === null && !draft.removed
}

/** Every draft of a notebook: for the server's duties and tests. Screens read incrementally instead. */
export function readDrafts(doc: Y.Doc): readonly DraftView[] {
  return [...drafts(doc).entries()].flatMap(([id, entry]) => readDraft(id, entry) ?? [])
}

/** The draft that was shared as a note of the board, if there is one. The words of the others are not read. */
export function draftOf(doc: Y.Doc, note: NoteId): DraftView | undefined {
  for (const [id, entry] of drafts(doc).entries()) {
    if (!(entry instanceof Y.Map) || entry.get('became') !== note) continue
    const draft = readDraft(id, entry)
    if (draft) return draft
  }
  return undefined
}

/** A ballot as a list of slots: a dot more than the budget has no slot to stand in. */
export function readBallot(entry: unknown, budget: number): Ballot {
  return Array.from({ length: budget }, (_, slot) => {
    const target = entry instanceof Y.Map ? entry.get(String(slot)) : null
    return isId(target) ? (target as OutcomeId) : null
  })
}

/** One's ballot of a round; all slots free where none was begun. */
export function ballotOf(doc: Y.Doc, round: RoundId, budget: number): Ballot {
  return readBallot(ballots(doc).get(round), budget)
}

/** What became of a request to add. */
export type Asked = 'waiting' | 'added' | 'declined'

export function askedRoot(doc: Y.Doc): Y.Map<Asked> {
  return doc.getMap<Asked>('asked')
}

/** What the owner of a notebook asked facilitators to add, and what became of each. */
export function readAsked(doc: Y.Doc): ReadonlyMap<RequestId, Asked> {
  return new Map([...askedRoot(doc).entries()] as [RequestId, Asked][])
}
