import { BUDGETS, LIMITS } from '@quintet/shared/limits'
import { describe, expect, it } from 'vitest'
import { Browser, startQuintet } from '../quintet.fixture.ts'
import { handClock } from '../testing/handClock.ts'
import { Newcomers, networkOf } from './newcomers.ts'
import { Problem } from './problem.ts'

/** Three at once, then one each minute. */
const THREE = { perSecond: 1 / 60, burst: 180_000 }

function problemOf(act: () => void): Problem | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

describe('what one network makes', () => {
  it('is bounded in time, for itself alone, and says when to come again', () => {
    const clock = handClock({ goes: false })
    const newcomers = new Newcomers({ rate: THREE, past: 'Too many.' }, clock.now)
    const come = (address: string) => problemOf(() => newcomers.count(address))
    // The one that is past the bound is still let in; the next waits for it.
    for (let count = 0; count < 4; count++) expect(come('10.0.0.7')).toBeUndefined()
    const refused = come('10.0.0.7')
    expect([refused?.status, refused?.code, refused?.retryAfter]).toEqual([429, 'too-many', 60])
    expect(refused?.message).toBe('Too many. Nothing was changed, and what there is is safe. Try again in a minute.')
    expect(come('10.0.0.8')).toBeUndefined()
    // Asking again makes the wait no longer.
    for (let count = 0; count < 100; count++) expect(come('10.0.0.7')?.retryAfter).toBe(60)
    clock.forward(60_000)
    expect(come('10.0.0.7')).toBeUndefined()
    expect(come('10.0.0.7')?.retryAfter).toBe(60)
  })

  it('is remembered for a bounded number of networks', () => {
    const clock = handClock({ goes: false })
    const newcomers = new Newcomers({ rate: THREE, past: 'Too many.' }, clock.now)
    for (let index = 0; index < 12_000; index++) newcomers.count(`10.1.${index >> 8}.${index & 255}`)
    expect(newcomers.size).toBe(10_000)
    clock.forward(600_000)
    newcomers.count('10.2.0.1')
    expect(newcomers.size).toBe(1)
  })

  it.each([
    ['192.168.1.7', '192.168.1.7'],
    ['::ffff:192.168.1.7', '192.168.1.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
  ])('%s is of the network %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('is as much as a company behind one address needs in an hour', () => {
    const most = ({ perSecond, burst }: typeof THREE) => Math.round((perSecond * burst) / 1_000)
    expect(most(BUDGETS.address.workshops)).toBe(1_000)
    expect(most(BUDGETS.address.seats)).toBe(3 * LIMITS.peoplePerWorkshop)
  })
})

describe('the server', () => {
  it('answers 429 with Retry-After to a network that creates too much, whatever address a header names', async () => {
    const { origin } = await startQuintet({}, { rates: { ...BUDGETS.address, workshops: THREE } })
    const browser = new Browser(origin)
    for (let count = 0; count < 4; count++) await browser.create()
    const body = { title: 'One more', name: 'Maren' }
    const refused = await browser.post('/api/workshops', body, { 'x-forwarded-for': '203.0.113.9' })
    expect(refused.status).toBe(429)
    expect(refused.json).toEqual({ code: 'too-many', message: expect.stringContaining('more workshops') })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await browser.get('/api/health')).status).not.toBe(429)
  })

  it('counts seats, keys and observers that are new, and nobody who has a seat', async () => {
    const { origin } = await startQuintet({}, { rates: { ...BUDGETS.address, seats: THREE } })
    const facilitator = new Browser(origin)
    const created = await facilitator.create()
    const member = new Browser(origin)
    const kofi = await member.join(created, created.keys.member, 'Kofi')
    expect(kofi.status).toBe(200)
    expect((await new Browser(origin).join(created, created.keys.observer, 'Wall')).status).toBe(200)
    expect((await member.post(`${created.path}/keys`)).status).toBe(201)
    expect((await new Browser(origin).join(created, created.keys.facilitator)).status).toBe(200)
    const late = new Browser(origin)
    for (const join of [
      () => late.join(created, created.keys.member, 'Late'),
      () => late.join(created, created.keys.observer, 'Late'),
      () => late.join(created, created.keys.facilitator),
      () => member.post(`${created.path}/keys`),
    ])
      expect((await join()).status).toBe(429)
    expect(late.cookie).toBeUndefined()
    expect((await member.join(created, created.keys.member)).json).toEqual(kofi.json)
    expect((await facilitator.join(created, created.keys.facilitator)).status).toBe(200)
  })
})
