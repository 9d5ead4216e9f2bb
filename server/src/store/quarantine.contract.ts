import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { describe, expect, test } from 'vitest'
import { ada, here, nowhere, type Subject, say, wordsIn } from './contract.fixture.ts'
import { QUARANTINE, type Quarantined } from './store.ts'

/** A refused update. */
function refused(id: string, bytes = say(id)): Quarantined {
  return { id, at: 1_700_000_000_000, person: ada, document: 'board', code: 'malformed', path: 'notes/ü', bytes }
}

/** The part of the contract about what is put aside of refused updates, and about the epoch. */
export function quarantineContract(subject: Subject): void {
  describe('quarantine', () => {
    const ids = async (workshop = here) => (await subject.store.quarantined(workshop)).map(({ id }) => id)

    test('[S1] gives what was put aside, oldest first, also after a restart, and no document holds it', async () => {
      const mine = refused('mine')
      const hers: Quarantined = {
        ...refused('hers'),
        document: `notebook:${'lin' as PersonId}`,
        code: 'fault',
        path: '',
      }
      await subject.store.quarantine(here, mine)
      await subject.store.quarantine(here, hers)
      await subject.reopen()
      expect(await subject.store.quarantined(here)).toEqual([mine, hers])
      expect(await wordsIn(subject.store, here)).toEqual([])
    })

    test('keeps the latest hundred of each workshop', async () => {
      const id = 'elsewhere' as WorkshopId
      await subject.store.create({ id, createdAt: 1, updates: [] })
      await subject.store.quarantine(id, refused('alone'))
      const all = Array.from({ length: QUARANTINE.entries + 7 }, (_, index) => `refused ${index}`)
      await Promise.all(all.map((name) => subject.store.quarantine(here, refused(name))))
      expect(await ids()).toEqual(all.slice(7))
      expect(await ids(id)).toEqual(['alone'])
    })

    test('keeps no more bytes than it may, and the newest in any case', async () => {
      const large = new Uint8Array(QUARANTINE.bytes / 2).fill(7)
      for (const id of ['a', 'b', 'c']) await subject.store.quarantine(here, refused(id, large))
      expect(await ids()).toEqual(['b', 'c'])
      await subject.store.quarantine(here, refused('small'))
      expect(await ids()).toEqual(['c', 'small'])
    })

    test('takes its own copy of the bytes', async () => {
      const surroundings = new Uint8Array([9, 9, 1, 2, 3, 9])
      const kept = subject.store.quarantine(here, refused('window', surroundings.subarray(2, 5)))
      surroundings.fill(0)
      await kept
      expect((await subject.store.quarantined(here))[0]?.bytes).toEqual(new Uint8Array([1, 2, 3]))
    })

    test('[S6] refuses a workshop that is not there', async () => {
      const refusal = { name: 'StoreRefused', reason: 'unknown-workshop' }
      await expect(subject.store.quarantine(nowhere, refused('lost'))).rejects.toMatchObject(refusal)
      expect(await ids(nowhere)).toEqual([])
    })
  })

  describe('the epoch', () => {
    test('is the same as long as the data is, whoever opens it', async () => {
      const epoch = await subject.store.epoch()
      expect(epoch).toMatch(/^[A-Za-z0-9_-]{16}$/)
      await subject.store.append(here, { updates: [{ document: 'board', update: say('on the board') }] })
      expect(await subject.store.epoch()).toBe(epoch)
      await subject.reopen()
      expect(await subject.store.epoch()).toBe(epoch)
    })
  })
}
