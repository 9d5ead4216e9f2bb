import { ID_BYTES, type NoteId, spell } from '@quintet/shared/ids'

/** A fresh random id for a note or draft. */
export function newNoteId(): NoteId {
  return spell(crypto.getRandomValues(new Uint8Array(ID_BYTES))) as NoteId
}
