/** Does some work. @returns what it took of the processor, ms: of the time that went by much may be other programs'. */
export function processorTime(work: () => void): number {
  const began = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(began)
  return (user + system) / 1_000
}
