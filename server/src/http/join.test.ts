import { randomBytes } from 'node:crypto'
import { OPEN_AGENDA } from '@quintet/shared/agenda'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import type { Person } from '@quintet/shared/stage'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Browser, keyOf, shareQuintet, startQuintet } from '../quintet.fixture.ts'
import { newWorkshopDocuments } from '../room/create.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import { newInvitation } from './links.ts'

const quintet = shareQuintet()

async function workshop() {
  const { origin } = quintet()
  const facilitator = new Browser(origin)
  return { origin, facilitator, created: await facilitator.create() }
}

describe('joining', () => {
  it.each(['member', 'observer'] as const)('a %s comes in with a name', async (role) => {
    const { origin, created } = await workshop()
    const browser = new Browser(origin)
    const asked = await browser.join(created, created.keys[role])
    expect(asked.status).toBe(400)
    expect(asked.json).toEqual({ code: 'name-needed', message: expect.any(String), role, title: 'How we serve' })
    const { status, json } = await browser.join(created, created.keys[role], ' Kofi  Mensah ')
    expect(status).toBe(200)
    expect(json).toEqual({ person: { id: expect.any(String), name: 'Kofi Mensah', role } })
    expect((await browser.get(`${created.path}/me`)).json).toEqual({
      people: [json.person],
      epoch: expect.stringMatching(/^[\w-]{16}$/),
    })
  })

  it('is the same person with the same cookie and invitation', async () => {
    const { origin, created } = await workshop()
    const browser = new Browser(origin)
    const first = await browser.join(created, created.keys.member, 'Kofi')
    expect((await browser.join(created, created.keys.member)).json).toEqual(first.json)
    expect((await browser.join(created, created.keys.member, 'Somebody else')).json).toEqual(first.json)
    expect((await browser.get(`${created.path}/me`)).json.people).toHaveLength(1)
  })

  it('is one person when a browser that is known asks several times at once', async () => {
    const { origin, created } = await workshop()
    const browser = new Browser(origin)
    browser.cookie = 'A'.repeat(22)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => browser.join(created, created.keys.member, 'Kofi')),
    )
    expect(new Set(answers.map(({ json }) => json.person.id)).size).toBe(1)
  })

  it('is another person in another browser, under the same name too', async () => {
    const { origin, created } = await workshop()
    const [a, b] = [new Browser(origin), new Browser(origin)]
    const first = await a.join(created, created.keys.member, 'Kofi')
    const second = await b.join(created, created.keys.member, 'Kofi')
    expect(first.json.person.id).not.toBe(second.json.person.id)
  })

  it('puts several seats into one browser: the facilitator’s laptop is also an observer’s and a member’s', async () => {
    const { facilitator, created } = await workshop()
    const observer = await facilitator.join(created, created.keys.observer, 'Projector')
    const member = await facilitator.join(created, created.keys.member, 'Maren at the board')
    const me = await facilitator.get(`${created.path}/me`)
    expect(me.json.people).toEqual([
      { id: created.person, name: 'Maren', role: 'facilitator' },
      observer.json.person,
      member.json.person,
    ])
    expect((await facilitator.get(`${created.path}/links`)).status).toBe(200)
  })

  it('opens a person’s seat elsewhere with that person’s key', async () => {
    const { origin, created } = await workshop()
    const [laptop, phone] = [new Browser(origin), new Browser(origin)]
    const { person } = (await laptop.join(created, created.keys.member, 'Kofi')).json
    const { status, json } = await laptop.post(`${created.path}/keys`)
    expect(status).toBe(201)
    expect((await phone.join(created, keyOf(json.link))).json).toEqual({ person })
    expect((await phone.get(`${created.path}/me`)).json.people).toEqual([person])
  })

  it('stays the same person through the invitation after using one’s own key in the same browser', async () => {
    const { origin, created } = await workshop()
    const browser = new Browser(origin)
    const joined = await browser.join(created, created.keys.member, 'Kofi')
    const { link } = (await browser.post(`${created.path}/keys`)).json
    expect((await browser.join(created, keyOf(link))).json).toEqual(joined.json)
    expect((await browser.join(created, created.keys.member)).json).toEqual(joined.json)
  })

  it('opens the facilitator’s seat elsewhere with the facilitator link', async () => {
    const { origin, created } = await workshop()
    const elsewhere = new Browser(origin)
    const { json } = await elsewhere.join(created, created.keys.facilitator)
    expect(json).toEqual({ person: { id: created.person, name: 'Maren', role: 'facilitator' } })
    expect((await elsewhere.get(`${created.path}/links`)).status).toBe(200)
  })

  it.each(['', 'x', 'A'.repeat(22), 'A'.repeat(200), '🔑', '../../..'])(
    'opens nothing with the key %j',
    async (key) => {
      const { origin, created } = await workshop()
      const browser = new Browser(origin)
      const { status, json } = await browser.join(created, key, 'Kofi')
      expect([status, json.code]).toEqual(key === '' ? [400, 'invalid'] : [403, 'bad-key'])
      expect(json.message).toContain('Nothing was changed')
      expect(browser.cookie).toBeUndefined()
    },
  )

  it('opens nothing with the key of another workshop', async () => {
    const { origin, facilitator, created } = await workshop()
    const other = await facilitator.create()
    expect((await new Browser(origin).join(created, other.keys.member, 'Kofi')).json.code).toBe('bad-key')
    expect((await new Browser(origin).join(created, other.keys.facilitator)).json.code).toBe('bad-key')
  })

  it('survives a restart: seats, keys and invitations are on disk', async () => {
    const first = await startQuintet()
    const browser = new Browser(first.origin)
    const created = await browser.create()
    const kofi = new Browser(first.origin)
    const joined = await kofi.join(created, created.keys.member, 'Kofi')
    await first.close()
    const second = await startQuintet({ DATA_DIR: first.folder })
    const again = new Browser(second.origin)
    again.cookie = kofi.cookie
    expect((await again.get(`${created.path}/me`)).json.people).toEqual([joined.json.person])
    expect((await again.join(created, created.keys.member)).json).toEqual(joined.json)
    expect((await new Browser(second.origin).join(created, created.keys.facilitator)).status).toBe(200)
  })

  it('is possible for as many people as fit, and says so to the next', async () => {
    const { folder } = await startQuintet()
    const store = await openSqliteStore({ folder: `${folder}/of-its-own` })
    onTestFinished(() => store.close())
    const somebody = (index: number): Person => {
      return { id: `p${index}` as PersonId, name: `Person ${index}`, role: 'member', joinedAt: index }
    }
    const workshop = 'crowd' as WorkshopId
    const member = newInvitation('member')
    const observer = newInvitation('observer')
    const people = Array.from({ length: LIMITS.peoplePerWorkshop - 2 }, (_, index) => somebody(index + 1))
    const content = { title: 'Crowd', creator: somebody(0), now: 1, agenda: OPEN_AGENDA, random: randomBytes }
    const updates = newWorkshopDocuments({ ...content, people })
    await store.create({ id: workshop, createdAt: 1, updates, keys: [member, observer] })
    const { origin } = await startQuintet({}, { store })
    const path = `/api/workshops/${workshop}/join`
    const come = (key: string) => new Browser(origin).post(path, { key, name: 'Late' })
    expect((await come(member.secret)).status).toBe(200)
    const refused = await come(member.secret)
    expect([refused.status, refused.json.code]).toEqual([409, 'full'])
    expect(refused.headers['set-cookie']).toBeUndefined()
    expect((await come(observer.secret)).status).toBe(200)
  })
})
