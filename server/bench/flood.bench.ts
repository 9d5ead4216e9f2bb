import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Crowd, pass } from './crowd.ts'
import { DiskWatch } from './disk.ts'
import type { Flooded } from './flooder.ts'
import { type Measured, percentile, startMeasured } from './measured.ts'
import { type Door, type Seen, takeSeats } from './participants.ts'
import { Targets } from './targets.ts'

/**
 * The room of the room's benchmark, in which one person of sixty floods while the others write on: once with what is
 * allowed, once with what is not, as fast as their sockets take it.
 */
const OTHERS = 59
const FLOODS = {
  keys: 'keystrokes',
  pages: 'a hundred notes rewritten at a time',
  forgeries: 'entries that are no notes, ten thousand at a time',
  labours: 'one note moved two thousand times at a time',
  knocks: 'connections',
  noise: 'questions, presence and noise',
  commands: 'commands',
  questions: 'questions of what it lacks',
} as const
const WARM_UP = 4_000
const MEASURED = Number(process.argv[2] ?? 8) * 1000
/** The floods that are measured; all of them unless some are named. */
const CHOSEN = Object.entries(FLOODS).filter(([script]) => process.argv[3]?.split(',').includes(script) ?? true)
/** 99 of 100 edits of the others arrive within this, ms, while somebody floods. */
const MOST_P99 = 100
/** Memory in use by the server beyond what it was before the floods, bytes; every reader may be up to 4 MiB behind. */
const MOST_GROWTH = 128e6
/** A disk that stands still by itself for longer, ms, is what was measured, and no flood. */
const MOST_STANDSTILL = 50
/** How often a flood is measured at most while the disk stands still: one that a flood brings about shows every time. */
const TRIES = 5
/** Time between two looks at the server's memory, ms. */
const LOOK = 500

interface Result {
  readonly seen: Seen
  readonly cpu: number
  readonly worstBlock: number
  /** Resident memory when it was most, and what of it was in use at the end, bytes. */
  readonly memory: number
  readonly live: number
  /** The longest that the disk stood still by itself meanwhile, ms. */
  readonly standstill: number
}

async function watch(server: Measured, crowd: Crowd, disk: DiskWatch): Promise<Result> {
  await server.reset()
  disk.longest()
  const before = await server.report()
  let memory = before.memory
  const [seen] = await Promise.all([
    crowd.watch(MEASURED),
    looking(async () => {
      memory = Math.max(memory, (await server.report()).memory)
    }),
  ])
  const after = await server.report()
  const spent = ({ cpu }: typeof before) => cpu.user + cpu.system
  return {
    seen,
    live: await server.live(),
    cpu: spent(after) - spent(before),
    worstBlock: after.worstBlock,
    memory: Math.max(memory, after.memory),
    standstill: disk.longest(),
  }
}

/** Watches again where the disk alone stood still, so that the floods are told from it. */
async function watchWhileDiskGoes(server: Measured, crowd: Crowd, disk: DiskWatch): Promise<Result> {
  for (let tries = 1; ; tries++) {
    const result = await watch(server, crowd, disk)
    if (result.standstill < MOST_STANDSTILL || tries === TRIES) return result
    const p99 = percentile(result.seen.latencies, 0.99).toFixed(1)
    console.log(`The disk stood still for ${result.standstill.toFixed(0)} ms (p99 ${p99} ms): measured again`)
  }
}

/** Looks again and again while it is measured. */
async function looking(look: () => Promise<void>): Promise<void> {
  const until = performance.now() + MEASURED - LOOK
  while (performance.now() < until) {
    await pass(LOOK)
    await look()
  }
}

/** Starts a flooder, who is behind everybody else for the processor: in life it has a machine of its own. */
function startFlood(script: string, door: Door): ChildProcess {
  const env = { ...process.env, DOOR: JSON.stringify(door), SCRIPT: script }
  const file = fileURLToPath(new URL('flooder.ts', import.meta.url))
  const flooder = fork(file, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  if (flooder.pid !== undefined) setPriority(flooder.pid, constants.priority.PRIORITY_LOW)
  return flooder
}

async function askFlooded(flooder: ChildProcess): Promise<Flooded> {
  const answer = once(flooder, 'message')
  flooder.send('report')
  const [flooded] = await answer
  return flooded as Flooded
}

function print(name: string, { seen, cpu, worstBlock, memory, live, standstill }: Result): number {
  const p99 = percentile(seen.latencies, 0.99)
  console.log(name)
  console.log(`  others' edits: written ${seen.editsWritten}, delivered ${seen.editsDelivered}`)
  console.log(
    `  propagation p50 ${percentile(seen.latencies, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; the disk's longest sync ${standstill.toFixed(0)} ms`,
  )
  console.log(
    `  server CPU ${(cpu / MEASURED).toFixed(0)} ms/s, worst block of the loop ${worstBlock.toFixed(1)} ms, memory ${(memory / 1e6).toFixed(0)} MB, in use ${(live / 1e6).toFixed(0)} MB`,
  )
  return p99
}

const listed = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none'

// Every provider listens for the end of the process.
process.setMaxListeners(OTHERS * 2)

const folder = await mkdtemp(join(tmpdir(), 'quintet-flood-'))
const server = await startMeasured('../src/main.ts', { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder })
const doors = await takeSeats(server.port, OTHERS + CHOSEN.length)
const disk = new DiskWatch(folder)
const crowd = new Crowd(doors.slice(0, OTHERS))
await crowd.begin()
await pass(WARM_UP)

const targets = new Targets()
const calm = await watchWhileDiskGoes(server, crowd, disk)
print(`One room, ${OTHERS} people write, nobody floods, ${MEASURED / 1000} s`, calm)
for (const [index, [script, what]] of CHOSEN.entries()) {
  const door = doors[OTHERS + index]
  if (!door) throw new Error('The flooder has no seat.')
  const flooder = startFlood(script, door)
  // So that its first connections, and what it sends at once, are in what is measured.
  while ((await askFlooded(flooder)).sent === 0) await pass(5)
  const result = await watchWhileDiskGoes(server, crowd, disk)
  const flooded = await askFlooded(flooder)
  const gone = once(flooder, 'exit')
  flooder.kill('SIGKILL')
  await gone
  const p99 = print(`One more floods with ${what}`, result)
  console.log(
    `  the flooder: ${flooded.sent} messages (${(flooded.bytes / 1e6).toFixed(1)} MB) into its sockets, ${flooded.saved} updates saved; refused: ${listed(flooded.refused)}; answered: ${listed(flooded.answered)}; closed: ${listed(flooded.closed)}`,
  )
  const growth = result.live - calm.live
  const { standstill } = result
  const meanwhile = standstill < MOST_STANDSTILL ? '' : `, while the disk stood still for ${standstill.toFixed(0)} ms`
  const figure = `${p99.toFixed(1)} ms${meanwhile}`
  targets.expect(`propagation at p99 (${script})`, figure, p99 < MOST_P99, `under ${MOST_P99} ms`)
  targets.expect(
    `the server's growth (${script})`,
    `${(growth / 1e6).toFixed(0)} MB`,
    growth < MOST_GROWTH,
    `under ${MOST_GROWTH / 1e6} MB`,
  )
}
const lost = await crowd.end()
console.log(`Edits lost: ${lost}`)
targets.expect('the number of lost edits', `${lost}`, lost === 0, '0')
await disk.stop()
await server.stop()
await rm(folder, { recursive: true })
targets.judge()
