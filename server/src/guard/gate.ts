import { LIMITS } from '@quintet/shared/limits'
import { type CloseName, DOCUMENT_ACCESS, type DocumentName, type Refusal } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import type { Role } from '@quintet/shared/stage'

/**
 * The gate: the one place that a client's update passes before it touches a room's document. What comes out is what
 * is applied, so whatever judges updates by their content stands here. It knows no room and no socket.
 */
export interface Arrival {
  readonly document: DocumentName
  readonly actor: Actor
  /** `resync` answers the server's own question after a connection was lost; `live` is an edit as it happens. */
  readonly kind: 'resync' | 'live'
  /** A Yjs update (V1), in memory of its own. */
  readonly update: Uint8Array
}

/** What becomes of an update: it says nothing, it is applied in this form, or it is refused whole. */
export type Judgement =
  | { readonly is: 'empty' }
  | { readonly is: 'accepted'; readonly update: Uint8Array }
  | { readonly is: 'refused'; readonly refusal: Refusal; readonly close: CloseName }

/** Whether somebody of a role may open a document at all. */
export function mayOpen(document: DocumentName, role: Role): boolean {
  return DOCUMENT_ACCESS[document].reads.includes(role)
}

/** Whether somebody of a role may send updates of a document. */
export function mayWrite(document: DocumentName, role: Role): boolean {
  return DOCUMENT_ACCESS[document].writes.includes(role)
}

/** Judges one update by its size and by who sent it. An update without content is everyone's to send. */
export function judge({ document, actor, kind, update }: Arrival): Judgement {
  if (update.length > (kind === 'live' ? LIMITS.updateBytes : LIMITS.resyncBytes))
    return refused(
      { code: 'too-big', path: '', message: 'This change was larger than the server takes. Nothing of it was kept.' },
      'tooBig',
    )
  if (isEmpty(update)) return { is: 'empty' }
  if (!mayWrite(document, actor.role))
    return refused(
      { code: 'forbidden', path: '', message: 'This document is not yours to change. Nothing was changed.' },
      'forbidden',
    )
  return { is: 'accepted', update }
}

const refused = (refusal: Refusal, close: CloseName): Judgement => ({ is: 'refused', refusal, close })

/** No structs and no deletions: the update that Yjs writes when it has nothing to say. */
const isEmpty = (update: Uint8Array) => update.length === 2 && update[0] === 0 && update[1] === 0
