/** The processor's clock is asked anew before something that begins so long after it was last asked, ms. */
const FRESH = 10
/** What took less than this is not worth to ask for, ms: asking takes some µs, half of what a keystroke does. */
const SHORT = 1

let asked = { at: Number.NEGATIVE_INFINITY, said: 0 }

function askProcessor(at: number): number {
  const { user, system } = process.threadCpuUsage()
  asked = { at, said: (user + system) / 1_000 }
  return asked.said
}

/**
 * Does some work.
 * @returns what it took of the processor, ms. For what is short that is the time that went by. Of a longer time much may
 * have been other programs', so there it is no more than what this thread used since it was last asked, which some
 * systems tell in steps of 4 ms: right in the mean, not each time.
 */
export function processorTime(work: () => void): number {
  const began = performance.now()
  const before = began - asked.at > FRESH ? askProcessor(began) : asked.said
  work()
  const ended = performance.now()
  const passed = ended - began
  return passed < SHORT ? passed : Math.min(passed, askProcessor(ended) - before)
}
