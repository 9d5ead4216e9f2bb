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
 * reference server of y-websocket, which keeps everything in memory, one after the other in the same run.
 * Propagation is measured from the edit in one document to its arrival at another person, in one load process.
 */
const PEOPLE = 60
const WARM_UP = 4_000
/** CPU per delivered item, ours to the peer's. */
const MOST_CPU = 0.5
/** 99 of 100 edits arrive within this, ms. */
const MOST_P99 = 40
const MEASURED = Number(process.argv[2] ?? 15) * 1000

interface Result {
  readonly seen: Seen
  readonly cpu: number
  readonly lost: number
  readonly worstBlock: number
  readonly memory: number
}

async function run(server: Measured, doors: readonly Door[]): Promise<Result> {
  const crowd = new Crowd(doors)
  await crowd.begin()
  await pass(WARM_UP)
  await server.reset()
  const before = await server.report()
  const seen = await crowd.watch(MEASURED)
  const after = await server.report()
  const lost = await crowd.end()
  const spent = (report: typeof before) => report.cpu.user + report.cpu.system
  return { seen, cpu: spent(after) - spent(before), lost, worstBlock: after.worstBlock, memory: after.memory }
}

function print(name: string, { seen, cpu, lost, worstBlock, memory }: Result): number {
  const items = seen.editsDelivered + seen.presenceDelivered
  const perItem = cpu / items
  const round = (value: number, digits = 1) => value.toFixed(digits)
  console.log(`${name}`)
  console.log(`  edits written ${seen.editsWritten}, delivered ${seen.editsDelivered}, lost ${lost}`)
  console.log(`  presence written ${seen.presenceWritten}, delivered ${seen.presenceDelivered}`)
  console.log(
    `  propagation p50 ${round(percentile(seen.latencies, 0.5))} ms, p99 ${round(percentile(seen.latencies, 0.99))} ms`,
  )
  console.log(
    `  server CPU ${round(cpu / 1000 / (MEASURED / 1000), 0)} ms/s, ${round(perItem, 2)} µs per delivered item`,
  )
  console.log(`  server CPU per delivered edit ${round(cpu / seen.editsDelivered, 2)} µs`)
  console.log(`  bytes per delivered edit ${round(seen.syncBytes / seen.editsDelivered)}`)
  console.log(`  bytes per delivered presence change ${round(seen.presenceBytes / seen.presenceDelivered)}`)
  console.log(`  worst block of the loop ${round(worstBlock)} ms, memory ${round(memory / 1e6, 0)} MB`)
  return perItem
}

// Every provider listens for the end of the process.
process.setMaxListeners(PEOPLE * 2)

const folder = await mkdtemp(join(tmpdir(), 'quintet-bench-'))
const ours = await startMeasured('../src/main.ts', { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder })
const ourResult = await run(ours, await takeSeats(ours.port, PEOPLE))
await ours.stop()
await rm(folder, { recursive: true })

const peer = await startMeasured('peer.ts', {})
const peerDoor = (_: unknown, index: number): Door => {
  const person = `person-${index}` as PersonId
  return { url: `ws://127.0.0.1:${peer.port}`, room: 'bench', person, params: {}, headers: {} }
}
const peerResult = await run(peer, Array.from({ length: PEOPLE }, peerDoor))
await peer.stop()

console.log(
  `One room, ${PEOPLE} people, ${EDITS_PER_SECOND} edits/s and ${PRESENCE_PER_SECOND} Hz presence each, ${MEASURED / 1000} s`,
)
const ourItem = print('Quintet, durable storage on', ourResult)
const peerItem = print('@y/websocket-server 0.1.1, in memory', peerResult)
console.log(
  `CPU per delivered item, ours to the peer's: ${(ourItem / peerItem).toFixed(2)} (to reach: at most ${MOST_CPU})`,
)
console.log(`CPU in all, ours to the peer's: ${(ourResult.cpu / peerResult.cpu).toFixed(2)}`)

const targets = new Targets()
const p99 = percentile(ourResult.seen.latencies, 0.99)
const ratio = ourItem / peerItem
targets.expect('CPU per delivered item', `${ratio.toFixed(2)} of the peer's`, ratio <= MOST_CPU, `at most ${MOST_CPU}`)
targets.expect('propagation at p99', `${p99.toFixed(1)} ms`, p99 < MOST_P99, `under ${MOST_P99} ms`)
targets.expect('the number of lost edits', `${ourResult.lost}`, ourResult.lost === 0, '0')
targets.judge()
