import { type DestinationStream, destination, type Logger, pino } from 'pino'

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
/** From which level on lines are written. */
export type LogLevel = (typeof LOG_LEVELS)[number]

/**
 * The structured log: one JSON object a line. It names workshops, people and routes by id and template, and holds no
 * secret and none of people's words: whoever logs something passes ids and numbers, and errors pass {@link describe}.
 */
export type Log = Logger

/** @param to where the lines go; the standard error stream unless given, so that the standard output stays for people. */
export function createLog(level: LogLevel, to: DestinationStream = destination({ dest: 2, sync: true })): Log {
  return pino(
    {
      level,
      base: null,
      serializers: { err: describe, req: () => undefined, res: () => undefined },
      // The second line of defence, should somebody log a whole request after all.
      redact: { paths: ['headers', '*.headers', 'cookie', '*.cookie', 'key', '*.key', 'body', '*.body'], remove: true },
    },
    to,
  )
}

/** What the log keeps of an error: its class, code and frames. */
export interface ErrorInLog {
  readonly type: string
  readonly code?: string
  readonly message?: string
  readonly frames: readonly string[]
}

/** Errors whose messages are ours, and are for whoever runs the server. */
const SPEAKS_FOR_ITSELF: ReadonlySet<string> = new Set(['StoreFailed', 'StoreRefused', 'StoreUnusable', 'Unreadable'])

/**
 * An error without the words that it may quote (JSON's parser quotes the body, a TypeError a value): the message is
 * kept only where we or the operating system wrote it.
 */
export function describe(error: unknown): ErrorInLog {
  if (!(error instanceof Error)) return { type: typeof error, frames: [] }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const message = SPEAKS_FOR_ITSELF.has(error.name) || 'errno' in error ? { message: error.message } : {}
  return { type: error.name, ...code, ...message, frames: frames.map((line) => line.trim()) }
}
