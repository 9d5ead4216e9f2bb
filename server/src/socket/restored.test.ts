import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBoard } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { CLOSE } from '@quintet/shared/protocol'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { writeDraft } from '../testing/rhythm.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()

/** A workshop whose data folder was put back to an older copy of it, while two people had later words of each other. */
async function restored() {
  const rig = await scene.start()
  const copy = await mkdtemp(join(tmpdir(), 'quintet-copy-'))
  onTestFinished(() => rm(copy, { recursive: true }))
  const epoch = await rig.store.epoch()
  const first = scene.enter('person-1', 'board', { epoch })
  await first.synced()
  note('kept')(first.doc)
  await first.saved()
  await rig.restart((folder) => cp(folder, copy, { recursive: true }))
  await first.back()
  const second = scene.enter('person-2', 'board', { epoch })
  await second.synced()
  note('lost')(first.doc)
  await first.saved()
  note('lost-too', 'words', 'person-2')(second.doc)
  await second.saved()
  await until('both have both', () => [first, second].every(({ doc }) => readBoard(doc).notes.size === 3))
  await rig.restart(async (folder) => {
    await rm(folder, { recursive: true })
    await cp(copy, folder, { recursive: true })
  })
  return { rig, first, second, epoch }
}

test('after a restore from a backup the epoch is another one, who knew the old one is told, and nothing foreign gets in', async () => {
  const { rig, first, second, epoch } = await restored()
  const fresh = await rig.store.epoch()
  expect(fresh).not.toBe(epoch)
  for (const tab of [first, second]) {
    await until('they are told', () => tab.closes.includes(CLOSE.restored.code))
    expect(tab.refusals).toEqual([])
  }
  // Whoever begins afresh gets what is there, and writes on.
  const again = scene.enter('person-2', 'board', { epoch: fresh })
  await again.synced()
  expect([...readBoard(again.doc).notes.keys()]).toEqual(['kept'])
  note('new', 'words', 'person-2')(again.doc)
  await again.saved()
  const room = await rig.rooms.open(rig.workshop)
  expect(await room.read(({ board }) => [...readBoard(board).notes.keys()].toSorted())).toEqual(['kept', 'new'])
  expect(await room.read(({ board }) => [board.store.pendingStructs, board.store.pendingDs])).toEqual([null, null])
})

test('one who names no epoch and has more of another’s than the server is told too; one’s own words are taken', async () => {
  const { rig, first, second } = await restored()
  const copyOf = (doc: Y.Doc) => {
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    return copy
  }
  const script = scene.enter('person-2', 'board', { doc: copyOf(second.doc), earlier: [second.doc.clientID] })
  await until('it is told', () => script.closes.length > 0)
  expect(script.closes).toEqual([CLOSE.restored.code])
  // Only what is one’s own: nothing stands in the way of sending it again.
  const own = new Y.Doc()
  Y.applyUpdate(own, Y.encodeStateAsUpdate(first.doc))
  const mine = new Y.Doc()
  for await (const segment of rig.store.load(rig.workshop, 'board')) Y.applyUpdate(mine, segment)
  note('again')(mine)
  const tab = scene.enter('person-1', 'board', { doc: mine })
  await tab.saved()
  expect(tab.closes).toEqual([])
  const room = await rig.rooms.open(rig.workshop)
  const notes = await room.read(({ board }) => readBoard(board).notes)
  expect(notes.has('again' as NoteId)).toBe(true)
  expect(notes.has('lost-too' as NoteId)).toBe(false)
})

test('a server that was only restarted, or killed, goes on in its epoch', async () => {
  const rig = await scene.start()
  const epoch = await rig.store.epoch()
  const [board, book] = [scene.enter('person-1', 'board', { epoch }), scene.enter('person-1', 'notebook', { epoch })]
  await Promise.all([board.synced(), book.synced()])
  note('n1')(board.doc)
  writeDraft(book, 'd1')
  await rig.restart()
  await Promise.all([board.back(), book.back()])
  await Promise.all([board.saved(), book.saved()])
  expect(await rig.store.epoch()).toBe(epoch)
  expect([...board.closes, ...book.closes]).not.toContain(CLOSE.restored.code)
})
