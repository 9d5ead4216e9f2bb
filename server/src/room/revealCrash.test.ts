import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RHYTHM_AGENDA } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import { addDraft } from '@quintet/shared/draftEdits'
import type { NoteId } from '@quintet/shared/ids'
import { readDrafts } from '@quintet/shared/notebook'
import { readStage } from '@quintet/shared/stage'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openSqliteStore } from '../store/sqlite.ts'
import type { DocumentKey, Store } from '../store/store.ts'
import { somebody } from '../testing/rig.ts'
import { until } from '../testing/until.ts'
import { newWorkshopDocuments } from './create.ts'
import { REVEALED } from './reveal.fixture.ts'
import { Rooms } from './rooms.ts'

const PEOPLE = 5
/** A reveal in one piece. */
const FEW = 4
/** A reveal that comes to the board in several pieces of a hundred. */
const MANY = 60
const program = fileURLToPath(new URL('./reveal.fixture.ts', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quintet-reveal-'))
})
afterEach(() => rm(folder, { recursive: true }))

const people = Array.from({ length: PEOPLE }, (_, index) => somebody(index))
const bookOf = (index: number): DocumentKey => `notebook:${somebody(index).id}`

/** A workshop in Write, with so many drafts in everybody's notebook. */
async function prepare(draftsEach: number): Promise<void> {
  const store = await openSqliteStore({ folder })
  const [creator = somebody(0), ...others] = people
  const updates = newWorkshopDocuments({
    title: 'Platform team',
    creator,
    people: others,
    now: 1,
    agenda: RHYTHM_AGENDA,
    random: randomBytes,
  })
  await store.create({ id: REVEALED, createdAt: 1, updates })
  for (const [index, { id: author }] of people.entries()) {
    const doc = new Y.Doc()
    for (let count = 0; count < draftsEach; count++) {
      const id = `d${count}` as NoteId
      const text = `words ${count} of ${author}`
      addDraft({ id, phase: 'principles', author, at: 1, text, order: 'a0', under: null, ready: true })(doc)
    }
    await store.append(REVEALED, { updates: [{ document: bookOf(index), update: Y.encodeStateAsUpdate(doc) }] })
  }
  await store.close()
}

/** Begins the reveal in a process of its own, which is killed in the middle of it. */
async function revealAndDie(when: string): Promise<void> {
  const process = fork(program, [folder, when], { execArgv: [] })
  const [, signal] = await once(process, 'exit')
  expect(signal).toBe('SIGKILL')
}

async function read(store: Store, key: DocumentKey): Promise<Y.Doc> {
  const doc = new Y.Doc()
  for await (const segment of store.load(REVEALED, key)) Y.applyUpdate(doc, segment)
  return doc
}

/** What is on disk: all of a reveal, or nothing of it. */
async function onDisk(store: Store, drafts: number): Promise<'all' | 'nothing'> {
  const stage = readStage(await read(store, 'stage'))
  const notes = [...readBoard(await read(store, 'board')).notes.values()]
  const books = await Promise.all(people.map((_, index) => read(store, bookOf(index))))
  const became = books.flatMap((doc) => readDrafts(doc).flatMap((draft) => draft.became ?? []))
  expect(became.toSorted()).toEqual(notes.map(({ id }) => id).toSorted())
  if (stage?.at.step === 'principles-1') {
    expect([notes.length, stage.reveal, stage.countdown?.does]).toEqual([0, null, 'share'])
    return 'nothing'
  }
  const words = notes.map(({ text }) => text)
  expect(new Set(words).size).toBe(drafts)
  expect(words).toHaveLength(drafts)
  expect([stage?.countdown, stage?.reveal?.count]).toEqual([null, drafts])
  return 'all'
}

test.each([
  ['before its append', FEW, 'before', 'nothing'],
  ['as its append begins', FEW, '0', undefined],
  ['1 ms into its append', FEW, '1', undefined],
  ['3 ms into its append', FEW, '3', undefined],
  ['after its append', FEW, 'after', 'all'],
  ['between its pieces', MANY, 'between', 'nothing'],
  ['before the append of its pieces', MANY, 'before', 'nothing'],
  ['2 ms into the append of its pieces', MANY, '2', undefined],
  ['after the append of its pieces', MANY, 'after', 'all'],
])(
  '[promise 1] killed %s, a reveal is on disk whole or not at all, and happens exactly once',
  async (_, draftsEach, when, expected) => {
    const drafts = PEOPLE * draftsEach
    await prepare(draftsEach)
    await revealAndDie(when)
    const store = await openSqliteStore({ folder })
    try {
      const found = await onDisk(store, drafts)
      if (expected !== undefined) expect(found).toBe(expected)
      const rooms = new Rooms({ store, log: pino({ level: 'silent' }) })
      const room = await rooms.open(REVEALED)
      await until('the group moved', () => room.stage.at.step === 'principles-2')
      await rooms.close()
      expect(await onDisk(store, drafts)).toBe('all')
    } finally {
      await store.close()
    }
  },
  90_000,
)
