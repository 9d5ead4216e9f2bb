import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addNote, moveNote, removeNote } from '@quintet/shared/edits'
import type { NoteId, PersonId, WorkshopId } from '@quintet/shared/ids'
import { PHASE_IDS } from '@quintet/shared/phases'
import * as Y from 'yjs'
import { openSqliteStore } from '../src/store/sqlite.ts'
import type { DocumentUpdate } from '../src/store/store.ts'
import { startMeasured } from './measured.ts'
import { type Door, Participant, takeSeats } from './participants.ts'
import { Targets } from './targets.ts'

/**
 * The opening of a long history: a board of 200,000 updates (notes written key by key, moved, corrected and removed by
 * 60 people) is opened by the first newcomer, then by 60 at once.
 */
const UPDATES = 200_000
const PEOPLE = 60
/** The event loop stands still for less than this while a workshop is opened, ms. */
const WORST_BLOCK = 50
/** Bytes that the first newcomer gets, as a multiple of the state's own. */
const MOST_BYTES = 1.02

/** Writes the history into the store as single updates, as if it had been lived through. */
async function live(folder: string, workshop: WorkshopId): Promise<void> {
  const store = await openSqliteStore({ folder })
  let batch: DocumentUpdate[] = []
  for (const update of history()) {
    batch.push({ document: 'board', update })
    if (batch.length < 2_000) continue
    await store.append(workshop, { updates: batch })
    batch = []
  }
  await store.append(workshop, { updates: batch })
  await store.close()
}

function* history(): Generator<Uint8Array> {
  const writers = Array.from({ length: PEOPLE }, () => new Y.Doc())
  const waiting: Uint8Array[] = []
  for (const writer of writers) writer.on('update', (update: Uint8Array) => waiting.push(update))
  const notes = new Map<Y.Doc, NoteId>()
  let written = 0
  for (let turn = 0; written < UPDATES; turn++) {
    const writer = writers[turn % PEOPLE] ?? new Y.Doc()
    const round = Math.floor(turn / PEOPLE)
    write(writer, notes, turn % PEOPLE, round)
    for (const update of waiting.splice(0)) {
      yield update
      if (++written === UPDATES) return
    }
  }
}

const WORDS = 'Product teams wait three days for a new database, and nobody can say why '

/** One turn of one person: a new note every 80 turns, keys in between, now and then a correction, a move, a removal. */
function write(doc: Y.Doc, notes: Map<Y.Doc, NoteId>, person: number, round: number): void {
  const known = notes.get(doc)
  if (round % 80 === 0 || known === undefined) {
    const id = `n-${person}-${round}` as NoteId
    const phase = PHASE_IDS[Math.floor(round / 80) % 4] ?? 'gaps'
    addNote({ id, phase, author: `p-${person}` as PersonId, at: round, text: '', order: 'a0', under: null })(doc)
    notes.set(doc, id)
    return
  }
  const text = doc.getMap<Y.Map<unknown>>('notes').get(known)?.get('text')
  if (!(text instanceof Y.Text)) throw new Error('A note without text.')
  if (round % 80 === 79 && person % 9 === 0) removeNote(known)(doc)
  else if (round % 20 === 19) moveNote(known, { group: null, order: `a${round % 10}` })(doc)
  else if (round % 7 === 6 && text.length > 0) text.delete(text.length - 1, 1)
  else text.insert(text.length, WORDS.charAt(round % WORDS.length))
}

/** Connects newcomers at once and waits until all have the whole board. */
async function arrive(doors: readonly Door[]): Promise<{ ms: number; people: readonly Participant[] }> {
  const start = performance.now()
  const people = doors.map((door) => new Participant(door, new Map()))
  await Promise.all(people.map((person) => person.synced()))
  return { ms: performance.now() - start, people }
}

// Every provider listens for the end of the process.
process.setMaxListeners(PEOPLE * 4)

const folder = await mkdtemp(join(tmpdir(), 'quintet-history-'))
const settings = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder }
const first = await startMeasured('../src/main.ts', settings)
const seats = await takeSeats(first.port, PEOPLE)
await first.stop()
const workshop = seats[0]?.url.split('/').at(-1) as WorkshopId
await live(folder, workshop)

const targets = new Targets()
for (const visit of ['first', 'second'] as const) {
  const server = await startMeasured('../src/main.ts', settings)
  const doors = seats.map((door) => ({ ...door, url: door.url.replace(/:\d+\//, `:${server.port}/`) }))
  for (const door of doors) door.headers.origin = `http://127.0.0.1:${server.port}`
  await server.reset()
  const one = await arrive(doors.slice(0, 1))
  const opened = await server.report()
  const state = Y.encodeStateAsUpdate(one.people[0]?.doc ?? new Y.Doc()).length
  const received = one.people[0]?.received ?? 0
  console.log(`Opening a history of ${UPDATES} updates, ${visit} time`)
  console.log(`  time to the first complete sync ${one.ms.toFixed(0)} ms`)
  console.log(`  worst block of the loop ${opened.worstBlock.toFixed(1)} ms (to reach: under ${WORST_BLOCK})`)
  console.log(
    `  bytes received ${received}, ${(received / state).toFixed(3)} times the state (to reach: at most ${MOST_BYTES})`,
  )
  const times = received / state
  targets.expect(
    `the worst block (${visit} time)`,
    `${opened.worstBlock.toFixed(1)} ms`,
    opened.worstBlock < WORST_BLOCK,
    `under ${WORST_BLOCK} ms`,
  )
  targets.expect(
    `the bytes received (${visit} time)`,
    `${times.toFixed(3)} times the state`,
    times <= MOST_BYTES,
    `at most ${MOST_BYTES}`,
  )
  await server.reset()
  const many = await arrive(doors)
  const crowded = await server.report()
  console.log(
    `  ${PEOPLE} more at once: all complete after ${many.ms.toFixed(0)} ms (their own 60 documents built in one process)`,
  )
  console.log(
    `  worst block of the loop ${crowded.worstBlock.toFixed(1)} ms, memory ${(crowded.memory / 1e6).toFixed(0)} MB`,
  )
  for (const person of [...one.people, ...many.people]) person.close()
  await server.stop()
}
await rm(folder, { recursive: true })
targets.judge()
