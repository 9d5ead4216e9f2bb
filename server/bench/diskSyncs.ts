import { fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'

/* The thread of a `DiskWatch`. */

const PAGE = Buffer.alloc(4096, 1)
/** Time between two syncs, ms: a standstill of more than that is not missed. */
const PACE = 20

const { folder, longest }: { folder: string; longest: Int32Array } = workerData
const file = openSync(join(folder, 'watch'), 'w')

setInterval(() => {
  const from = performance.now()
  writeSync(file, PAGE, 0, PAGE.length, 0)
  fdatasyncSync(file)
  const took = Math.round((performance.now() - from) * 1000)
  if (took > Atomics.load(longest, 0)) Atomics.store(longest, 0, took)
}, PACE)
