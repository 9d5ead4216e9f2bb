import { RHYTHM_AGENDA, withNames } from '@quintet/shared/agenda'
import { LIMITS } from '@quintet/shared/limits'
import { readStage } from '@quintet/shared/stage'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Browser, shareQuintet, startQuintet } from '../quintet.fixture.ts'
import { Participant } from '../testing/participant.ts'

describe('creating a workshop', () => {
  const quintet = shareQuintet()

  it('gives its links and its creator’s seat', async () => {
    const { origin } = quintet()
    const browser = new Browser(origin)
    const answer = await browser.post('/api/workshops', { title: 'How we serve', name: '  Maren ' })
    expect(answer.status).toBe(201)
    const { workshop, person, links } = answer.json
    expect(Object.keys(answer.json)).toEqual(['workshop', 'person', 'links'])
    for (const role of ['facilitator', 'member', 'observer'])
      expect(links[role]).toMatch(new RegExp(`^http://192\\.168\\.1\\.7:\\d+/w/${workshop}#[A-Za-z0-9_-]{22}$`))
    expect(new Set(Object.values(links)).size).toBe(3)
    const me = await browser.get(`/api/workshops/${workshop}/me`)
    expect(me.json.people).toEqual([{ id: person, name: 'Maren', role: 'facilitator' }])
  })

  it('gives a cookie that scripts cannot read and other sites do not send', async () => {
    const { origin } = quintet()
    const { headers } = await new Browser(origin).post('/api/workshops', { title: 'How we serve' })
    const cookie = String(headers['set-cookie'])
    expect(cookie).toMatch(/^quintet=[A-Za-z0-9_-]{22}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  it('marks the cookie as secure where the server is open by https', async () => {
    const { origin } = await startQuintet({ PUBLIC_URL: 'https://quintet.example.org' })
    const { headers, json } = await new Browser(origin).post(
      '/api/workshops',
      { title: 'How we serve' },
      { origin: 'https://quintet.example.org' },
    )
    expect(String(headers['set-cookie'])).toContain('; Secure')
    expect(json.links.member).toMatch(/^https:\/\/quintet\.example\.org\/w\//)
    const inTheRoom = await new Browser(origin).post('/api/workshops', { title: 'How we serve' }, { origin })
    expect(String(inTheRoom.headers['set-cookie'])).not.toContain('Secure')
  })

  it('keeps one cookie for all of a browser’s workshops', async () => {
    const { origin } = quintet()
    const browser = new Browser(origin)
    const first = await browser.create()
    const { cookie } = browser
    const second = await browser.create()
    expect(browser.cookie).toBe(cookie)
    expect((await browser.get(`${first.path}/me`)).json.people).toHaveLength(1)
    expect((await browser.get(`${second.path}/me`)).json.people).toHaveLength(1)
  })

  it('replaces a cookie that it never gave', async () => {
    const { origin } = quintet()
    const browser = new Browser(origin)
    browser.cookie = 'chosen-by-somebody-else'
    const { path } = await browser.create()
    expect(browser.cookie).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect((await browser.get(`${path}/me`)).json.people).toHaveLength(1)
  })

  it('fills the example, in which nobody can act as one of its people', async () => {
    const { origin } = quintet()
    const browser = new Browser(origin)
    const { path, person } = await browser.create({ example: true, name: 'Ada' })
    const plan = (await browser.get(`${path}/export/plan.md`)).text
    expect(plan).toMatch(/^# How we serve product teams\n/)
    expect(plan).toContain('- Ada (facilitator)')
    expect(plan).toContain('- Tomasz')
    expect((await browser.get(`${path}/me`)).json.people.map(({ id }: { id: string }) => id)).toEqual([person])
  })

  it('runs in the rhythm of steps, or in the agenda that it is given', async () => {
    const { origin, port } = quintet()
    const browser = new Browser(origin)
    const agendaOf = async (body: object) => {
      const { workshop, person } = await browser.create({ title: 'How we serve', ...body })
      const door = { port, workshop, document: 'stage', seat: person } as const
      const tab = new Participant({ ...door, headers: { cookie: `quintet=${browser.cookie}` } })
      onTestFinished(() => tab.leave())
      await tab.synced()
      const stage = readStage(tab.doc)
      return { agenda: stage?.agenda, at: stage?.at }
    }
    const begin = { phase: 'principles', step: 'principles-1' }
    expect(await agendaOf({})).toEqual({ agenda: RHYTHM_AGENDA, at: begin })
    const given = withNames({ phases: RHYTHM_AGENDA.phases.slice(2) }, 'anonymous')
    expect(await agendaOf({ agenda: given })).toEqual({ agenda: given, at: { phase: 'gaps', step: 'gaps-1' } })
    expect((await agendaOf({ example: true })).at).toEqual({ phase: 'owners', step: 'owners-1' })
  })

  const [principles, ideal] = RHYTHM_AGENDA.phases
  const manySteps = Array.from({ length: LIMITS.stepsPerPhase + 1 }, (_, at) => {
    return { id: `s${at}`, kind: 'open', duration: 1 }
  })
  it.each([
    ['no phase', { phases: [] }],
    ['phases in another order', { phases: [ideal, principles] }],
    ['a step twice', { phases: [principles, { ...ideal, steps: principles?.steps }] }],
    ['a phase without steps', { phases: [{ ...principles, steps: [] }] }],
    ['a step of no kind', { phases: [{ ...principles, steps: [{ id: 'a', kind: 'nap', duration: 1 }] }] }],
    ['more steps than fit', { phases: [{ ...principles, steps: manySteps }] }],
    ['something else in it', { phases: [principles], owner: 'Maren' }],
    ['no agenda at all', 'rhythm'],
  ])('refuses an agenda with %s, and says what it must be', async (_what, agenda) => {
    const { status, json } = await new Browser(quintet().origin).post('/api/workshops', { title: 'x', agenda })
    expect([status, json.code]).toEqual([400, 'invalid'])
    expect(json.message).toMatch(/^The agenda must be whole: .* Nothing was changed\./)
  })

  it('refuses an agenda for the example, which has its own', async () => {
    const browser = new Browser(quintet().origin)
    const { status, json } = await browser.post('/api/workshops', { example: true, agenda: RHYTHM_AGENDA })
    expect([status, json.code]).toEqual([400, 'invalid'])
    expect(json.message).toContain('The example brings its own.')
  })

  it('asks for the key to create where there is one', async () => {
    const { origin } = await startQuintet({ CREATE_KEY: 'open-sesame' })
    const browser = new Browser(origin)
    for (const authorization of [
      undefined,
      'Bearer open-sesam',
      'Bearer open-sesame!',
      'Basic open-sesame',
      'Bearer',
    ]) {
      const answer = await browser.post('/api/workshops', { title: 'x' }, authorization ? { authorization } : {})
      expect(answer.status).toBe(401)
      expect(answer.json).toEqual({ code: 'create-key', message: expect.stringContaining('Nothing was created') })
      expect(browser.cookie).toBeUndefined()
    }
    const created = await browser.post('/api/workshops', { title: 'x' }, { authorization: 'Bearer open-sesame' })
    expect(created.status).toBe(201)
  })
})
