import type { WorkshopId } from '@quintet/shared/ids'
import { describe, expect, test } from 'vitest'
import { adasKey, adasSeat, here, lin, member, observer, type Subject, say, wordsIn } from './contract.fixture.ts'
import type { Seat } from './store.ts'

/** The part of the contract about records, seats and keys. */
export function accessContract(subject: Subject): void {
  describe('records', () => {
    const record = (key: string, value: unknown) => ({ kind: 'reply', key, value })

    test('gives the latest, oldest first, of the kind that was asked for', async () => {
      const other = { kind: 'refusal', key: 'other', value: 1 }
      await subject.store.append(here, {
        updates: [],
        records: [record('a', 1), other, record('b', { deep: ['ü', null] })],
      })
      await subject.store.append(here, { updates: [], records: [record('c', 'three')] })
      expect(await subject.store.records(here, 'reply', 2)).toEqual([
        { key: 'b', value: { deep: ['ü', null] } },
        { key: 'c', value: 'three' },
      ])
      expect(await subject.store.records(here, 'refusal', 9)).toEqual([{ key: 'other', value: 1 }])
    })

    test('replaces the value of a key and keeps its place', async () => {
      await subject.store.append(here, { updates: [], records: [record('a', 1), record('b', 2)] })
      await subject.store.append(here, { updates: [], records: [record('a', 3)] })
      const expected = [
        { key: 'a', value: 3 },
        { key: 'b', value: 2 },
      ]
      expect(await subject.store.records(here, 'reply', 9)).toEqual(expected)
    })

    test('forgets what it is told to in the same piece as it keeps the rest', async () => {
      await subject.store.append(here, { updates: [], records: [record('a', 1), record('b', 2)] })
      const name = (key: string, kind = 'reply') => ({ kind, key })
      const forgotten = [name('a'), name('b', 'refusal'), name('never'), name('d')]
      await subject.store.append(here, { updates: [], records: [record('c', 3), record('d', 4)], forgotten })
      expect(await subject.store.records(here, 'reply', 9)).toEqual([
        { key: 'b', value: 2 },
        { key: 'c', value: 3 },
      ])
      const refused = subject.store.append('nowhere' as WorkshopId, { updates: [], forgotten: [name('b')] })
      await expect(refused).rejects.toMatchObject({ reason: 'unknown-workshop' })
      expect(await subject.store.records(here, 'reply', 9)).toHaveLength(2)
    })

    test('[S2] a value that JSON cannot say is an error of the caller, and nothing is kept', async () => {
      const updates = [{ document: 'board' as const, update: say('lost') }]
      const wrong = subject.store.append(here, { updates, records: [record('a', undefined)] })
      await expect(wrong).rejects.toBeInstanceOf(TypeError)
      expect(await wordsIn(subject.store, here)).toEqual([])
    })
  })

  describe('seats and keys', () => {
    test('gives the seats of a cookie in the order in which they were taken', async () => {
      const screen: Seat = { cookie: 'cookie', person: lin, observer: 'Projector', key: observer.hash }
      await subject.store.append(here, { updates: [], seats: [screen] })
      await subject.store.append(here, { updates: [], seats: [adasSeat, { ...adasSeat, cookie: 'other' }] })
      expect(await subject.store.seats(here, 'cookie')).toEqual([screen, adasSeat])
      expect(await subject.store.seats(here, 'none')).toEqual([])
    })

    test('replaces a seat that is taken again and keeps its place', async () => {
      const first: Seat = { ...adasSeat, person: lin }
      await subject.store.append(here, { updates: [], seats: [first, adasSeat] })
      await subject.store.append(here, { updates: [], seats: [{ ...first, key: 'newer' }] })
      expect(await subject.store.seats(here, 'cookie')).toEqual([{ ...first, key: 'newer' }, adasSeat])
    })

    test('takes all seats of the browsers that leave, in this workshop alone', async () => {
      const lins: Seat = { ...adasSeat, person: lin }
      const other: Seat = { ...adasSeat, cookie: 'other' }
      const id = 'elsewhere' as WorkshopId
      await subject.store.create({ id, createdAt: 1, updates: [], seats: [adasSeat] })
      await subject.store.append(here, { updates: [], seats: [adasSeat, lins, other] })
      await subject.store.append(here, { updates: [], leaving: ['cookie', 'none'] })
      expect(await subject.store.seats(here, 'cookie')).toEqual([])
      expect(await subject.store.seats(here, 'other')).toEqual([other])
      expect(await subject.store.seats(id, 'cookie')).toEqual([adasSeat])
      const refused = subject.store.append('nowhere' as WorkshopId, { updates: [], leaving: ['cookie'] })
      await expect(refused).rejects.toMatchObject({ reason: 'unknown-workshop' })
    })

    test('finds keys of both kinds, in their own workshop only', async () => {
      await subject.store.append(here, { updates: [], keys: [member, adasKey] })
      const id = 'elsewhere' as WorkshopId
      await subject.store.create({ id, createdAt: 1, updates: [] })
      expect(await subject.store.key(here, member.hash)).toEqual(member)
      expect(await subject.store.key(here, adasKey.hash)).toEqual(adasKey)
      expect(await subject.store.key(here, 'unknown')).toBeUndefined()
      expect(await subject.store.key(id, member.hash)).toBeUndefined()
    })

    test('an invitation that was replaced opens nothing, and seats taken through it stay', async () => {
      await subject.store.append(here, { updates: [], keys: [observer, member], seats: [adasSeat] })
      const fresh = { ...member, hash: 'fresh', secret: 'fresh-secret' }
      await subject.store.replaceInvitation(here, fresh)
      expect(await subject.store.invitations(here)).toEqual([fresh, observer])
      expect(await subject.store.key(here, member.hash)).toBeUndefined()
      expect(await subject.store.key(here, 'fresh')).toEqual(fresh)
      expect(await subject.store.seats(here, 'cookie')).toEqual([adasSeat])
    })

    test('[S6] refuses a key whose hash is there, and the valid invitation stays', async () => {
      await subject.store.append(here, { updates: [], keys: [member, adasKey] })
      const refusal = { name: 'StoreRefused', reason: 'key-taken' }
      await expect(subject.store.replaceInvitation(here, member)).rejects.toMatchObject(refusal)
      await expect(subject.store.replaceInvitation(here, { ...member, hash: adasKey.hash })).rejects.toMatchObject(
        refusal,
      )
      expect(await subject.store.invitations(here)).toEqual([member])
    })
  })
}
