import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { APPENDED, type Report } from './appender.fixture.ts'
import { applied } from './edits.fixture.ts'
import { openSqliteStore } from './sqlite.ts'

const program = fileURLToPath(new URL('./appender.fixture.ts', import.meta.url))

let folder: string
let child: ChildProcess | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quintet-crash-'))
})
afterEach(async () => {
  await kill()
  await rm(folder, { recursive: true })
})

/** Starts an owner of the folder and gives its reports until `isEnough`. */
function reportsUntil(isEnough: (report: Report) => boolean, ...name: string[]): Promise<Report[]> {
  const owner = fork(program, [folder, ...name], { execArgv: [] })
  child = owner
  const reports: Report[] = []
  return new Promise((resolve, reject) => {
    owner.on('message', (report: Report) => {
      reports.push(report)
      if (isEnough(report)) resolve(reports)
    })
    owner.once('exit', (code) => reject(new Error(`the owner ended by itself (${code})`)))
  })
}

async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

test('[S8] a second owner is told to stay away, and SIGKILL of the first lets it in', async () => {
  await reportsUntil(({ kind }) => kind === 'open')
  await expect(openSqliteStore({ folder })).rejects.toMatchObject({
    name: 'StoreUnusable',
    message: `Another Quintet already uses the data folder ${folder}. Nothing was changed. Stop the other one first, or give this one a data folder of its own (DATA_DIR).`,
  })
  await kill()
  const store = await openSqliteStore({ folder })
  await expect(openSqliteStore({ folder })).rejects.toMatchObject({ name: 'StoreUnusable' })
  await store.close()
})

test('[S1] [S5] SIGKILL amid appends and compaction loses nothing that was acknowledged', async () => {
  const acknowledged = new Set<string>()
  const epochs = new Set<string>()
  for (const [round, enough] of [700, 1_500, 40, 1_100, 1_999].entries()) {
    let kept = 0
    const reports = await reportsUntil((report) => {
      if (report.kind === 'kept') kept += 1
      return kept === enough
    }, `round ${round}`)
    // Reports that were on their way when the process died still arrive before its exit is told.
    await kill()
    for (const report of reports) if (report.kind === 'kept') acknowledged.add(report.words)

    const store = await openSqliteStore({ folder })
    const segments: Uint8Array[] = []
    for await (const segment of store.load(APPENDED, 'board')) segments.push(segment)
    epochs.add(await store.epoch())
    await store.close()
    const doc = applied(segments)
    const found = new Set(doc.getMap('said').keys())
    expect(doc.store.pendingStructs).toBeNull()
    expect([...acknowledged].filter((words) => !found.has(words))).toEqual([])
  }
  expect(acknowledged.size).toBeGreaterThan(5_000)
  expect(epochs.size).toBe(1)
}, 60_000)
