import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { boardRoot, readBoard } from '@quintet/shared/board'
import type { Command } from '@quintet/shared/commands'
import type { CommandId } from '@quintet/shared/ids'
import { encodeCommand } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { afterAll, expect, test } from 'vitest'
import { Participant } from '../testing/participant.ts'
import { note } from '../testing/scene.ts'
import { type Chance, chanceFor } from '../testing/seeded.ts'
import { createWorkshop, type ServerProcess, spawnServer } from '../testing/serverProcess.ts'
import { until } from '../testing/until.ts'

const ROUNDS = 20
/** Longest life of a server under load before it is killed, ms. */
const LONGEST_LIFE = 250

let running: ServerProcess | undefined
const folder = await mkdtemp(join(tmpdir(), 'quintet-crash-'))
afterAll(async () => {
  await running?.kill()
  await rm(folder, { recursive: true, force: true })
})

/** A tab that writes note after note, and knows which of them the server marked as saved. */
class Writer {
  readonly tab: Participant
  readonly #name: string
  readonly #written: string[] = []

  constructor(tab: Participant, name: string) {
    this.tab = tab
    this.#name = name
  }

  write(): void {
    const id = `${this.#name}-${this.#written.length}`
    this.#written.push(id)
    note(id, id, this.tab.seat)(this.tab.doc)
  }

  /** The first update message of a socket answers the server’s question; the notes are those after it. */
  get saved(): readonly string[] {
    return this.#written.slice(0, Math.max(0, this.tab.marked - 1))
  }

  /** What others wrote, as far as this tab saw it. */
  get seen(): readonly string[] {
    return [...boardRoot(this.tab.doc, 'notes').keys()].filter((id) => !id.startsWith(`${this.#name}-`))
  }
}

/** Everyone writes and the facilitator renames the workshop again and again, for as long as chance has it. */
async function writeForAWhile(chance: Chance, round: number, writers: readonly Writer[], stage: Participant) {
  const end = performance.now() + chance.next() * LONGEST_LIFE
  for (let turn = 1; performance.now() < end; turn++) {
    for (const writer of writers) writer.write()
    const rename = { id: `r${round}-${turn}`, name: 'rename workshop', title: `Title ${round * 10_000 + turn}` }
    stage.send(encodeCommand(rename as Command & { id: CommandId }))
    await new Promise((resolve) => setTimeout(resolve, chance.below(6)))
  }
}

test(`[promise 1] killed ${ROUNDS} times under load, the server has everything that was seen or marked saved`, async () => {
  const chance = chanceFor('crash')
  running = await spawnServer(folder)
  const { workshop, seats } = await createWorkshop(running.port, 3)
  const durable = new Set<string>()
  let title = 0

  const enter = (seatNumber: number, document: 'board' | 'stage') => {
    const seat = seats[seatNumber]
    if (!running || !seat) throw new Error('There is one server and four seats.')
    return new Participant({ port: running.port, workshop, document, seat: seat.person, headers: seat.headers })
  }
  const verify = ({ doc: board }: Participant, { doc: stage }: Participant) => {
    const found = new Set<string>(readBoard(board).notes.keys())
    expect([...durable].filter((id) => !found.has(id))).toEqual([])
    expect(Number(readStage(stage)?.title.split(' ')[1] ?? 0)).toBeGreaterThanOrEqual(title)
  }

  for (let round = 0; round <= ROUNDS; round++) {
    const writers = [1, 2, 3].map((index) => new Writer(enter(index, 'board'), `r${round}-p${index}`))
    const stage = enter(0, 'stage')
    const tabs = [...writers.map(({ tab }) => tab), stage]
    await Promise.all(tabs.map((tab) => tab.synced()))
    for (const { tab } of writers) verify(tab, stage)
    if (round === ROUNDS) {
      for (const tab of tabs) tab.leave()
      break
    }

    await writeForAWhile(chance, round, writers, stage)
    await running.kill()
    await until('the tabs have read what was sent', () => tabs.every((tab) => tab.closes.length > 0))
    for (const writer of writers) for (const id of [...writer.saved, ...writer.seen]) durable.add(id)
    for (const reply of stage.replies)
      if (reply.ok) title = Math.max(title, round * 10_000 + Number(reply.id.split('-')[1]))
    for (const tab of tabs) tab.leave()
    running = await spawnServer(folder)
  }
  expect(durable.size).toBeGreaterThan(ROUNDS)
  expect(title).toBeGreaterThan(0)
}, 240_000)
