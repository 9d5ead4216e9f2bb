import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Loaded into a measured server with `--import`: answers questions about the process over IPC, the same way for every
 * server, so that their figures can be set side by side. Does nothing until it is asked.
 */
const delay = monitorEventLoopDelay({ resolution: 1 })

process.on('message', (question) => {
  if (question === 'reset') {
    delay.enable()
    delay.reset()
    process.send?.({ reset: true })
  }
  if (question === 'report') {
    process.send?.({
      cpu: process.cpuUsage(),
      // The monitor's own resolution of 1 ms is part of what it reports.
      worstBlock: Math.max(0, delay.max / 1e6 - 1),
      memory: process.memoryUsage.rss(),
    })
  }
  if (question === 'live') {
    setFlagsFromString('--expose-gc')
    runInNewContext('gc')()
    const { heapUsed, external } = process.memoryUsage()
    process.send?.(heapUsed + external)
  }
})
process.channel?.unref()
