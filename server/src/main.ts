import { CannotStart, createApp, type Listening } from './app.ts'
import { readSettings, type Settings, WrongSetting } from './config.ts'
import { createLog } from './log.ts'

/** A signal that comes sooner after the first, ms, is the same one: a terminal sends it to every process of `npm start`, and each passes it on. */
const SAME_SIGNAL = 1_000
/** How long a stop may take, ms, before the process ends without having tidied up. What was marked saved is on disk anyway. */
const STOP_DEADLINE = 8_000

/** Starts the server and stays until it is told to stop. */
async function main(): Promise<void> {
  const settings = readSettings()
  const log = createLog(settings.logLevel)
  const app = await createApp(settings, { log })

  const die = (what: string) => (error: unknown) => {
    log.fatal({ err: error }, what)
    process.exit(1)
  }
  process.on('uncaughtException', die('uncaught exception'))
  process.on('unhandledRejection', die('unhandled rejection'))

  let stopping: number | undefined
  const stop = (signal: NodeJS.Signals) => {
    if (stopping !== undefined) {
      if (performance.now() - stopping >= SAME_SIGNAL) process.exit(1)
      return
    }
    stopping = performance.now()
    log.info({ signal }, 'stopping')
    setTimeout(() => die('did not stop in time')(undefined), STOP_DEADLINE).unref()
    app.close().then(() => process.exit(0), die('could not stop in order'))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

  process.stdout.write(greeting(await app.listen(), settings))
}

/** What the person who started the server wants to know, for their eyes. */
function greeting({ local, others }: Listening, { publicUrl, host, dataFolder }: Settings): string {
  const lines = ['Quintet is running.', '', `  On this machine:    ${local}`]
  if (publicUrl !== null) lines.push(`  For everyone:       ${publicUrl}`)
  else if (others.length === 0) lines.push(`  For others:         no way in, since HOST is ${host}`)
  else
    lines.push(
      ...others.map((origin, index) => `  ${index === 0 ? 'In this network:' : '                '}    ${origin}`),
    )
  lines.push(`  Everything is in:   ${dataFolder}`, '', 'Ctrl+C stops it; nothing is lost.', '')
  return lines.join('\n')
}

try {
  await main()
} catch (error) {
  const expected = error instanceof WrongSetting || error instanceof CannotStart
  // What we did not foresee needs its frames, wherever it came from.
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
