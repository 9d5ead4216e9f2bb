import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings, WrongSetting } from './config.ts'

/** The message with which a start is stopped; fails the test if it is not. */
function refusal(environment: Record<string, string>): string {
  try {
    readSettings(environment)
  } catch (error) {
    if (error instanceof WrongSetting) return error.message
    throw error
  }
  throw new Error(`${JSON.stringify(environment)} was taken`)
}

describe('settings', () => {
  it('need nothing', () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      host: '0.0.0.0',
      dataFolder: resolve('data'),
      publicUrl: null,
      createKey: null,
      logLevel: 'info',
    })
  })

  it('are taken as given', () => {
    const given = {
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: '/var/lib/quintet',
      PUBLIC_URL: 'https://quintet.example.org/',
      CREATE_KEY: 'eight-ch',
      LOG_LEVEL: 'debug',
      PATH: '/usr/bin',
    }
    expect(readSettings(given)).toEqual({
      port: 0,
      host: '127.0.0.1',
      dataFolder: '/var/lib/quintet',
      publicUrl: 'https://quintet.example.org',
      createKey: 'eight-ch',
      logLevel: 'debug',
    })
  })

  it.each([
    ['PORT', ''],
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', '0x10'],
    ['PORT', ' 3000'],
    ['HOST', ''],
    ['HOST', '0'],
    ['HOST', 'http://0.0.0.0'],
    ['HOST', 'two words'],
    ['DATA_DIR', ''],
    ['DATA_DIR', 'a\0b'],
    ['PUBLIC_URL', 'quintet.example.org'],
    ['PUBLIC_URL', 'ftp://quintet.example.org'],
    ['PUBLIC_URL', 'https://quintet.example.org/team'],
    ['PUBLIC_URL', 'https://quintet.example.org/?a'],
    ['PUBLIC_URL', 'https://me:secret@quintet.example.org'],
    ['PUBLIC_URL', 'http://localhost:3000'],
    ['PUBLIC_URL', 'http://127.0.0.1'],
    ['PUBLIC_URL', 'http://[::1]:3000'],
    ['CREATE_KEY', ''],
    ['CREATE_KEY', 'seven-c'],
    ['CREATE_KEY', 'has a space in it'],
    ['CREATE_KEY', 'naïve-naïve'],
    ['LOG_LEVEL', 'verbose'],
  ])('%s=%j stops the start with one line that says what to do', (name, value) => {
    const message = refusal({ [name]: value })
    expect(message).toMatch(new RegExp(`^${name} must be .+, but is .+ Nothing was started`))
    expect(message).toContain('leave it out')
    expect(message).not.toContain('\n')
  })

  it('never repeats a secret', () => {
    expect(refusal({ CREATE_KEY: 'sésame' })).not.toContain('same')
  })

  it.each(['DATABASE_URL', 'REDIS_URL', 'BASE_PATH', 'TRUST_PROXY', 'TLS_CERT', 'TLS_KEY', 'QUINTET_PORT'])(
    '%s, which this version does not have, stops the start',
    (name) => {
      const message = refusal({ [name]: 'postgres://me:secret@db/quintet' })
      expect(message).toContain(name)
      expect(message).toContain('Nothing was started')
      expect(message).not.toContain('secret@')
      expect(message).not.toContain('\n')
    },
  )
})
