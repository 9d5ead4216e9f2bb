import { boardRoot, readBoard } from '@quintet/shared/board'
import { transact } from '@quintet/shared/edits'
import type { PersonId } from '@quintet/shared/ids'
import { CLOSE } from '@quintet/shared/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { QUARANTINE } from '../store/store.ts'
import { NOTHING_NEW, syncMessage } from '../testing/rawSocket.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()

/** A scene whose log is kept. */
async function logged() {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const rig = await scene.start({ log })
  return { rig, log: () => lines.join('') }
}

test('what no client of ours sends is put aside whole, with who sent it, and the log has a code and an id alone', async () => {
  const { rig, log } = await logged()
  const tab = scene.enter('person-1')
  await tab.synced()
  tab.doc.getMap('Secretroot').set('Secretkey', 'Secretwords')
  await until('it is closed', () => tab.closes.length > 0)
  expect(tab.closes).toEqual([CLOSE.impossible.code])
  await until('it is put aside', async () => (await rig.store.quarantined(rig.workshop)).length === 1)
  const [entry] = await rig.store.quarantined(rig.workshop)
  if (!entry) throw new Error('Nothing was put aside.')
  expect(entry).toMatchObject({ person: 'person-1', document: 'board', code: 'unknown-root' })
  expect(Math.abs(entry.at - Date.now())).toBeLessThan(60_000)
  const again = new Y.Doc()
  Y.applyUpdate(again, entry.bytes)
  expect(again.getMap('Secretroot').toJSON()).toEqual({ Secretkey: 'Secretwords' })
  const lines = log()
    .split('\n')
    .filter((line) => line.includes('an update was refused'))
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ document: 'board', code: 'unknown-root', quarantined: entry.id })
  expect(log()).not.toContain('Secret')
  expect(lines[0]).not.toContain('person-1')
})

test('what a rule forbids is not put aside: those are an honest person’s words', async () => {
  const { rig, log } = await logged()
  const [p, q] = [scene.enter('person-1'), scene.enter('person-1')]
  await Promise.all([p.synced(), q.synced()])
  note('n1', 'Somebody else’s words', 'person-2')(p.doc)
  await until('it is refused', () => p.refusals.length > 0)
  q.doc.getMap('nowhere').set('x', 1)
  await until('the other is put aside', async () => (await rig.store.quarantined(rig.workshop)).length > 0)
  expect((await rig.store.quarantined(rig.workshop)).map(({ code }) => code)).toEqual(['unknown-root'])
  expect(log()).toContain('"code":"forbidden"')
  expect(log()).not.toContain('words')
})

test(`no more than ${QUARANTINE.entries} are put aside, however many are refused, and none keeps anybody out`, async () => {
  const { rig } = await logged()
  const garbage = syncMessage('update', new Uint8Array([0, 0, 1]))
  const old = { id: 'old', at: 1, person: 'person-0' as PersonId, document: 'board', code: 'fault', path: '' } as const
  const many = Array.from({ length: QUARANTINE.entries + 5 }, () => ({ ...old, bytes: garbage }))
  await Promise.all(many.map((entry) => rig.store.quarantine(rig.workshop, entry)))
  const p = scene.raw('person-1')
  await p.opened
  p.send(syncMessage('step2', NOTHING_NEW))
  p.send(garbage)
  expect(await p.closed).toBe('impossible')
  const codes = async () => (await rig.store.quarantined(rig.workshop)).map(({ code }) => code)
  await until('it is put aside', async () => (await codes()).includes('malformed'))
  expect(await codes()).toHaveLength(QUARANTINE.entries)
})

test('[promise 2] a board into which something accepted could not be applied is dropped, and read anew from disk', async () => {
  const { rig, log } = await logged()
  const tab = scene.enter('person-1')
  await tab.synced()
  note('n1')(tab.doc)
  await tab.saved()
  const room = await rig.rooms.open(rig.workshop)
  const board = await room.read((documents) => documents.board)
  // Somebody listens to the board who fails, as a mistake in the server would.
  board.on('beforeObserverCalls', () => {
    throw new Error('Secretwords')
  })
  transact(tab.doc, () => note('n2')(tab.doc))
  await tab.back()
  expect(tab.closes[0]).toBe(CLOSE.storeFailed.code)
  await tab.saved()
  const again = await rig.rooms.open(rig.workshop)
  expect(again).not.toBe(room)
  expect(await again.read((documents) => boardRoot(documents.board, 'notes').size)).toBe(2)
  expect(readBoard(tab.doc).notes.size).toBe(2)
  expect(log()).toContain('the room is dropped')
  expect(log()).toContain('could not be applied')
  expect(log()).not.toContain('Secretwords')
})
