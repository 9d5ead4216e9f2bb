import { resolve } from 'node:path'
import * as z from 'zod'
import { isLoopback } from './addresses.ts'
import { LOG_LEVELS, type LogLevel } from './log.ts'

/** What whoever runs the server can decide, read once at the start. */
export interface Settings {
  /** The TCP port; 0 picks a free one. */
  readonly port: number
  /** The address or name to listen on. */
  readonly host: string
  /** The absolute path of the folder that holds everything. */
  readonly dataFolder: string
  /** The origin (`https://host[:port]`) at which people open the server; null where it is reached directly. */
  readonly publicUrl: string | null
  /** What a request that creates a workshop must carry; null where everyone may create. */
  readonly createKey: string | null
  readonly logLevel: LogLevel
}

/** A setting that cannot be used. The message is one line for whoever starts the server. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting'
}

type Environment = Readonly<Record<string, string | undefined>>

interface Setting<Value> {
  readonly schema: z.ZodType<Value, string>
  readonly fallback: Value
  /** Completes "PORT must be …". */
  readonly must: string
  /** Completes "or leave it out …". */
  readonly without: string
  /** A wrong value of a secret is not repeated in the message. */
  readonly secret?: true
}

const port: Setting<number> = {
  schema: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((value) => value <= 65_535),
  fallback: 3000,
  must: 'a whole number from 0 to 65535 (0 picks a free port)',
  without: 'for 3000',
}

const host: Setting<string> = {
  schema: z
    .string()
    .regex(/^[A-Za-z0-9._:%-]{1,255}$/)
    // A lone number would be taken for an address of another form (0 for 0.0.0.0, 1 for 0.0.0.1).
    .regex(/[^0-9]/),
  fallback: '0.0.0.0',
  must: 'an address or name of this machine, such as 0.0.0.0 or 127.0.0.1',
  without: 'for 0.0.0.0, which phones in the room can reach',
}

const dataFolder: Setting<string> = {
  schema: z
    .string()
    .min(1)
    .refine((value) => !value.includes('\0')),
  fallback: './data',
  must: 'the path of a folder',
  without: 'for ./data',
}

const publicUrl: Setting<string | null> = {
  schema: z.string().transform((value, context) => {
    const origin = publicOrigin(value)
    if (origin !== undefined) return origin
    context.addIssue('no origin')
    return z.NEVER
  }),
  fallback: null,
  must: 'the address that people open, such as https://quintet.example.org: http or https, no path, and not this machine’s own loopback address',
  without: 'if phones in the room reach this machine directly',
}

const createKey: Setting<string | null> = {
  schema: z.string().regex(/^[\x21-\x7e]{8,200}$/),
  fallback: null,
  must: 'at least 8 and at most 200 letters, digits or signs of ASCII, without spaces',
  without: 'to let everyone create workshops',
  secret: true,
}

const logLevel: Setting<LogLevel> = {
  schema: z.enum(LOG_LEVELS),
  fallback: 'info',
  must: `one of ${LOG_LEVELS.join(', ')}`,
  without: 'for info',
}

/**
 * Settings of other versions or of similar servers that would be misunderstood if they were passed over in silence:
 * somebody who sets DATABASE_URL believes that the data is in that database.
 */
const NOT_HERE: Readonly<Record<string, string>> = {
  DATABASE_URL: 'This version keeps everything in its data folder (DATA_DIR) and cannot use a database server.',
  REDIS_URL: 'This version runs as one process and cannot use Redis.',
  BASE_PATH: 'This version is served at the root of its address and cannot stand under a path.',
  TRUST_PROXY: 'Behind a proxy this version needs only the address that people open: set PUBLIC_URL instead.',
  TLS_CERT: 'This version speaks plain http. Put a proxy with the certificate before it and set PUBLIC_URL.',
  TLS_KEY: 'This version speaks plain http. Put a proxy with the certificate before it and set PUBLIC_URL.',
}

/**
 * Reads the settings. Nothing else in the server looks at the environment.
 * @throws {WrongSetting} at the first setting that is wrong or that this version does not have.
 */
export function readSettings(environment: Environment = process.env): Settings {
  for (const name of Object.keys(environment)) refuseUnknown(name)
  return {
    port: read(environment, 'PORT', port),
    host: read(environment, 'HOST', host),
    dataFolder: resolve(read(environment, 'DATA_DIR', dataFolder)),
    publicUrl: read(environment, 'PUBLIC_URL', publicUrl),
    createKey: read(environment, 'CREATE_KEY', createKey),
    logLevel: read(environment, 'LOG_LEVEL', logLevel),
  }
}

const SAFE = 'Nothing was started, and no data was touched.'

function refuseUnknown(name: string): void {
  const reason = Object.hasOwn(NOT_HERE, name) ? NOT_HERE[name] : undefined
  if (reason !== undefined) throw new WrongSetting(`${name} is set. ${reason} ${SAFE} Remove ${name} to start.`)
  if (name.startsWith('QUINTET_'))
    throw new WrongSetting(
      `${JSON.stringify(name)} is no setting of this version: settings have no prefix (PORT, HOST, DATA_DIR, PUBLIC_URL, CREATE_KEY, LOG_LEVEL). ${SAFE} Remove it to start.`,
    )
}

function read<Value>(environment: Environment, name: string, setting: Setting<Value>): Value {
  const given = environment[name]
  if (given === undefined) return setting.fallback
  const parsed = setting.schema.safeParse(given)
  if (parsed.success) return parsed.data
  const shown = given === '' ? 'empty' : setting.secret ? 'not' : JSON.stringify(given.slice(0, 80))
  throw new WrongSetting(
    `${name} must be ${setting.must}, but is ${shown}. ${SAFE} Correct ${name}, or leave it out ${setting.without}.`,
  )
}

function publicOrigin(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined
  const url = new URL(value)
  const bare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  const web = url.protocol === 'http:' || url.protocol === 'https:'
  return web && bare && !isLoopback(url.hostname) ? url.origin : undefined
}
