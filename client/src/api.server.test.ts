// @vitest-environment node
import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as api from './api.ts'
import { startServer, type TestServer } from './session/server.fixture.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** From now on requests are those of one browser on a page of the server's own. */
function browse(): void {
  let cookie = ''
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const answer = await real(`${server.origin}${path}`, { ...init, headers: { ...init.headers, cookie } })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  })
}
const real = fetch
const keyOf = (link: string) => new URL(link).hash.slice(1)
beforeEach(browse)

/** Every request is answered so, whatever it asks. */
const answerWith = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', answer)

describe('the HTTP calls on the real server', () => {
  it('create a workshop, know its facilitator, read and replace its invitations', async () => {
    const { workshop, person, links } = await api.createWorkshop({ title: 'How we serve', name: 'Maren' })
    expect(await api.me(workshop)).toMatchObject({ people: [{ id: person, name: 'Maren', role: 'facilitator' }] })
    const first = await api.links(workshop)
    expect(keyOf(first.links.member)).toBe(keyOf(links.member))
    const second = await api.replaceLink(workshop, 'member')
    expect(second.links.member).not.toBe(first.links.member)
    expect(second.links.observer).toBe(first.links.observer)
    expect(await api.planMarkdown(workshop)).toContain('How we serve')
  })

  it('join with an invitation, which asks for a name and says to what, and continue elsewhere as the same person', async () => {
    const { workshop, links } = await api.createWorkshop({ title: 'How we serve' })
    browse()
    const key = keyOf(links.member)
    await expect(api.join(workshop, { key })).rejects.toMatchObject({
      code: 'name-needed',
      details: { role: 'member', title: 'How we serve' },
    })
    const { person } = await api.join(workshop, { key, name: 'Ines' })
    expect(person).toMatchObject({ name: 'Ines', role: 'member' })
    const { link } = await api.newPersonKey(workshop, person.id)
    browse()
    expect(await api.join(workshop, { key: keyOf(link) })).toEqual({ person })
  })

  it('give up the seats of this browser', async () => {
    const { workshop } = await api.createWorkshop({ title: 'How we serve', name: 'Maren' })
    await api.leave(workshop)
    expect((await api.me(workshop)).people).toEqual([])
    await expect(api.links(workshop)).rejects.toMatchObject({ code: 'no-seat' })
  })

  it('ask for an agenda, and are told where it cannot be one', async () => {
    expect((await api.createWorkshop({ title: 'Open', agenda: OPEN_AGENDA })).workshop).toBeTruthy()
    const refusal = await api
      .createWorkshop({ title: 'Nothing', agenda: { phases: [] } })
      .catch((error: unknown) => error)
    expect(refusal).toMatchObject({ name: 'ApiError', message: expect.stringContaining('agenda') })
  })

  it('open the example', async () => {
    const { workshop } = await api.createWorkshop({ title: 'Example', example: true })
    expect(await api.planMarkdown(workshop)).toContain('- [')
  })

  it('tell a refusal by its code and its sentence', async () => {
    const { workshop } = await api.createWorkshop({ title: 'How we serve' })
    browse()
    const failure = await api.links(workshop).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(api.ApiError)
    expect(failure).toMatchObject({ code: expect.stringMatching(/^[a-z-]+$/), message: expect.stringContaining('.') })
  })
})

describe('an answer that is none', () => {
  it('is told as being offline when the server cannot be reached', async () => {
    answerWith(() => Promise.reject(new TypeError('fetch failed')))
    await expect(api.createWorkshop({ title: 'x' })).rejects.toMatchObject({ code: 'offline' })
  })

  it.each(['<html>', '{"code":7}', '{"people":[{"id":"../x","name":"","role":"member"}]}'])(
    'is told as unexpected when it is %s',
    async (body) => {
      for (const status of [200, 502]) {
        answerWith(() => Promise.resolve(new Response(body, { status })))
        await expect(api.me('w' as never)).rejects.toMatchObject({ code: 'unexpected' })
      }
    },
  )
})
