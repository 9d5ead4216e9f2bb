import { describe, expect, it } from 'vitest'
import { Browser, keyOf, shareQuintet } from '../quintet.fixture.ts'

const quintet = shareQuintet()

async function example() {
  const { origin } = quintet()
  const facilitator = new Browser(origin)
  const created = await facilitator.create({ title: 'Platform & “friends” (*2026*)', name: 'Ada', example: true })
  return { origin, facilitator, created, plan: `${created.path}/export/plan.md` }
}

describe('the plan as Markdown', () => {
  it('is for everyone who has a seat, by cookie', async () => {
    const { origin, facilitator, created, plan } = await example()
    const expected = await facilitator.get(plan)
    expect(expected.status).toBe(200)
    expect(expected.headers['content-type']).toBe('text/markdown; charset=utf-8')
    expect(expected.headers['cache-control']).toBe('no-store')
    expect(expected.headers['content-disposition']).toBeUndefined()
    expect(expected.text).toMatch(/^# Platform & “friends”/)
    expect(expected.text).toContain('Self-service Postgres')
    for (const told of ['_7 votes, tied_', 'Earlier rounds:', 'Not kept:', '## Parked', '_it is true already_'])
      expect(expected.text).toContain(told)
    const observer = new Browser(origin)
    await observer.join(created, created.keys.observer, 'Lars')
    expect((await observer.get(plan)).text.replace(/Exported.*/, '')).toBe(expected.text.replace(/Exported.*/, ''))
  })

  it('is for scripts with a key of any kind in the header', async () => {
    const { origin, facilitator, created, plan } = await example()
    const own = keyOf((await facilitator.post(`${created.path}/keys`)).json.link)
    for (const key of [...Object.values(created.keys), own]) {
      const answer = await new Browser(origin).get(plan, { authorization: `Bearer ${key}` })
      expect([answer.status, answer.headers['set-cookie']]).toEqual([200, undefined])
      expect(answer.text).toContain('Self-service Postgres')
    }
  })

  it('is for nobody else, and says nothing of the workshop to them', async () => {
    const { origin, facilitator, created, plan } = await example()
    const other = await facilitator.create()
    await facilitator.post(`${created.path}/links/observer`)
    const attempts: [Record<string, string>, number, string][] = [
      [{}, 401, 'no-seat'],
      [{ authorization: `Bearer ${created.keys.observer}` }, 403, 'bad-key'],
      [{ authorization: `Bearer ${other.keys.member}` }, 403, 'bad-key'],
      [{ authorization: `Basic ${created.keys.member}` }, 401, 'no-seat'],
      [{ authorization: 'Bearer' }, 401, 'no-seat'],
    ]
    for (const [headers, status, code] of attempts) {
      const answer = await new Browser(origin).get(plan, headers)
      expect([answer.status, answer.json.code]).toEqual([status, code])
      expect(answer.text).not.toContain('Platform')
    }
    const inTheAddress = await new Browser(origin).get(`${plan}?key=${created.keys.member}`)
    expect(inTheAddress.json.code).toBe('no-seat')
  })

  it('can be saved under the workshop’s title', async () => {
    const { facilitator, plan } = await example()
    const { headers } = await facilitator.get(`${plan}?download`)
    expect(headers['content-disposition']).toBe(
      `attachment; filename="action-plan.md"; filename*=UTF-8''Platform%20%26%20%E2%80%9Cfriends%E2%80%9D%20%28%202026%20%29.md`,
    )
  })

  it('is as the workshop is at each call', async () => {
    const { origin, facilitator, created, plan } = await example()
    expect((await facilitator.get(plan)).text).not.toContain('Nadia')
    await new Browser(origin).join(created, created.keys.member, 'Nadia')
    expect((await facilitator.get(plan)).text).toContain('Nadia')
  })

  it('is whole for each of many who ask at once', async () => {
    const { facilitator, plan } = await example()
    const answers = await Promise.all(Array.from({ length: 30 }, () => facilitator.get(plan)))
    const plans = new Set(answers.map(({ status, text }) => `${status} ${text.replace(/Exported.*/, '')}`))
    expect(plans.size).toBe(1)
    expect([...plans][0]).toMatch(/^200 # Platform/)
  })
})
