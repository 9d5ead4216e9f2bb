import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PersonId } from '@quintet/shared/ids'
import { Crowd, EDITS_PER_SECOND, PRESENCE_PER_SECOND, pass } from './crowd.ts'
import { type Measured, percentile, startMeasured } from './measured.ts'
import { type Door, type Seen, takeSeats } from './participants.ts'
import { Targets } from './targets.ts'

/**
 * One room, 60 people, each writing 3 updates a second with presence at 5 Hz: ours with durable storage on, and the
 * reference server of y-websocket, which keeps everything in memory, one after the other and that in several rounds,
 * since a machine is not equally quick all the time. Each figure is the median of the rounds.
 * Propagation is measured from the edit in one document to its arrival at another person, in one load process.
 */
const PEOPLE = 60
const ROUNDS = 5
const WARM_UP = 4_000
/** CPU per delivered item, ours to the peer's. */
const MOST_CPU = 0.5
/** 99 of 100 edits arrive within this, ms. */
const MOST_P99 = 40
/** One round of one server, ms. */
const MEASURED = Number(process.argv[2] ?? 6) * 1000

interface Result {
  readonly seen: Seen
  /** Of all of the server's threads, µs. */
  readonly cpu: number
  readonly lost: number
  readonly memory: number
}

/** What a round comes to. Times of delivery in ms, of the processor in µs, sizes in bytes. */
const FIGURES = {
  'edits written': ({ seen }) => seen.editsWritten,
  'edits delivered': ({ seen }) => seen.editsDelivered,
  'edits lost': ({ lost }) => lost,
  'presence delivered': ({ seen }) => seen.presenceDelivered,
  'propagation p50, ms': ({ seen }) => percentile(seen.latencies, 0.5),
  'propagation p99, ms': ({ seen }) => percentile(seen.latencies, 0.99),
  'CPU, ms/s': ({ cpu }) => cpu / MEASURED,
  'CPU per delivered item, µs': ({ seen, cpu }) => cpu / (seen.editsDelivered + seen.presenceDelivered),
  'CPU per delivered edit, µs': ({ seen, cpu }) => cpu / seen.editsDelivered,
  'bytes per delivered edit': ({ seen }) => seen.syncBytes / seen.editsDelivered,
  'bytes per delivered presence': ({ seen }) => seen.presenceBytes / seen.presenceDelivered,
  'memory, MB': ({ memory }) => memory / 1e6,
} as const satisfies Record<string, (result: Result) => number>

async function run(server: Measured, doors: readonly Door[]): Promise<Result> {
  const crowd = new Crowd(doors)
  await crowd.begin()
  await pass(WARM_UP)
  // The event loop is not watched here: to look each millisecond whether it stands still takes a fifth of what ours needs.
  const before = await server.report()
  const seen = await crowd.watch(MEASURED)
  const after = await server.report()
  const lost = await crowd.end()
  const spent = (report: typeof before) => report.cpu.user + report.cpu.system
  return { seen, cpu: spent(after) - spent(before), lost, memory: after.memory }
}

async function runOurs(): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'quintet-bench-'))
  const server = await startMeasured('../src/main.ts', { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder })
  const result = await run(server, await takeSeats(server.port, PEOPLE))
  await server.stop()
  await rm(folder, { recursive: true })
  return result
}

async function runPeer(): Promise<Result> {
  const server = await startMeasured('peer.ts', {})
  const door = (_: unknown, index: number): Door => {
    const person = `person-${index}` as PersonId
    return { url: `ws://127.0.0.1:${server.port}`, room: 'bench', person, params: {}, headers: {} }
  }
  const result = await run(server, Array.from({ length: PEOPLE }, door))
  await server.stop()
  return result
}

type Figure = keyof typeof FIGURES

const all = (results: readonly Result[], figure: Figure) => results.map(FIGURES[figure])
const median = (results: readonly Result[], figure: Figure) => percentile(all(results, figure), 0.5)

function print(name: string, results: readonly Result[]): void {
  console.log(name)
  for (const figure of Object.keys(FIGURES) as Figure[]) {
    const rounds = all(results, figure).map((value) => value.toFixed(1))
    console.log(`  ${figure.padEnd(28)} ${median(results, figure).toFixed(1).padStart(9)}  (${rounds.join(', ')})`)
  }
}

// Every provider listens for the end of the process.
process.setMaxListeners(PEOPLE * 2)

const ours: Result[] = []
const peers: Result[] = []
for (let round = 0; round < ROUNDS; round++) {
  ours.push(await runOurs())
  peers.push(await runPeer())
}

console.log(
  `One room, ${PEOPLE} people, ${EDITS_PER_SECOND} edits/s and ${PRESENCE_PER_SECOND} Hz presence each, ${ROUNDS} rounds of ${MEASURED / 1000} s: medians (rounds)`,
)
print('Quintet, durable storage on', ours)
print('@y/websocket-server 0.1.1, in memory', peers)
const PER_ITEM = 'CPU per delivered item, µs'
const ratio = median(ours, PER_ITEM) / median(peers, PER_ITEM)
console.log(`CPU per delivered item, ours to the peer's: ${ratio.toFixed(2)} (to reach: at most ${MOST_CPU})`)

const targets = new Targets()
const p99 = median(ours, 'propagation p99, ms')
const lost = ours.reduce((sum, result) => sum + result.lost, 0)
targets.expect('CPU per delivered item', `${ratio.toFixed(2)} of the peer's`, ratio <= MOST_CPU, `at most ${MOST_CPU}`)
targets.expect('propagation at p99', `${p99.toFixed(1)} ms`, p99 < MOST_P99, `under ${MOST_P99} ms`)
targets.expect('the number of lost edits', `${lost}`, lost === 0, '0')
targets.judge()
