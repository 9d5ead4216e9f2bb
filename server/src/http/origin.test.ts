import { describe, expect, it } from 'vitest'
import { originAllowed, ownOrigin, servedOverHttps } from './origin.ts'

const PUBLIC = 'https://quintet.example.org'

describe('originAllowed', () => {
  it.each([
    ['the page’s own address', { host: '192.168.1.7:3000', origin: 'http://192.168.1.7:3000' }],
    ['a default port that one side leaves out', { host: 'quintet.test:80', origin: 'http://quintet.test' }],
    ['the public address', { host: '127.0.0.1:3000', origin: PUBLIC }],
    ['a script', { host: '127.0.0.1:3000' }],
    ['a page that says only that it is ours', { host: 'a.test', 'sec-fetch-site': 'same-origin' as const }],
  ])('passes %s', (_what, headers) => expect(originAllowed(headers, PUBLIC)).toBe(true))

  it.each([
    ['another host', { host: 'quintet.test', origin: 'http://evil.test' }],
    ['another port', { host: 'quintet.test:3000', origin: 'http://quintet.test:3001' }],
    ['another scheme', { host: 'quintet.test', origin: 'https://quintet.test' }],
    ['a sandboxed frame', { host: 'quintet.test', origin: 'null' }],
    ['an empty origin', { host: 'quintet.test', origin: '' }],
    ['a Host that is none', { host: 'a b', origin: 'http://a b' }],
    ['no Host', { origin: 'http://quintet.test' }],
    ['a page of elsewhere that hides its origin', { host: 'quintet.test', 'sec-fetch-site': 'cross-site' as const }],
    ['a page of a neighbour that hides its origin', { host: 'quintet.test', 'sec-fetch-site': 'same-site' as const }],
  ])('refuses %s', (_what, headers) => expect(originAllowed(headers, PUBLIC)).toBe(false))

  it('does not take a missing public address for a missing origin', () => {
    expect(originAllowed({ host: 'quintet.test', origin: 'null' }, null)).toBe(false)
  })
})

describe('ownOrigin', () => {
  it.each(['user@quintet.test', 'quintet.test/path', 'quintet.test?a', 'quintet.test:port', "a'; script-src *", ''])(
    'takes nothing from the Host %j',
    (host) => expect(ownOrigin({ host })).toBeUndefined(),
  )
})

describe('servedOverHttps', () => {
  it('is what PUBLIC_URL promises, where the request came that way', () => {
    expect(servedOverHttps({ host: 'quintet.example.org' }, PUBLIC)).toBe(true)
    expect(servedOverHttps({ host: '127.0.0.1:3000', origin: PUBLIC }, PUBLIC)).toBe(true)
    expect(servedOverHttps({ host: '127.0.0.1:3000', 'x-forwarded-proto': 'https' }, PUBLIC)).toBe(true)
  })

  it('is not so in the room, by plain http, or on a header’s word alone', () => {
    expect(servedOverHttps({ host: '192.168.1.7:3000', origin: 'http://192.168.1.7:3000' }, PUBLIC)).toBe(false)
    expect(servedOverHttps({ host: 'quintet.test', 'x-forwarded-proto': 'https' }, null)).toBe(false)
    expect(servedOverHttps({ host: 'quintet.test' }, 'http://quintet.test')).toBe(false)
  })
})
