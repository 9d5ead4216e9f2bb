import { outcomeOf } from './failures.ts'
import type { Answer, Outcome } from './messages.ts'

/** Work that may take long, cut into slices of some milliseconds: each step is one, and what it returns is the answer. */
export type SlicedWork = Generator<void, unknown>

/** The order in which the store's thread does its work. */
export interface Lanes<Write> {
  /** Looks something up at once and answers. */
  look(id: number, work: () => unknown): void
  /** Puts a write into the next commit. */
  write(id: number, write: Write): void
  /** Adds long work; all long work takes turns, slice by slice. */
  slice(id: number, work: SlicedWork): void
  /** Runs `last` and answers when both lanes have become empty. Nothing may be added after it. */
  end(id: number, last: () => void): void
}

/**
 * Builds the lanes: looking up is over at once; writes wait until the thread is free, and then all that wait share one commit;
 * one slice of long work runs between two commits, so that neither lane starves the other.
 */
export function openLanes<Write>(
  commit: (writes: readonly Write[]) => Outcome[],
  post: (answers: readonly Answer[]) => void,
): Lanes<Write> {
  let waiting: { id: number; write: Write }[] = []
  const sliced: { id: number; work: SlicedWork }[] = []
  let ending: (() => void) | null = null
  let isAwake = false

  function wake(): void {
    if (isAwake) return
    isAwake = true
    setImmediate(turn)
  }

  // Between two turns the event loop takes in every message that has arrived meanwhile: they join the next commit.
  function turn(): void {
    isAwake = false
    commitWaiting()
    runSlice()
    if (waiting.length > 0 || sliced.length > 0) wake()
    else ending?.()
  }

  function commitWaiting(): void {
    if (waiting.length === 0) return
    const group = waiting
    waiting = []
    const outcomes = commit(group.map(({ write }) => write))
    post(outcomes.flatMap((outcome, index) => answersFor(group[index]?.id, outcome)))
  }

  function runSlice(): void {
    const job = sliced.shift()
    if (!job) return
    try {
      const step = job.work.next()
      if (step.done) post([{ id: job.id, outcome: { kind: 'done', output: step.value } }])
      else sliced.push(job)
    } catch (error) {
      post([{ id: job.id, outcome: outcomeOf(error) }])
    }
  }

  function look(id: number, work: () => unknown): void {
    let outcome: Outcome
    try {
      outcome = { kind: 'done', output: work() }
    } catch (error) {
      outcome = outcomeOf(error)
    }
    post([{ id, outcome }])
  }

  return {
    look,
    write(id, write) {
      waiting.push({ id, write })
      wake()
    },
    slice(id, work) {
      sliced.push({ id, work })
      wake()
    },
    end(id, last) {
      ending = () => look(id, last)
      wake()
    },
  }
}

function answersFor(id: number | undefined, outcome: Outcome): Answer[] {
  return id === undefined ? [] : [{ id, outcome }]
}
