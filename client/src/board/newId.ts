import { type GroupId, ID_BYTES, type NoteId, spell } from '@quintet/shared/ids'

/** A fresh random id for a note, a draft or a group. Plain http has no `crypto.randomUUID`. */
export function newId<Id extends NoteId | GroupId>(): Id {
  return spell(crypto.getRandomValues(new Uint8Array(ID_BYTES))) as Id
}
