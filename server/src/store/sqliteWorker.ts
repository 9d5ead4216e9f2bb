import type { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { wordsOf } from './failures.ts'
import { type OpenFolder, openFolder } from './folder.ts'
import { prepareHistory } from './history.ts'
import { openLanes, type SlicedWork } from './lanes.ts'
import { type Answer, type Call, OPENING, type ThreadSettings } from './messages.ts'
import { prepareReads } from './reads.ts'
import { inTransaction } from './transaction.ts'
import { prepareCommit, type Write } from './writes.ts'

/* The store's thread: the one connection to the database, and what the store's methods ask of it. */

if (!parentPort) throw new Error('sqliteWorker.ts runs as a worker thread only: open the store with openSqliteStore.')
const port = parentPort
const { folder, maxPages }: ThreadSettings = workerData

try {
  const opened = openFolder(folder, maxPages)
  port.on('message', serve(opened))
  post([{ id: OPENING, outcome: { kind: 'done', output: undefined } }])
} catch (error) {
  post([{ id: OPENING, outcome: { kind: 'unusable', message: wordsOf(error) } }])
}

function post(answers: readonly Answer[]): void {
  port.postMessage(answers, answers.flatMap(buffersOf))
}

/** The buffers of an answer that may move to the caller's thread instead of being copied: a segment's own. */
function buffersOf({ outcome }: Answer): ArrayBuffer[] {
  if (outcome.kind !== 'done' || typeof outcome.output !== 'object' || outcome.output === null) return []
  if (!('bytes' in outcome.output) || !(outcome.output.bytes instanceof Uint8Array)) return []
  const { buffer, byteLength } = outcome.output.bytes
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}

function serve({ database, epoch, close }: OpenFolder): (call: Call) => void {
  const reads = prepareReads(database)
  const history = prepareHistory(database)
  const check = prepareCheck(database)
  const commit = prepareCommit(database)
  const commitAndMark = (writes: readonly Write[]) => {
    const outcomes = commit(writes)
    epoch.keepUp()
    return outcomes
  }
  const lanes = openLanes<Write>(commitAndMark, post)
  let isClosing = false

  function* whileOpen(work: SlicedWork): SlicedWork {
    for (const _ of work) {
      if (isClosing) return
      yield
    }
  }

  return (call) => {
    const { id, name, input } = call
    switch (name) {
      case 'has':
        return lanes.look(id, () => reads.has(input))
      case 'records':
        return lanes.look(id, () => reads.records(input))
      case 'quarantined':
        return lanes.look(id, () => reads.quarantined(input))
      case 'epoch':
        return lanes.look(id, () => epoch.name)
      case 'seats':
        return lanes.look(id, () => reads.seats(input))
      case 'key':
        return lanes.look(id, () => reads.key(input))
      case 'invitations':
        return lanes.look(id, () => reads.invitations(input))
      case 'create':
      case 'append':
      case 'quarantine':
        return lanes.write(id, call)
      case 'segment':
        return lanes.slice(
          id,
          inOneSlice(() => history.segment(input)),
        )
      case 'check':
        return lanes.slice(id, inOneSlice(check))
      case 'compact':
        return lanes.slice(id, whileOpen(history.compaction(input)))
      case 'close':
        isClosing = true
        return lanes.end(id, close)
    }
  }
}

// biome-ignore lint/correctness/useYield: work of a single slice has nothing to wait for
function* inOneSlice(work: () => unknown): SlicedWork {
  return work()
}

/** Writes 16 KiB durably in new pages before it removes those of the last time, so that a full disk or database shows. */
function prepareCheck(database: DatabaseSync): () => void {
  const add = database.prepare('INSERT INTO checks (ballast) VALUES (zeroblob(16384))')
  const removeOthers = database.prepare('DELETE FROM checks WHERE number <> ?')
  return () => inTransaction(database, () => void removeOthers.run(add.run().lastInsertRowid))
}
