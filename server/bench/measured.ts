import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a measured process says of itself. */
export interface Report {
  /** User and system time of all of the process's threads, microseconds. */
  readonly cpu: { readonly user: number; readonly system: number }
  /** The longest time for which its event loop stood still since the last reset, ms; 0 before the first. */
  readonly worstBlock: number
  /** Resident memory, bytes. */
  readonly memory: number
}

/** A server in a process of its own, with the reporter loaded into it. */
export interface Measured {
  readonly port: number
  /** Watches the event loop from now on, which takes some 3 % of a core. */
  reset(): Promise<void>
  report(): Promise<Report>
  /** Memory that is in use, bytes: collects first, for which the process stands still. */
  live(): Promise<number>
  stop(): Promise<void>
}

/**
 * Starts a server script and waits until it prints an address with its port.
 * @throws if it ends, or prints none within 30 s; with what it printed.
 */
export async function startMeasured(script: string, env: Record<string, string>): Promise<Measured> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, ...env },
    execArgv: ['--import', new URL('reporter.ts', import.meta.url).href],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const port = await printedPort(child)
  const ask = async (question: string): Promise<unknown> => {
    const answer = once(child, 'message')
    child.send(question)
    const [message] = await answer
    return message
  }
  return {
    port,
    reset: async () => void (await ask('reset')),
    report: async () => (await ask('report')) as Report,
    live: async () => (await ask('live')) as number,
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

function printedPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const giveUp = setTimeout(() => fail('did not print its address within 30 s'), 30_000)
    const fail = (what: string) => {
      clearTimeout(giveUp)
      child.kill('SIGKILL')
      reject(new Error(`The server ${what}. It printed:\n${printed}`))
    }
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      const match = /(?:127\.0\.0\.1|localhost):(\d+)/.exec(printed)
      if (!match) return
      clearTimeout(giveUp)
      child.removeListener('exit', ended)
      resolve(Number(match[1]))
    }
    const ended = () => fail('ended before it listened')
    child.stdout?.on('data', read)
    child.stderr?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
    })
    child.once('exit', ended)
  })
}

/** The value below which a share (0 to 1) of the samples lies. Sorts in place. */
export function percentile(samples: number[], share: number): number {
  samples.sort((a, b) => a - b)
  return samples[Math.min(samples.length - 1, Math.floor(samples.length * share))] ?? Number.NaN
}
