import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { applied } from './edits.fixture.ts'
import type { Append, DocumentKey, Invitation, PersonKey, Seat, Store } from './store.ts'

/** What each part of the contract works on: an open store that holds the workshop `here`, empty. */
export interface Subject {
  /** The store that is open now. */
  readonly store: Store
  /** Closes the store and opens another on the same data. */
  reopen(): Promise<void>
}

/** The workshop that every test starts with. */
export const here = 'here' as WorkshopId
/** A workshop that nobody created. */
export const nowhere = 'nowhere' as WorkshopId
/** A person who sits in the workshop. */
export const ada = 'ada' as PersonId
/** Another person. */
export const lin = 'lin' as PersonId
/** The members' first invitation. */
export const member: Invitation = {
  kind: 'invitation',
  role: 'member',
  hash: 'hash-of-member',
  secret: 'member-secret',
}
/** The observers' first invitation. */
export const observer: Invitation = {
  kind: 'invitation',
  role: 'observer',
  hash: 'hash-of-observer',
  secret: 'observer-secret',
}
/** Opens Ada's seat on any machine. */
export const adasKey: PersonKey = { kind: 'person', hash: 'hash-of-ada', person: ada }
/** Ada's seat in one browser, taken through the members' invitation. */
export const adasSeat: Seat = { cookie: 'cookie', person: ada, observer: null, key: member.hash }

/** Appends each update by a call of its own, all at once. */
export async function appendAll(
  store: Store,
  updates: readonly Uint8Array[],
  workshop = here,
  document: DocumentKey = 'board',
): Promise<void> {
  await Promise.all(updates.map((update) => store.append(workshop, { updates: [{ document, update }] })))
}

/** One of each thing that an append can hold. */
export function everything(): Append {
  return {
    updates: [
      { document: 'board', update: say('on the board') },
      { document: 'stage', update: say('on the stage') },
    ],
    records: [{ kind: 'reply', key: 'command', value: { ok: true } }],
    seats: [adasSeat],
    keys: [member, observer, adasKey],
  }
}

/** Expects everything of {@link everything} and nothing else. */
export async function expectEverything(store: Store, workshop: WorkshopId): Promise<void> {
  expect(await store.has(workshop)).toBe(true)
  expect(await wordsIn(store, workshop, 'board')).toEqual(['on the board'])
  expect(await wordsIn(store, workshop, 'stage')).toEqual(['on the stage'])
  expect(await store.records(workshop, 'reply', 10)).toEqual([{ key: 'command', value: { ok: true } }])
  expect(await store.seats(workshop, adasSeat.cookie)).toEqual([adasSeat])
  expect(await store.invitations(workshop)).toEqual([member, observer])
  expect(await store.key(workshop, adasKey.hash)).toEqual(adasKey)
}

/** An update of its own client that puts words into the set that {@link wordsIn} reads. */
export function say(words: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('said').set(words, true)
  return Y.encodeStateAsUpdate(doc)
}

/** An order for words, to compare them as sets. */
export const byWords = (one: string, other: string) => one.localeCompare(other)

/** The words that {@link say} put into a document. */
export async function wordsIn(store: Store, workshop: WorkshopId, document: DocumentKey = 'board'): Promise<string[]> {
  const doc = await documentOf(store, workshop, document)
  return [...doc.getMap('said').keys()].sort(byWords)
}

/** A document as its loader would have it. */
export async function documentOf(store: Store, workshop: WorkshopId, document: DocumentKey = 'board'): Promise<Y.Doc> {
  return applied(await segmentsOf(store, workshop, document))
}

/** A document's history, piece by piece. */
export async function segmentsOf(
  store: Store,
  workshop: WorkshopId,
  document: DocumentKey = 'board',
): Promise<Uint8Array[]> {
  const segments: Uint8Array[] = []
  for await (const segment of store.load(workshop, document)) segments.push(segment)
  return segments
}
