import { describe, expect, it } from 'vitest'
import { Browser, shareQuintet, startQuintet } from '../quintet.fixture.ts'

const quintet = shareQuintet()

describe('security headers', () => {
  it('work on a plain http address: nothing that needs https, nothing that a browser warns of', async () => {
    const { origin, port } = quintet()
    for (const path of ['/', '/healthz', '/nothing', '/api/workshops/none/me']) {
      const { headers } = await new Browser(origin).get(path, { host: `quintet.test:${port}` })
      expect(headers['content-security-policy']).toBe(
        `default-src 'self';img-src 'self' data:;connect-src 'self' ws://quintet.test:${port};object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'`,
      )
      expect(headers['strict-transport-security']).toBeUndefined()
      expect(headers['cross-origin-opener-policy']).toBeUndefined()
      expect(headers['origin-agent-cluster']).toBeUndefined()
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['x-frame-options']).toBe('DENY')
      expect(headers['x-powered-by']).toBeUndefined()
    }
  })

  it('take nothing into the policy from a Host that is none', async () => {
    const { origin } = quintet()
    const { headers } = await new Browser(origin).get('/', { host: "x;script-src 'unsafe-inline'" })
    expect(headers['content-security-policy']).not.toContain('unsafe-inline')
  })

  it('are stricter over https, and there alone', async () => {
    const { origin } = await startQuintet({ PUBLIC_URL: 'https://quintet.example.org' })
    const { headers } = await new Browser(origin).get('/', { host: 'quintet.example.org' })
    expect(headers['strict-transport-security']).toBe('max-age=15552000')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['origin-agent-cluster']).toBe('?1')
    expect(headers['content-security-policy']).toContain('wss://quintet.example.org')
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
    const inTheRoom = await new Browser(origin).get('/')
    expect(inTheRoom.headers['strict-transport-security']).toBeUndefined()
    expect(inTheRoom.headers['cross-origin-opener-policy']).toBeUndefined()
    expect(inTheRoom.headers['origin-agent-cluster']).toBeUndefined()
  })
})

describe('requests from pages of elsewhere', () => {
  it.each([
    { origin: 'http://evil.test' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ] as Record<string, string>[])('with %j change nothing, on any resource', async (headers) => {
    const { origin } = quintet()
    const facilitator = new Browser(origin)
    const created = await facilitator.create()
    const { path, keys } = created
    const before = (await facilitator.get(`${path}/links`)).text
    const attempts = [
      ['/api/workshops', { title: 'x' }],
      [`${path}/join`, { key: keys.observer, name: 'Eve' }],
      [`${path}/links/member`, undefined],
      [`${path}/keys`, undefined],
      [`${path}/leave`, undefined],
      ['/nothing', undefined],
    ] as const
    for (const [to, body] of attempts) {
      const answer = await facilitator.post(to, body, headers)
      expect([answer.status, answer.json.code]).toEqual([403, 'wrong-origin'])
    }
    expect((await facilitator.get(`${path}/links`)).text).toBe(before)
    expect((await facilitator.get(`${path}/me`)).json.people).toHaveLength(1)
  })

  it('from pages of the server’s own and from scripts go through', async () => {
    const { origin, port } = quintet()
    const own: Record<string, string>[] = [
      {},
      { origin },
      { host: `quintet.test:${port}`, origin: `http://quintet.test:${port}` },
      { 'sec-fetch-site': 'same-origin' },
      // Vite's development server passes requests on with the Host that the browser asked for.
      { host: 'localhost:5173', origin: 'http://localhost:5173' },
    ]
    for (const headers of own)
      expect((await new Browser(origin).post('/api/workshops', { title: 'x' }, headers)).status).toBe(201)
  })
})
