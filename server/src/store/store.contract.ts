import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { applied, contentOf, editsOf, spreadChoices } from './edits.fixture.ts'
import type { Append, DocumentKey, Invitation, PersonKey, Seat, Store } from './store.ts'

/** An empty store under test. */
export interface StoreUnderTest {
  readonly store: Store
  /** Closes the store and opens another on the same data. */
  reopen(): Promise<Store>
  /** Closes what is open and removes the data. */
  cleanup(): Promise<void>
}

const here = 'here' as WorkshopId
const nowhere = 'nowhere' as WorkshopId
const ada = 'ada' as PersonId
const lin = 'lin' as PersonId
const member: Invitation = { kind: 'invitation', role: 'member', hash: 'hash-of-member', secret: 'member-secret' }
const observer: Invitation = {
  kind: 'invitation',
  role: 'observer',
  hash: 'hash-of-observer',
  secret: 'observer-secret',
}
const adasKey: PersonKey = { kind: 'person', hash: 'hash-of-ada', person: ada }
const adasSeat: Seat = { cookie: 'cookie', person: ada, observer: null, key: member.hash }

/** What every implementation of {@link Store} must keep to. Numbers are those of its docstring. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let opened: StoreUnderTest
    let store: Store

    beforeEach(async () => {
      opened = await open()
      store = opened.store
      await store.create({ id: here, createdAt: 1_700_000_000_000, updates: [] })
    })
    afterEach(() => opened.cleanup())

    const appendAll = (updates: readonly Uint8Array[], workshop = here, document: DocumentKey = 'board') =>
      Promise.all(updates.map((update) => store.append(workshop, { updates: [{ document, update }] })))

    describe('workshops', () => {
      test('has what was created and nothing else', async () => {
        expect(await store.has(here)).toBe(true)
        expect(await store.has(nowhere)).toBe(false)
      })

      test('creates a workshop with all its first things', async () => {
        const id = 'full' as WorkshopId
        await store.create({ id, createdAt: 0, ...everything() })
        await expectEverything(store, id)
      })

      test('[S6] refuses an id that is taken, and leaves the first as it was', async () => {
        const first = appendAll([say('first')])
        const again = store.create({ id: here, createdAt: 2, updates: [{ document: 'board', update: say('again') }] })
        await expect(again).rejects.toMatchObject({ name: 'StoreRefused', reason: 'id-taken' })
        await first
        expect(await wordsIn(store, here)).toEqual(['first'])
      })

      test('[S6] of two that create the same at once, one succeeds', async () => {
        const id = 'raced' as WorkshopId
        const results = await Promise.allSettled([
          store.create({ id, createdAt: 1, updates: [] }),
          store.create({ id, createdAt: 2, updates: [] }),
        ])
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
      })

      test('[S6] refuses to append to, load and compact a workshop that is not there', async () => {
        const refusal = { name: 'StoreRefused', reason: 'unknown-workshop' }
        const others = appendAll([say('kept')])
        await expect(appendAll([say('lost')], nowhere)).rejects.toMatchObject(refusal)
        await expect(segmentsOf(store, nowhere)).rejects.toMatchObject(refusal)
        await expect(store.compact(nowhere)).rejects.toMatchObject(refusal)
        await others
        expect(await store.has(nowhere)).toBe(false)
        expect(await wordsIn(store, here)).toEqual(['kept'])
      })

      test('finds nothing in a workshop that is not there', async () => {
        expect(await store.seats(nowhere, 'cookie')).toEqual([])
        expect(await store.key(nowhere, member.hash)).toBeUndefined()
        expect(await store.invitations(nowhere)).toEqual([])
        expect(await store.records(nowhere, 'reply', 10)).toEqual([])
      })
    })

    describe('appending', () => {
      test('[S1] keeps everything over a restart', async () => {
        await store.append(here, everything())
        store = await opened.reopen()
        await expectEverything(store, here)
      })

      test('[S2] keeps nothing of an append that is refused', async () => {
        await store.append(here, { updates: [], keys: [adasKey] })
        const refused = store.append(here, { ...everything(), keys: [member, adasKey] })
        await expect(refused).rejects.toMatchObject({ name: 'StoreRefused', reason: 'key-taken' })

        expect(await wordsIn(store, here, 'board')).toEqual([])
        expect(await wordsIn(store, here, 'stage')).toEqual([])
        expect(await store.records(here, 'reply', 10)).toEqual([])
        expect(await store.seats(here, adasSeat.cookie)).toEqual([])
        expect(await store.invitations(here)).toEqual([])
      })

      test('[S3] keeps the order of calls that nobody awaited', async () => {
        const doc = new Y.Doc()
        const updates: Uint8Array[] = []
        doc.on('update', (update: Uint8Array) => updates.push(update))
        for (let index = 0; index < 300; index++) doc.getText('text').insert(index, String(index % 10))
        const order: number[] = []
        await Promise.all(updates.map((update, index) => appendAll([update]).then(() => order.push(index))))

        expect(order).toEqual([...updates.keys()])
        expect(contentOf(await documentOf(store, here))).toEqual(contentOf(doc))
      })

      test('keeps many workshops and documents apart that append at once', async () => {
        const ids = Array.from({ length: 40 }, (_, index) => `room${index}` as WorkshopId)
        await Promise.all(ids.map((id) => store.create({ id, createdAt: 1, updates: [] })))
        await Promise.all(
          Array.from({ length: 25 }, (_, round) =>
            ids.map((id) =>
              store.append(id, {
                updates: [
                  { document: 'board', update: say(`${id} board ${round}`) },
                  { document: `notebook:${ada}`, update: say(`${id} ada ${round}`) },
                ],
              }),
            ),
          ).flat(),
        )
        for (const id of ids) {
          const rounds = (what: string) =>
            Array.from({ length: 25 }, (_, round) => `${id} ${what} ${round}`).sort(byWords)
          expect(await wordsIn(store, id, 'board')).toEqual(rounds('board'))
          expect(await wordsIn(store, id, `notebook:${ada}`)).toEqual(rounds('ada'))
          expect(await wordsIn(store, id, `notebook:${lin}`)).toEqual([])
        }
      })

      test('takes its own copy, so that the caller may reuse its bytes', async () => {
        const update = say('mine')
        const surroundings = new Uint8Array(update.byteLength + 32).fill(0xff)
        const window = surroundings.subarray(16, 16 + update.byteLength)
        window.set(update)
        const appended = appendAll([window])
        surroundings.fill(0)
        await appended
        expect(surroundings.byteLength).toBe(update.byteLength + 32)
        expect(await wordsIn(store, here)).toEqual(['mine'])
      })
    })

    describe('loading and compaction', () => {
      test('[S4] gives no segments for a document without updates', async () => {
        expect(await segmentsOf(store, here, 'desk')).toEqual([])
      })

      test('[S4] gives a long history as segments of which each can be applied at once', async () => {
        const updates = editsOf(spreadChoices(4_000))
        await appendAll(updates)
        for (const compacted of [false, true]) {
          if (compacted) await store.compact(here)
          const segments = await segmentsOf(store, here)
          expect(segments.length).toBeGreaterThan(3)
          const doc = new Y.Doc()
          for (const segment of segments) {
            Y.applyUpdate(doc, segment)
            expect(contentOf(doc)).toMatchObject({ isComplete: true })
          }
          expect(contentOf(doc)).toEqual(contentOf(applied(updates)))
        }
      })

      test('[S4] gives updates of any size', async () => {
        const large = say('x'.repeat(2 * 1024 * 1024))
        const medium = say('y'.repeat(100 * 1024))
        const updates = [say('small'), large, medium, medium, medium, say('end')]
        await appendAll(updates)
        await store.compact(here)
        expect(contentOf(await documentOf(store, here))).toEqual(contentOf(applied(updates)))
      })

      test('[S4] [S5] gives what plain application gives, compacted or not, with appends and loads in between', async () => {
        let count = 0
        const choices = fc.array(fc.nat(), { maxLength: 1_800, size: 'max' })
        const property = fc.asyncProperty(choices, fc.nat(600), fc.nat(3), async (picked, step, restless) => {
          count += 1
          const id = `run${count}` as WorkshopId
          await store.create({ id, createdAt: 1, updates: [] })
          const updates = editsOf(picked)
          const meanwhile: Promise<unknown>[] = []
          for (let at = 0; at < updates.length; at += step + 1) {
            const next = updates.slice(at, at + step + 1).map((update) => ({ document: 'board' as const, update }))
            meanwhile.push(store.append(id, { updates: next }))
            if (at % 4 < restless) meanwhile.push(store.compact(id), documentOf(store, id))
          }
          await Promise.all(meanwhile)
          const expected = contentOf(applied(updates))
          expect(contentOf(await documentOf(store, id))).toEqual(expected)
          await store.compact(id)
          expect(contentOf(await documentOf(store, id))).toEqual(expected)
        })
        await fc.assert(property, { numRuns: 15 })
      }, 60_000)

      test('[S5] a load goes on undisturbed when its document is appended to and compacted', async () => {
        const updates = editsOf(spreadChoices(5_000))
        const half = updates.length / 2
        await appendAll(updates.slice(0, half))
        const doc = new Y.Doc()
        let isFirst = true
        for await (const segment of store.load(here, 'board')) {
          Y.applyUpdate(doc, segment)
          if (isFirst) await Promise.all([appendAll(updates.slice(half)), store.compact(here), store.compact(here)])
          isFirst = false
        }
        expect(contentOf(doc)).toMatchObject({ isComplete: true })
        // It may or may not give what came after its start, but everything from before must be there.
        for (const update of updates.slice(half)) Y.applyUpdate(doc, update)
        expect(contentOf(doc)).toEqual(contentOf(applied(updates)))
      })

      test('[S1] [S5] keeps compacted history over a restart, and goes on from there', async () => {
        const updates = editsOf(spreadChoices(3_000))
        const half = updates.length / 2
        await appendAll(updates.slice(0, half))
        await store.compact(here)
        store = await opened.reopen()
        await appendAll(updates.slice(half))
        await store.compact(here)
        store = await opened.reopen()
        expect(contentOf(await documentOf(store, here))).toEqual(contentOf(applied(updates)))
      })

      test('lets go of a load that stops early', async () => {
        await appendAll(editsOf(spreadChoices(3_000)))
        for await (const segment of store.load(here, 'board')) {
          expect(segment.byteLength).toBeGreaterThan(0)
          break
        }
        await store.close()
      })
    })

    describe('records', () => {
      const record = (key: string, value: unknown) => ({ kind: 'reply', key, value })

      test('gives the latest, oldest first, of the kind that was asked for', async () => {
        const other = { kind: 'refusal', key: 'other', value: 1 }
        await store.append(here, { updates: [], records: [record('a', 1), other, record('b', { deep: ['ü', null] })] })
        await store.append(here, { updates: [], records: [record('c', 'three')] })
        expect(await store.records(here, 'reply', 2)).toEqual([
          { key: 'b', value: { deep: ['ü', null] } },
          { key: 'c', value: 'three' },
        ])
        expect(await store.records(here, 'refusal', 9)).toEqual([{ key: 'other', value: 1 }])
      })

      test('replaces the value of a key and keeps its place', async () => {
        await store.append(here, { updates: [], records: [record('a', 1), record('b', 2)] })
        await store.append(here, { updates: [], records: [record('a', 3)] })
        const expected = [
          { key: 'a', value: 3 },
          { key: 'b', value: 2 },
        ]
        expect(await store.records(here, 'reply', 9)).toEqual(expected)
      })

      test('[S2] a value that JSON cannot say is an error of the caller, and nothing is kept', async () => {
        const updates = [{ document: 'board' as const, update: say('lost') }]
        const wrong = store.append(here, { updates, records: [record('a', undefined)] })
        await expect(wrong).rejects.toBeInstanceOf(TypeError)
        expect(await wordsIn(store, here)).toEqual([])
      })
    })

    describe('seats and keys', () => {
      test('gives the seats of a cookie in the order in which they were taken', async () => {
        const screen: Seat = { cookie: 'cookie', person: lin, observer: 'Projector', key: observer.hash }
        await store.append(here, { updates: [], seats: [screen] })
        await store.append(here, { updates: [], seats: [adasSeat, { ...adasSeat, cookie: 'other' }] })
        expect(await store.seats(here, 'cookie')).toEqual([screen, adasSeat])
        expect(await store.seats(here, 'none')).toEqual([])
      })

      test('replaces a seat that is taken again and keeps its place', async () => {
        const first: Seat = { ...adasSeat, person: lin }
        await store.append(here, { updates: [], seats: [first, adasSeat] })
        await store.append(here, { updates: [], seats: [{ ...first, key: 'newer' }] })
        expect(await store.seats(here, 'cookie')).toEqual([{ ...first, key: 'newer' }, adasSeat])
      })

      test('finds keys of both kinds, in their own workshop only', async () => {
        await store.append(here, { updates: [], keys: [member, adasKey] })
        const id = 'elsewhere' as WorkshopId
        await store.create({ id, createdAt: 1, updates: [] })
        expect(await store.key(here, member.hash)).toEqual(member)
        expect(await store.key(here, adasKey.hash)).toEqual(adasKey)
        expect(await store.key(here, 'unknown')).toBeUndefined()
        expect(await store.key(id, member.hash)).toBeUndefined()
      })

      test('an invitation that was replaced opens nothing, and seats taken through it stay', async () => {
        await store.append(here, { updates: [], keys: [observer, member], seats: [adasSeat] })
        const fresh = { ...member, hash: 'fresh', secret: 'fresh-secret' }
        await store.replaceInvitation(here, fresh)
        expect(await store.invitations(here)).toEqual([fresh, observer])
        expect(await store.key(here, member.hash)).toBeUndefined()
        expect(await store.key(here, 'fresh')).toEqual(fresh)
        expect(await store.seats(here, 'cookie')).toEqual([adasSeat])
      })

      test('[S6] refuses a key whose hash is there, and the valid invitation stays', async () => {
        await store.append(here, { updates: [], keys: [member, adasKey] })
        const refusal = { name: 'StoreRefused', reason: 'key-taken' }
        await expect(store.replaceInvitation(here, member)).rejects.toMatchObject(refusal)
        await expect(store.replaceInvitation(here, { ...member, hash: adasKey.hash })).rejects.toMatchObject(refusal)
        expect(await store.invitations(here)).toEqual([member])
      })
    })

    describe('open and closed', () => {
      test('says that it can write', async () => {
        await expect(store.check()).resolves.toBeUndefined()
      })

      test('[S1] finishes what is under way before it closes', async () => {
        const updates = editsOf(spreadChoices(900))
        const appended = appendAll(updates)
        const compacted = store.compact(here)
        await store.close()
        await Promise.all([appended, compacted])
        store = await opened.reopen()
        expect(contentOf(await documentOf(store, here))).toEqual(contentOf(applied(updates)))
      })

      test('[S7] rejects every call once it is closed', async () => {
        await Promise.all([store.close(), store.close()])
        const calls = [
          store.create({ id: nowhere, createdAt: 1, updates: [] }),
          store.has(here),
          store.append(here, everything()),
          segmentsOf(store, here),
          store.compact(here),
          store.records(here, 'reply', 1),
          store.seats(here, 'cookie'),
          store.key(here, member.hash),
          store.invitations(here),
          store.replaceInvitation(here, member),
          store.check(),
        ]
        for (const result of await Promise.allSettled(calls)) {
          expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreFailed' } })
        }
      })
    })
  })
}

/** One of each thing that an append can hold. */
function everything(): Append {
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

async function expectEverything(store: Store, workshop: WorkshopId): Promise<void> {
  expect(await store.has(workshop)).toBe(true)
  expect(await wordsIn(store, workshop, 'board')).toEqual(['on the board'])
  expect(await wordsIn(store, workshop, 'stage')).toEqual(['on the stage'])
  expect(await store.records(workshop, 'reply', 10)).toEqual([{ key: 'command', value: { ok: true } }])
  expect(await store.seats(workshop, adasSeat.cookie)).toEqual([adasSeat])
  expect(await store.invitations(workshop)).toEqual([member, observer])
  expect(await store.key(workshop, adasKey.hash)).toEqual(adasKey)
}

/** An update of its own client that puts words into the set that {@link wordsIn} reads. */
function say(words: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('said').set(words, true)
  return Y.encodeStateAsUpdate(doc)
}

const byWords = (one: string, other: string) => one.localeCompare(other)

async function wordsIn(store: Store, workshop: WorkshopId, document: DocumentKey = 'board'): Promise<string[]> {
  const doc = await documentOf(store, workshop, document)
  return [...doc.getMap('said').keys()].sort(byWords)
}

async function documentOf(store: Store, workshop: WorkshopId, document: DocumentKey = 'board'): Promise<Y.Doc> {
  return applied(await segmentsOf(store, workshop, document))
}

async function segmentsOf(store: Store, workshop: WorkshopId, document: DocumentKey = 'board'): Promise<Uint8Array[]> {
  const segments: Uint8Array[] = []
  for await (const segment of store.load(workshop, document)) segments.push(segment)
  return segments
}
