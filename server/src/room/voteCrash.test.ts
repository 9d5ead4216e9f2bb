import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Agenda } from '@quintet/shared/agenda'
import { placeDot } from '@quintet/shared/ballotEdits'
import { addNote } from '@quintet/shared/edits'
import type { NoteId, StepId } from '@quintet/shared/ids'
import { type Round, readStage, type StageView } from '@quintet/shared/stage'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openSqliteStore } from '../store/sqlite.ts'
import type { Store } from '../store/store.ts'
import { somebody } from '../testing/rig.ts'
import { until } from '../testing/until.ts'
import { newWorkshopDocuments } from './create.ts'
import { REVEALED } from './reveal.fixture.ts'
import { Rooms } from './rooms.ts'

const AGENDA: Agenda = {
  phases: [
    {
      phase: 'principles',
      steps: [
        { id: 'principles-1' as StepId, kind: 'vote', duration: 0, budget: 3 },
        { id: 'principles-2' as StepId, kind: 'decide', duration: 0 },
      ],
    },
  ],
}
const NOTE = 'n1' as NoteId
const VOTERS = 4
const TALLY = { totals: { [NOTE]: VOTERS * 2 }, dots: VOTERS * 2, voted: VOTERS, people: VOTERS }
const program = fileURLToPath(new URL('./reveal.fixture.ts', import.meta.url))
const log = pino({ level: 'silent' })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quintet-vote-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function stageOn(store: Store): Promise<StageView> {
  const doc = new Y.Doc()
  for await (const segment of store.load(REVEALED, 'stage')) Y.applyUpdate(doc, segment)
  const stage = readStage(doc)
  if (!stage) throw new Error('The stage is empty on disk.')
  return stage
}

function onlyRound({ rounds }: StageView): Round {
  const [round] = rounds
  if (!round || rounds.length > 1) throw new Error('There is one round.')
  return round
}

/** A workshop in a vote, with two dots of everybody on one note. */
async function prepare(): Promise<void> {
  const store = await openSqliteStore({ folder })
  const [creator, ...others] = Array.from({ length: VOTERS }, (_, index) => somebody(index))
  if (!creator) throw new Error('Somebody votes.')
  const note = { id: NOTE, phase: 'principles', author: null, at: 1, text: 'words', order: 'a', under: null } as const
  const updates = newWorkshopDocuments({
    title: 'Platform team',
    creator,
    people: others,
    now: 1,
    agenda: AGENDA,
    random: randomBytes,
    write: addNote(note),
  })
  await store.create({ id: REVEALED, createdAt: 1, updates })
  const { id: round } = onlyRound(await stageOn(store))
  for (const { id } of [creator, ...others]) {
    const doc = new Y.Doc()
    for (let dot = 0; dot < 2; dot++) placeDot(round, 3, NOTE, (target) => target)(doc)
    const update = Y.encodeStateAsUpdate(doc)
    await store.append(REVEALED, { updates: [{ document: `notebook:${id}`, update }] })
  }
  await store.close()
}

test.each([
  ['before its append', 'before', 'open'],
  ['as its append begins', '0', undefined],
  ['2 ms into its append', '2', undefined],
  ['after its append', 'after', 'closed'],
])(
  '[promise 1] killed %s, the close of a vote is on disk with the move or not at all, and happens once',
  async (_, when, expected) => {
    await prepare()
    const killed = fork(program, [folder, when], { execArgv: [] })
    expect((await once(killed, 'exit'))[1]).toBe('SIGKILL')
    const store = await openSqliteStore({ folder })
    try {
      const found = await stageOn(store)
      const { state, tally, closedAt } = onlyRound(found)
      if (expected !== undefined) expect(state).toBe(expected)
      const isClosed = state === 'closed'
      expect([tally, found.countdown?.does, found.at.step]).toEqual(
        isClosed ? [TALLY, undefined, 'principles-2'] : [null, 'close vote', 'principles-1'],
      )
      const rooms = new Rooms({ store, log })
      const room = await rooms.open(REVEALED)
      await until('the group moved', () => room.stage.at.step === 'principles-2')
      await rooms.close()
      const round = onlyRound(await stageOn(store))
      expect(round).toMatchObject({ state: 'closed', tally: TALLY })
      // One that was counted before the end is not counted again.
      if (isClosed) expect(round.closedAt).toBe(closedAt)
    } finally {
      await store.close()
    }
  },
  90_000,
)
