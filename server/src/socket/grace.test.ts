import { readBoard } from '@quintet/shared/board'
import { addNote, setDue, targetText } from '@quintet/shared/edits'
import type { NoteId, StepId } from '@quintet/shared/ids'
import { GRACE } from '@quintet/shared/moves'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { handClock } from '../testing/handClock.ts'
import { NOTHING_NEW, syncMessage } from '../testing/rawSocket.ts'
import { codeOf, command } from '../testing/rhythm.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()
const N1 = 'n1' as NoteId
const ACTION = { phase: 'actions', author: null, at: 1, text: 'Name one owner', order: 'a', under: null } as const

test('[P11] what was planned in a closed workshop counts that came as it was reopened, and three seconds later no more', async () => {
  const clock = handClock({ goes: false })
  await scene.start({
    clock,
    write: (board) => {
      addNote({ ...ACTION, id: N1 })(board)
      setDue(N1, '2027-01-31')(board)
    },
  })
  const maren = scene.enter('person-0', 'stage')
  const kofi = scene.enter('person-1')
  await Promise.all([maren.synced(), kofi.synced()])
  const say = (body: Parameters<typeof command>[0]) => maren.command(command(body)).then(codeOf)
  const from = { phase: 'principles', step: 'principles-1' as StepId } as const
  expect(await say({ name: 'close workshop', from })).toBe('ok')
  clock.forward(60_000)
  expect(await say({ name: 'reopen workshop' })).toBe('ok')
  clock.forward(GRACE)
  setDue(N1, '2027-02-28')(kofi.doc)
  await kofi.saved()
  clock.forward(1)
  setDue(N1, '2027-03-31')(kofi.doc)
  await until('it is refused', () => kofi.refusals.length > 0)
  expect(kofi.refusals).toMatchObject([{ code: 'forbidden' }])
})

/** Somebody who has not said yet what they have: what they write waits until they do. The first thing came before a lock. */
async function writeAroundLock() {
  const clock = handClock({ goes: false })
  const rig = await scene.start({ clock, write: (board) => void note(N1)(board) })
  const maren = scene.enter('person-0', 'stage')
  await maren.synced()
  const room = await rig.rooms.open(rig.workshop)
  const doc = new Y.Doc()
  doc.clientID = 4_000
  await room.read(({ board }) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(board)))
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  targetText(doc, { of: 'note', id: N1 })?.insert(0, 'In time. ')
  targetText(doc, { of: 'note', id: N1 })?.insert(0, 'Too late. ')
  const [inTime = NOTHING_NEW, late = NOTHING_NEW] = updates

  const kofi = scene.raw('person-1', 'board', { client: doc.clientID })
  await kofi.opened
  kofi.send(syncMessage('update', inTime))
  await kofi.fence()
  expect(await maren.command(command({ name: 'lock phase', phase: 'principles', locked: true })).then(codeOf)).toBe(
    'ok',
  )
  const words = () => room.read(({ board }) => readBoard(board).notes.get(N1)?.text)
  return { clock, kofi, late, words }
}

test('[P11] what came in time is in time, however long it waits to be judged', async () => {
  const { clock, kofi, late, words } = await writeAroundLock()
  clock.forward(GRACE + 1)
  kofi.send(syncMessage('update', late))
  kofi.send(syncMessage('step2', NOTHING_NEW))
  expect(await kofi.refused()).toBe('forbidden')
  await until('the first is there', async () => (await words()) === 'In time. n1')
})

test('[P11] nobody makes what they write wait by themselves, and sees meanwhile what becomes of the lock', async () => {
  const { clock, kofi, words } = await writeAroundLock()
  clock.forward(2 * GRACE + 1)
  kofi.send(syncMessage('step2', NOTHING_NEW))
  expect(await kofi.refused()).toBe('forbidden')
  expect(await words()).toBe('n1')
})
