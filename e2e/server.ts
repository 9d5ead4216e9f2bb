import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../server/src/main.ts', import.meta.url))

/**
 * A real server in a process of its own, with a data folder that outlives its kills, on a port that stays the same:
 * what a person's browser returns to.
 */
export class QuintetServer {
  readonly port: number
  readonly #folder: string
  readonly #settings: Record<string, string>
  #process: ChildProcess | undefined
  /** What the running process has printed, its log among it. */
  #printed = ''

  private constructor(port: number, folder: string, settings: Record<string, string>) {
    this.port = port
    this.#folder = folder
    this.#settings = settings
  }

  /** Starts a server on a free port of this worker with an empty data folder. */
  static async start(settings: Record<string, string> = {}): Promise<QuintetServer> {
    const server = new QuintetServer(await freePort(), await mkdtemp(join(tmpdir(), 'quintet-story-')), settings)
    await server.run()
    return server
  }

  /** The address on this machine. */
  get local(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The address by a name that is no loopback one: what a phone in the room types. */
  get network(): string {
    return `http://quintet.test:${this.port}`
  }

  /** Starts the process and resolves once it answers. @throws with what it printed, if it ends first. */
  async run(): Promise<void> {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, ...this.#settings, PORT: String(this.port), DATA_DIR: this.#folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    this.#printed = ''
    const answering = new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        this.#printed += chunk.toString()
        if (this.#printed.includes(`:${this.port}`)) resolve()
      }
      child.stdout.on('data', read)
      child.stderr.on('data', read)
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}. It printed:\n${this.#printed}`)))
    })
    await answering
  }

  /** Takes the process away in the middle of whatever it does, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Stops the server and removes its data. @throws with what it printed, if it had ended by itself. */
  async close(): Promise<void> {
    try {
      await this.#end('SIGTERM')
    } finally {
      await rm(this.#folder, { recursive: true, force: true })
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (!child) return
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(
        `The server ended by itself, with ${child.signalCode ?? child.exitCode}. It printed:\n${this.#printed}`,
      )
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
}

/**
 * Ports below those that systems give to outgoing connections: a page that tries to come back would otherwise sometimes
 * sit on the port of the very server that it waits for. Each worker has its own.
 */
const FIRST_PORT = 20_000
const PORTS = 1_000

async function freePort(): Promise<number> {
  const first = FIRST_PORT + (Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 10) * PORTS
  const start = Math.floor(Math.random() * PORTS)
  for (let tried = 0; tried < PORTS; tried++) {
    const port = first + ((start + tried) % PORTS)
    if (await isFree(port)) return port
  }
  throw new Error(`No port from ${first} on is free.`)
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer()
  try {
    // As the server does it: on all addresses.
    probe.listen(port)
    await once(probe, 'listening')
  } catch {
    return false
  }
  probe.close()
  await once(probe, 'close')
  return true
}
