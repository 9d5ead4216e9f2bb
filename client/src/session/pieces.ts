import type { GroupView, NoteView, OutcomeId, PlanView } from '@quintet/shared/board'
import type { TextTarget } from '@quintet/shared/edits'
import type { GroupId, NoteId, PersonId, RoundId } from '@quintet/shared/ids'
import type { DraftView } from '@quintet/shared/notebook'
import type { PhaseId } from '@quintet/shared/phases'

/**
 * Pieces of what somebody wrote and the server does not have: after an update was refused, or where a write met
 * something that was removed meanwhile. A piece is plain data, so that it can be kept through a reload, and holds what it
 * would write as well as what stood there, so that putting it back takes nothing of anybody else's.
 */
export type Piece = NotePiece | DraftPiece | GroupPiece | WordsPiece | ChangePiece | DotsPiece

interface Handed {
  /** Names the piece: equal for the same thing with the same content, in whichever tab it was found. */
  readonly key: string
  /** When it was written where that is known, else when it was handed back; ms since the epoch. */
  readonly at: number
  /** Whether somebody else changed the same thing since, so that it is not put back unasked. */
  readonly touched: boolean
  /**
   * Whether it was written in another tab than the one that hands it back. That tab may still be open, and its author
   * writing on: so it is not put back unasked, and what was new is never put back under the id that it has there.
   */
  readonly elsewhere?: true
}

/** A new note, with what was planned for it where it is an action. */
export interface NotePiece extends Handed {
  readonly is: 'note'
  readonly note: NoteView
  readonly plan: PlanView | null
}

/** A new draft. */
export interface DraftPiece extends Handed {
  readonly is: 'draft'
  readonly draft: DraftView
}

/** A place that a note was given: in a group or loose, and its order key. */
export type Place = readonly [group: GroupId | null, order: string]

/** A new group, with the notes that were put in and where each of them stood before. */
export interface GroupPiece extends Handed {
  readonly is: 'group'
  readonly group: GroupView
  readonly notes: readonly { readonly id: NoteId; readonly order: string; readonly was: Place }[]
  readonly plan: PlanView | null
}

/** What a written or changed thing is part of, for the rules. */
export interface Owned {
  readonly phase: PhaseId
  readonly author: PersonId | null
}

/** Words that were written into a text which the server knows. */
export interface WordsPiece extends Handed, Owned {
  readonly is: 'words'
  readonly target: TextTarget
  /** The words as they were written, with everybody else's in them. */
  readonly mine: string
  /** The server's words when this was handed back. */
  readonly theirs: string
  /** Whether what they stand in was removed. */
  readonly gone: boolean
}

/** Where a changed value stands. */
export type ChangeRoot = 'notes' | 'groups' | 'plan' | 'drafts'

/** A plain value that was changed: a place, a link, an owner … */
export interface ChangePiece extends Handed, Owned {
  readonly is: 'change'
  readonly root: ChangeRoot
  readonly id: OutcomeId
  readonly field: string
  readonly mine: unknown
  /** The server's value when this was handed back; null where it had none. */
  readonly theirs: unknown
  /** The words of what was changed, to tell which it was. */
  readonly words: string
}

/** Dots of one's own ballot. */
export interface DotsPiece extends Handed {
  readonly is: 'dots'
  readonly round: RoundId
  readonly slots: readonly {
    readonly slot: number
    readonly mine: OutcomeId | null
    readonly theirs: OutcomeId | null
  }[]
}

/** A key for a piece: where it stands, and a digest of what it holds. */
export function pieceKey(place: string, content: unknown): string {
  return `${place} ${digest(JSON.stringify(content))}`
}

/** FNV-1a over UTF-16 units, 32 bits: it only tells a few versions of one thing apart. */
function digest(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}
