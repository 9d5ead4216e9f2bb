import { describe, expect, it } from 'vitest'
import { Browser, keyOf, shareQuintet } from '../quintet.fixture.ts'

const quintet = shareQuintet()

async function workshop() {
  const facilitator = new Browser(quintet().origin)
  return { facilitator, created: await facilitator.create() }
}

const peopleOf = async (browser: Browser, path: string) => (await browser.get(`${path}/me`)).json.people

describe('leaving', () => {
  it('takes every seat of this browser in this workshop, and nothing elsewhere', async () => {
    const { facilitator, created } = await workshop()
    await facilitator.join(created, created.keys.observer, 'Projector')
    const other = await facilitator.create({ title: 'Another', name: 'Maren' })
    const kofi = new Browser(quintet().origin)
    const { json: joined } = await kofi.join(created, created.keys.member, 'Kofi')

    expect((await facilitator.post(`${created.path}/leave`)).status).toBe(204)
    expect(await peopleOf(facilitator, created.path)).toEqual([])
    expect((await facilitator.get(`${created.path}/export/plan.md`)).json.code).toBe('no-seat')
    expect((await facilitator.post(`${created.path}/keys`)).json.code).toBe('no-seat')
    expect(await peopleOf(facilitator, other.path)).toHaveLength(1)
    expect(await peopleOf(kofi, created.path)).toEqual([joined.person])
  })

  it('makes whoever comes through the invitation in this browser somebody new', async () => {
    const { created } = await workshop()
    const laptop = new Browser(quintet().origin)
    const { json: first } = await laptop.join(created, created.keys.member, 'Kofi')
    await laptop.post(`${created.path}/leave`, {})
    const asked = await laptop.join(created, created.keys.member)
    expect(asked.json.code).toBe('name-needed')
    const { json: next } = await laptop.join(created, created.keys.member, 'Ines')
    expect(next.person.name).toBe('Ines')
    expect(next.person.id).not.toBe(first.person.id)
  })

  it('leaves the person their other devices, and the way back with a link of their own', async () => {
    const { facilitator, created } = await workshop()
    const phone = new Browser(quintet().origin)
    await phone.join(created, created.keys.facilitator)
    const { link } = (await facilitator.post(`${created.path}/keys`)).json
    expect((await facilitator.post(`${created.path}/leave`)).status).toBe(204)
    expect((await phone.get(`${created.path}/links`)).status).toBe(200)
    for (const key of [keyOf(link), created.keys.facilitator])
      expect((await facilitator.join(created, key)).json.person).toMatchObject({ id: created.person, name: 'Maren' })
  })

  it('may be done again, and by a stranger, and changes nothing then', async () => {
    const { facilitator, created } = await workshop()
    const stranger = new Browser(quintet().origin)
    for (const cookie of [undefined, 'A'.repeat(22)]) {
      stranger.cookie = cookie
      expect((await stranger.post(`${created.path}/leave`)).status).toBe(204)
    }
    expect(await peopleOf(facilitator, created.path)).toHaveLength(1)
    for (let time = 0; time < 2; time++) expect((await facilitator.post(`${created.path}/leave`)).status).toBe(204)
    expect((await facilitator.post('/api/workshops/nowhere/leave')).json.code).toBe('no-workshop')
  })

  it('is refused to a page of elsewhere and to a body that is none, and the seat stays', async () => {
    const { facilitator, created } = await workshop()
    const path = `${created.path}/leave`
    const elsewhere = await facilitator.post(path, {}, { origin: 'http://evil.test' })
    expect([elsewhere.status, elsewhere.json.code]).toEqual([403, 'wrong-origin'])
    for (const body of [[], 'now', 7]) {
      const refused = await facilitator.post(path, body)
      expect([refused.status, refused.json.code]).toEqual([400, 'invalid'])
    }
    expect((await facilitator.get(path)).status).toBe(404)
    expect(await peopleOf(facilitator, created.path)).toHaveLength(1)
  })
})
