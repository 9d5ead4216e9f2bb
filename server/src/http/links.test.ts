import { describe, expect, it } from 'vitest'
import { Browser, keyOf, shareQuintet, startQuintet } from '../quintet.fixture.ts'

const quintet = shareQuintet()

describe('links', () => {
  it('are the same to every facilitator, and to nobody else', async () => {
    const { origin } = quintet()
    const facilitator = new Browser(origin)
    const { path, links, keys, ...created } = await facilitator.create()
    const { member, observer } = links
    expect((await facilitator.get(`${path}/links`)).json.links).toEqual({ member, observer })
    const guests = [
      { role: 'member', status: 403, code: 'forbidden' },
      { role: 'observer', status: 403, code: 'forbidden' },
      { role: undefined, status: 401, code: 'no-seat' },
    ] as const
    for (const { role, status, code } of guests) {
      const guest = new Browser(origin)
      if (role) await guest.join({ path, links, keys, ...created }, keys[role], 'Kofi')
      for (const answer of [await guest.get(`${path}/links`), await guest.post(`${path}/links/member`)]) {
        expect([answer.status, answer.json.code]).toEqual([status, code])
        expect(answer.text).not.toContain(keys.member)
      }
    }
    expect((await facilitator.get(`${path}/links`)).json.links).toEqual({ member, observer })
  })

  it('can be replaced: the old one opens nothing, who came through it stays', async () => {
    const { origin } = quintet()
    const facilitator = new Browser(origin)
    const created = await facilitator.create()
    const kofi = new Browser(origin)
    const joined = await kofi.join(created, created.keys.member, 'Kofi')

    const { status, json } = await facilitator.post(`${created.path}/links/member`)
    expect(status).toBe(200)
    expect(json.links.member).not.toBe(created.links.member)
    expect(json.links.observer).toBe(created.links.observer)

    expect((await new Browser(origin).join(created, created.keys.member, 'Stranger')).json.code).toBe('bad-key')
    expect((await kofi.get(`${created.path}/me`)).json.people).toEqual([joined.json.person])
    const fresh = keyOf(json.links.member)
    expect((await kofi.join(created, fresh)).json).toEqual(joined.json)
    expect((await new Browser(origin).join(created, fresh, 'Ines')).status).toBe(200)
  })

  it('makes no member of an observer whose invitation was replaced', async () => {
    const { origin } = quintet()
    const facilitator = new Browser(origin)
    const created = await facilitator.create()
    const guest = new Browser(origin)
    await guest.join(created, created.keys.observer, 'Lars')
    const { json } = await facilitator.post(`${created.path}/links/observer`)
    expect((await guest.join(created, created.keys.member)).json.code).toBe('name-needed')
    expect((await guest.join(created, keyOf(json.links.observer))).json.person.role).toBe('observer')
  })

  it.each(['facilitator', 'stage', '__proto__', '%20'])('has no invitation for %s', async (role) => {
    const { origin } = quintet()
    const facilitator = new Browser(origin)
    const { path, links } = await facilitator.create()
    const answer = await facilitator.post(`${path}/links/${role}`)
    expect([answer.status, answer.json.code]).toEqual([404, 'not-found'])
    const { member, observer } = links
    expect((await facilitator.get(`${path}/links`)).json.links).toEqual({ member, observer })
  })

  it('name the address at which the asking browser has the page, unless that is loopback', async () => {
    const { origin, port } = quintet()
    const facilitator = new Browser(origin)
    const { path } = await facilitator.create()
    const byName = await facilitator.get(`${path}/links`, { host: `quintet.test:${port}` })
    expect(byName.json.origins).toEqual([`http://quintet.test:${port}`, `http://192.168.1.7:${port}`])
    expect(byName.json.links.member).toMatch(new RegExp(`^http://quintet.test:${port}/w/`))
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `0.0.0.0:${port}`, 'a b', `x'`]) {
      const { json } = await facilitator.get(`${path}/links`, { host })
      expect(json.origins).toEqual([`http://192.168.1.7:${port}`])
    }
  })

  it('never name loopback, on a machine without a network either', async () => {
    const lo = { family: 'IPv4', address: '127.0.0.1', netmask: '', mac: '', internal: true, cidr: null } as const
    for (const hostname of ['laptop', 'localhost']) {
      const network = { interfaces: () => ({ lo: [lo] }), hostname: () => hostname }
      const { origin } = await startQuintet({}, { network })
      const { links } = await new Browser(origin).create()
      for (const link of Object.values(links)) expect(link).not.toMatch(/localhost|127\.|\[::1\]/)
    }
  })

  it('name the public address alone where there is one', async () => {
    const { origin } = await startQuintet({ PUBLIC_URL: 'https://quintet.example.org' })
    const facilitator = new Browser(origin)
    const { path } = await facilitator.create()
    expect((await facilitator.get(`${path}/links`)).json.origins).toEqual(['https://quintet.example.org'])
  })
})

describe('a key of one’s own', () => {
  it('is for the person that the tab names, out of those in the browser', async () => {
    const { origin } = quintet()
    const laptop = new Browser(origin)
    const created = await laptop.create()
    const member = (await laptop.join(created, created.keys.member, 'Kofi')).json.person
    const { json } = await laptop.post(`${created.path}/keys`, { person: member.id })
    expect((await new Browser(origin).join(created, keyOf(json.link))).json).toEqual({ person: member })
  })

  it('is not to be had for others, for observers or for strangers', async () => {
    const { origin } = quintet()
    const created = await new Browser(origin).create()
    const kofi = new Browser(origin)
    await kofi.join(created, created.keys.member, 'Kofi')
    expect((await kofi.post(`${created.path}/keys`, { person: created.person })).json.code).toBe('no-seat')
    const observer = new Browser(origin)
    await observer.join(created, created.keys.observer, 'Lars')
    expect((await observer.post(`${created.path}/keys`)).json.code).toBe('forbidden')
    expect((await new Browser(origin).post(`${created.path}/keys`)).json.code).toBe('no-seat')
  })
})
