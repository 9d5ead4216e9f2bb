import type { WorkshopId } from '@quintet/shared/ids'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { accessContract } from './access.contract.ts'
import {
  ada,
  adasKey,
  adasSeat,
  appendAll,
  byWords,
  documentOf,
  everything,
  expectEverything,
  here,
  lin,
  member,
  nowhere,
  type Subject,
  say,
  segmentsOf,
  wordsIn,
} from './contract.fixture.ts'
import { applied, contentOf, editsOf, spreadChoices } from './edits.fixture.ts'
import { historyContract } from './history.contract.ts'
import { quarantineContract } from './quarantine.contract.ts'
import type { Store } from './store.ts'

/** An empty store under test. */
export interface StoreUnderTest {
  readonly store: Store
  /** Closes the store and opens another on the same data. */
  reopen(): Promise<Store>
  /** Closes what is open and removes the data. */
  cleanup(): Promise<void>
}

/** What every implementation of {@link Store} must keep to. Numbers are those of its docstring. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let opened: StoreUnderTest
    let store: Store
    const subject: Subject = {
      get store() {
        return store
      },
      async reopen() {
        store = await opened.reopen()
      },
    }

    beforeEach(async () => {
      opened = await open()
      store = opened.store
      await store.create({ id: here, createdAt: 1_700_000_000_000, updates: [] })
    })
    afterEach(() => opened.cleanup())

    workshopContract(subject)
    appendContract(subject)
    historyContract(subject)
    accessContract(subject)
    quarantineContract(subject)
    closingContract(subject)
  })
}

function workshopContract(subject: Subject): void {
  describe('workshops', () => {
    test('has what was created and nothing else', async () => {
      expect(await subject.store.has(here)).toBe(true)
      expect(await subject.store.has(nowhere)).toBe(false)
    })

    test('creates a workshop with all its first things', async () => {
      const id = 'full' as WorkshopId
      await subject.store.create({ id, createdAt: 0, ...everything() })
      await expectEverything(subject.store, id)
    })

    test('[S6] refuses an id that is taken, and leaves the first as it was', async () => {
      const first = appendAll(subject.store, [say('first')])
      const again = subject.store.create({
        id: here,
        createdAt: 2,
        updates: [{ document: 'board', update: say('again') }],
      })
      await expect(again).rejects.toMatchObject({ name: 'StoreRefused', reason: 'id-taken' })
      await first
      expect(await wordsIn(subject.store, here)).toEqual(['first'])
    })

    test('[S6] of two that create the same at once, one succeeds', async () => {
      const id = 'raced' as WorkshopId
      const results = await Promise.allSettled([
        subject.store.create({ id, createdAt: 1, updates: [] }),
        subject.store.create({ id, createdAt: 2, updates: [] }),
      ])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    })

    test('[S6] refuses to append to, load and compact a workshop that is not there', async () => {
      const refusal = { name: 'StoreRefused', reason: 'unknown-workshop' }
      const others = appendAll(subject.store, [say('kept')])
      await expect(appendAll(subject.store, [say('lost')], nowhere)).rejects.toMatchObject(refusal)
      await expect(segmentsOf(subject.store, nowhere)).rejects.toMatchObject(refusal)
      await expect(subject.store.compact(nowhere)).rejects.toMatchObject(refusal)
      await others
      expect(await subject.store.has(nowhere)).toBe(false)
      expect(await wordsIn(subject.store, here)).toEqual(['kept'])
    })

    test('finds nothing in a workshop that is not there', async () => {
      expect(await subject.store.seats(nowhere, 'cookie')).toEqual([])
      expect(await subject.store.key(nowhere, member.hash)).toBeUndefined()
      expect(await subject.store.invitations(nowhere)).toEqual([])
      expect(await subject.store.records(nowhere, 'reply', 10)).toEqual([])
    })
  })
}

function appendContract(subject: Subject): void {
  describe('appending', () => {
    test('[S1] keeps everything over a restart', async () => {
      await subject.store.append(here, everything())
      await subject.reopen()
      await expectEverything(subject.store, here)
    })

    test('[S2] keeps nothing of an append that is refused', async () => {
      await subject.store.append(here, { updates: [], keys: [adasKey] })
      const refused = subject.store.append(here, { ...everything(), keys: [member, adasKey] })
      await expect(refused).rejects.toMatchObject({ name: 'StoreRefused', reason: 'key-taken' })

      expect(await wordsIn(subject.store, here, 'board')).toEqual([])
      expect(await wordsIn(subject.store, here, 'stage')).toEqual([])
      expect(await subject.store.records(here, 'reply', 10)).toEqual([])
      expect(await subject.store.seats(here, adasSeat.cookie)).toEqual([])
      expect(await subject.store.invitations(here)).toEqual([])
    })

    test('[S3] keeps the order of calls that nobody awaited', async () => {
      const doc = new Y.Doc()
      const updates: Uint8Array[] = []
      doc.on('update', (update: Uint8Array) => updates.push(update))
      for (let index = 0; index < 300; index++) doc.getText('text').insert(index, String(index % 10))
      const order: number[] = []
      await Promise.all(
        updates.map((update, index) => appendAll(subject.store, [update]).then(() => order.push(index))),
      )

      expect(order).toEqual([...updates.keys()])
      expect(contentOf(await documentOf(subject.store, here))).toEqual(contentOf(doc))
    })

    test('keeps many workshops and documents apart that append at once', async () => {
      const ids = Array.from({ length: 40 }, (_, index) => `room${index}` as WorkshopId)
      await Promise.all(ids.map((id) => subject.store.create({ id, createdAt: 1, updates: [] })))
      await Promise.all(
        Array.from({ length: 25 }, (_, round) =>
          ids.map((id) =>
            subject.store.append(id, {
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
        expect(await wordsIn(subject.store, id, 'board')).toEqual(rounds('board'))
        expect(await wordsIn(subject.store, id, `notebook:${ada}`)).toEqual(rounds('ada'))
        expect(await wordsIn(subject.store, id, `notebook:${lin}`)).toEqual([])
      }
    })

    test('takes its own copy, so that the caller may reuse its bytes', async () => {
      const update = say('mine')
      const surroundings = new Uint8Array(update.byteLength + 32).fill(0xff)
      const window = surroundings.subarray(16, 16 + update.byteLength)
      window.set(update)
      const appended = appendAll(subject.store, [window])
      surroundings.fill(0)
      await appended
      expect(surroundings.byteLength).toBe(update.byteLength + 32)
      expect(await wordsIn(subject.store, here)).toEqual(['mine'])
    })
  })
}

function closingContract(subject: Subject): void {
  describe('open and closed', () => {
    test('says that it can write', async () => {
      await expect(subject.store.check()).resolves.toBeUndefined()
    })

    test('[S1] finishes what is under way before it closes', async () => {
      const updates = editsOf(spreadChoices(900))
      const appended = appendAll(subject.store, updates)
      const compacted = subject.store.compact(here)
      await subject.store.close()
      await Promise.all([appended, compacted])
      await subject.reopen()
      expect(contentOf(await documentOf(subject.store, here))).toEqual(contentOf(applied(updates)))
    })

    test('[S7] rejects every call once it is closed', async () => {
      await Promise.all([subject.store.close(), subject.store.close()])
      const calls = [
        subject.store.create({ id: nowhere, createdAt: 1, updates: [] }),
        subject.store.has(here),
        subject.store.append(here, everything()),
        segmentsOf(subject.store, here),
        subject.store.compact(here),
        subject.store.records(here, 'reply', 1),
        subject.store.seats(here, 'cookie'),
        subject.store.key(here, member.hash),
        subject.store.invitations(here),
        subject.store.replaceInvitation(here, member),
        subject.store.quarantined(here),
        subject.store.epoch(),
        subject.store.check(),
      ]
      for (const result of await Promise.allSettled(calls)) {
        expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreFailed' } })
      }
    })
  })
}
