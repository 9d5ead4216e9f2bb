import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { Refusal } from '@quintet/shared/protocol'
import type { Role } from '@quintet/shared/stage'
import type * as Y from 'yjs'

/** A document that one writes in, and whose edits can be refused. */
export type WrittenDocument = 'board' | 'notebook' | 'desk'

/** A document whose edits the server did not take, beside what the server has. */
export interface HandedBack {
  readonly workshop: WorkshopId
  /** Whose words they are. */
  readonly person: { readonly id: PersonId; readonly role: Role }
  readonly document: WrittenDocument
  /** As one saw it: everything that the server has, and what it did not take. Nothing happens to it any more. */
  readonly mine: Y.Doc
  /** `mine` before it was given what the server has. */
  readonly before?: Y.Doc
  /** As the server has it: the document that one goes on with. What is put back is an edit of it, and is sent. */
  readonly theirs: Y.Doc
  /** The workshop's stage, to ask what is allowed now. */
  readonly stage: Y.Doc
  /** The Yjs client ids under which one wrote in `mine`. What else `theirs` lacks is another's, lost with a backup. */
  readonly own: ReadonlySet<number>
  /** State vector of `mine` when the first of its unsaved edits was made: what is beyond it came since. */
  readonly since: ReadonlyMap<number, number>
  /** Why; null when the server was restored from a backup. */
  readonly refusal: Refusal | null
  /** What was put back by itself was refused again: nothing is put back unasked any more. */
  readonly again?: boolean
  /** The server's time, ms since the epoch. */
  readonly now?: number | undefined
}

/**
 * Takes back what the server did not take. It finds it, and puts back what may be put back, before it returns; the rest
 * it keeps for its author. The promise resolves once that is durable on this device: then the old copy is deleted. If
 * the tab closes before, or the promise is rejected, the same edits may be handed back again.
 */
export type HandBack = (handed: HandedBack) => Promise<void>

/** Brings the code that takes words back: hardly anybody ever needs it. */
export async function loadHandBack(): Promise<HandBack> {
  return (await import('./takingBack.ts')).takeBack
}

/** What a person is told where what the server did not take cannot be handed back. @param isKept on this device. */
export function notHandedBack(isKept: boolean): string {
  const where = isKept
    ? 'They are kept on this device: reload the page.'
    : 'They are in this tab alone: copy them, then reload.'
  return `The server did not take your last words, and they cannot be handed back now. ${where}`
}
