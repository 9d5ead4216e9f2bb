import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import { addNote, targetText, writeText } from '@quintet/shared/edits'
import type { CommandId, NoteId, PersonId } from '@quintet/shared/ids'
import { type DocumentName, encodeCommand, SCREEN_SEAT } from '@quintet/shared/protocol'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from './app.ts'
import { readSettings } from './config.ts'
import { createLog } from './log.ts'
import { Browser, type Created, keyOf, type Quintet, shareQuintet, startQuintet } from './quintet.fixture.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { type Store, StoreFailed } from './store/store.ts'
import { interpose } from './testing/interposed.ts'
import { Participant } from './testing/participant.ts'
import { openRaw } from './testing/rawSocket.ts'
import { until } from './testing/until.ts'

const quintet = shareQuintet()

/** Yjs client ids that were named. */
let clients = 0

/** Tries to open a document in a seat: the name of the code with which it was closed, or `open`. */
async function knock(
  { port }: Quintet,
  { workshop }: Created,
  document: DocumentName,
  seat: string,
  headers: Record<string, string>,
): Promise<string> {
  const { socket, heard, closed } = openRaw(
    port,
    `/sync/${workshop}/${document}?v=1&seat=${seat}&client=${++clients}`,
    headers,
  )
  onTestFinished(() => socket.terminate())
  // Who was let in hears of the document's state when they ask for it: sync step 1 of an empty document.
  socket.on('open', () => socket.send(Uint8Array.of(0, 0, 1, 0)))
  const answered = until('the socket is answered', () => heard.some(([type]) => type === 0)).then(() => 'open')
  return String(await Promise.race([closed, answered]))
}

const cookieOf = ({ cookie }: Browser) => ({ cookie: `quintet=${cookie}` })

describe('the seat that a tab names', () => {
  it('must belong to its browser’s cookie, and opens what its own role may open', async () => {
    const facilitator = new Browser(quintet().origin)
    const created = await facilitator.create()
    const kofi = new Browser(quintet().origin)
    const member = (await kofi.join(created, created.keys.member, 'Kofi')).json.person.id
    const watcher = (await kofi.join(created, created.keys.observer, 'Kofi')).json.person.id
    const attempts: [Browser | undefined, string, DocumentName, string][] = [
      [kofi, member, 'board', 'open'],
      [kofi, member, 'notebook', 'open'],
      [kofi, member, 'desk', 'forbidden'],
      [kofi, watcher, 'board', 'open'],
      [kofi, watcher, 'notebook', 'forbidden'],
      [kofi, created.person, 'board', 'unknownSeat'],
      [facilitator, created.person, 'desk', 'open'],
      [facilitator, member, 'notebook', 'unknownSeat'],
      [undefined, member, 'board', 'unknownSeat'],
    ]
    for (const [browser, seat, document, outcome] of attempts)
      expect([document, await knock(quintet(), created, document, seat, browser ? cookieOf(browser) : {})]).toEqual([
        document,
        outcome,
      ])
  })

  it('can be the big screen’s: an observer, whichever seats the browser holds, but not without any', async () => {
    const facilitator = new Browser(quintet().origin)
    const created = await facilitator.create()
    const headers = cookieOf(facilitator)
    expect(await knock(quintet(), created, 'stage', SCREEN_SEAT, headers)).toBe('open')
    expect(await knock(quintet(), created, 'board', SCREEN_SEAT, headers)).toBe('open')
    expect(await knock(quintet(), created, 'notebook', SCREEN_SEAT, headers)).toBe('forbidden')
    expect(await knock(quintet(), created, 'desk', SCREEN_SEAT, headers)).toBe('forbidden')
    const stranger = new Browser(quintet().origin)
    await stranger.create()
    expect(await knock(quintet(), created, 'stage', SCREEN_SEAT, cookieOf(stranger))).toBe('unknownSeat')
  })

  it('lets nobody in from a page of elsewhere', async () => {
    const facilitator = new Browser(quintet().origin)
    const created = await facilitator.create()
    const from = (headers: Record<string, string>) =>
      knock(quintet(), created, 'board', created.person, { ...cookieOf(facilitator), ...headers })
    expect(await from({ origin: 'http://evil.test' })).toBe('forbidden')
    expect(await from({ origin: 'null' })).toBe('forbidden')
    expect(await from({ origin: quintet().origin })).toBe('open')
  })
})

describe('a stranger', () => {
  it('does not make the server load a workshop', async () => {
    const folder = (await startQuintet()).folder
    const real = await openSqliteStore({ folder: `${folder}/of-its-own` })
    onTestFinished(() => real.close())
    const store = interpose(real)
    const running = await startQuintet({}, { store })
    const maren = new Browser(running.origin)
    const created = await maren.create()
    const { path } = created
    const stranger = new Browser(running.origin)
    stranger.cookie = 'A'.repeat(22)
    const authorization = `Bearer ${'B'.repeat(22)}`
    const answers = [
      await stranger.get(`${path}/me`),
      await stranger.get(`${path}/links`),
      await stranger.post(`${path}/links/member`),
      await stranger.post(`${path}/keys`),
      await stranger.get(`${path}/export/plan.md`),
      await stranger.get(`${path}/export/plan.md`, { authorization }),
      await stranger.join(created, 'B'.repeat(22), 'Eve'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 401, 401, 401, 403, 403])
    expect(answers[0]?.json).toMatchObject({ people: [] })
    expect(await knock(running, created, 'board', SCREEN_SEAT, cookieOf(stranger))).toBe('unknownSeat')
    expect(store.loads).toEqual([])
    expect((await maren.get(`${path}/links`)).status).toBe(200)
    expect(store.loads).toEqual(expect.arrayContaining(['stage', 'board', 'desk']))
  })
})

describe('a store that fails', () => {
  it('makes the server not ready, and each request says that nothing was changed', async () => {
    const folder = (await startQuintet()).folder
    const store = await openSqliteStore({ folder: `${folder}/of-its-own` })
    const { origin, logged } = await startQuintet({}, { store })
    const browser = new Browser(origin)
    const created = await browser.create()
    expect((await browser.get('/readyz')).json).toEqual({ ok: true })
    await store.close()
    await until('it is not ready', async () => (await browser.get('/readyz')).status !== 200)
    const answers = [
      await browser.get('/readyz'),
      await browser.post('/api/workshops', { title: 'x' }),
      await browser.get(`${created.path}/me`),
      await browser.join(created, created.keys.member, 'Kofi'),
    ]
    for (const { status, json } of answers) {
      expect([status, json.code]).toEqual([503, 'not-saved'])
      expect(json.message).toContain('Nothing was changed')
    }
    expect((await browser.get('/healthz')).status).toBe(200)
    expect(logged()).toContain('StoreFailed')
  })

  it('seats nobody who was not saved', async () => {
    const folder = (await startQuintet()).folder
    const real = await openSqliteStore({ folder: `${folder}/of-its-own` })
    onTestFinished(() => real.close())
    const store = interpose(real)
    const { origin } = await startQuintet({}, { store })
    const created = await new Browser(origin).create()
    store.fail(new StoreFailed('The disk is full.'))
    const kofi = new Browser(origin)
    const refused = await kofi.join(created, created.keys.member, 'Kofi')
    expect([refused.status, refused.json.code, kofi.cookie]).toEqual([503, 'not-saved', undefined])
    store.fail(null)
    expect((await kofi.join(created, created.keys.member, 'Kofi')).status).toBe(200)
    expect((await kofi.get(`${created.path}/export/plan.md`)).text.match(/Kofi/g)).toHaveLength(1)
  })
})

describe('a name', () => {
  it('that could not be saved is told to nobody', async () => {
    const folder = (await startQuintet()).folder
    const real = await openSqliteStore({ folder: `${folder}/of-its-own` })
    onTestFinished(() => real.close())
    const { promise: looked, resolve: look } = Promise.withResolvers<void>()
    let [waits, waiting] = [false, 0]
    const seats: Store['seats'] = async (...asked) => {
      if (waits) {
        waiting++
        await looked
      }
      return real.seats(...asked)
    }
    const store = interpose({ ...real, seats })
    const { origin, port } = await startQuintet({}, { store })
    const kofi = new Browser(origin)
    const created = await new Browser(origin).create()
    const { person } = (await kofi.join(created, created.keys.member, 'Kofi')).json
    const door = { port, workshop: created.workshop, document: 'stage', seat: person.id } as const
    const tab = new Participant({ ...door, headers: cookieOf(kofi) })
    onTestFinished(() => tab.leave())
    await tab.synced()

    waits = true
    const again = kofi.join(created, created.keys.member)
    await until('its seats are looked up', () => waiting === 1)
    store.hold()
    tab.send(encodeCommand({ id: 'c1' as CommandId, name: 'rename person', person: person.id, to: 'Unsaved' }))
    await until('the commit is under way', () => store.held === 1)
    look()
    // Whoever is told what is not saved has the answer before this one, which asks the same store later.
    expect((await kofi.get('/readyz')).status).toBe(200)
    store.fail(new StoreFailed('The disk is full.'))
    store.release()
    const { status, text } = await again
    expect(status).toBe(503)
    expect(text).not.toContain('Unsaved')
  })
})

describe('the log', () => {
  it('holds no secret and none of people’s words, whatever goes wrong, at its most talkative', async () => {
    const { origin, port, logged } = await startQuintet({ CREATE_KEY: 'open-sesame-please' })
    const browser = new Browser(origin)
    const authorization = 'Bearer open-sesame-please'
    const about = { title: 'Winter title', name: 'Maren', agenda: OPEN_AGENDA }
    const made = await browser.post('/api/workshops', about, { authorization })
    const { workshop, person, links } = made.json
    const path = `/api/workshops/${workshop}`
    const [member, observer] = [keyOf(links.member), keyOf(links.observer)]
    const kofi = new Browser(origin)
    await kofi.post(`${path}/join`, { key: member, name: 'Kofi' })
    await kofi.post(`${path}/join`, { key: 'a-wrong-key', name: 'Evelyn' })
    const own = keyOf((await kofi.post(`${path}/keys`)).json.link)
    const replaced = keyOf((await browser.post(`${path}/links/member`)).json.links.member)
    await browser.get(`${path}/export/plan.md?key=${observer}`, { authorization: `Bearer ${observer}` })
    await browser.get(`/w/${workshop}/${own}`)
    await browser.get(`/api/${observer}`)
    await browser.post('/api/workshops', { title: 'Autumn title' }, { authorization: 'Bearer almost-sesame' })
    await browser.send('POST', `${path}/join`, '{"name": "Broken words', { 'content-type': 'application/json' })

    const board = new Participant({ port, workshop, document: 'board', seat: person, headers: cookieOf(browser) })
    onTestFinished(() => board.leave())
    await board.synced()
    const note = {
      id: 'n1' as NoteId,
      phase: 'principles',
      author: person as PersonId,
      at: Date.now(),
      order: 'a0',
    } as const
    addNote({ ...note, text: 'Paved roads', under: null })(board.doc)
    const text = targetText(board.doc, { of: 'note', id: note.id })
    if (text) writeText(text, { at: 0, remove: 0, insert: 'Wide ' })
    await board.saved()
    expect(readBoard(board.doc).notes.get(note.id)?.text).toBe('Wide Paved roads')
    board.doc.getMap('Zanzibar').set('Forged', 'Unheard')
    await until('it is refused', () => board.closes.length > 0)
    openRaw(port, `/sync/${workshop}/board?v=1&seat=${observer}&client=1`, cookieOf(kofi))
    const { closed } = openRaw(port, `/sync/${workshop}/${member}?v=1&seat=x&client=1`)
    await closed

    const log = logged()
    expect(log).toContain('"route":"/api/workshops/:workshop/join"')
    expect(log).toContain('"code":"unknown-root"')
    const secrets = [keyOf(links.facilitator), member, observer, own, replaced, browser.cookie, kofi.cookie]
    const words = [
      'sesame',
      'wrong-key',
      'title',
      'Maren',
      'Kofi',
      'Evelyn',
      'Broken',
      'Paved',
      'Wide',
      'Zanzibar',
      'Forged',
      'Unheard',
      'Bearer',
    ]
    for (const secret of [...secrets, ...words]) expect(log).not.toContain(secret)
    for (const name of ['cookie', 'authorization', 'host']) expect(log.toLowerCase()).not.toContain(`"${name}"`)
  })
})

describe('starting', () => {
  it('says in one line that the port is taken', async () => {
    const taken = await startQuintet()
    const settings = readSettings({ HOST: '127.0.0.1', PORT: String(taken.port), DATA_DIR: `${taken.folder}/second` })
    const app = await createApp(settings, { log: createLog('silent') })
    await expect(app.listen()).rejects.toMatchObject({
      name: 'CannotStart',
      message: expect.stringMatching(new RegExp(`^Port ${taken.port} is in use .*PORT=.*$`)),
    })
  })

  it('names the addresses that others can open, never loopback', async () => {
    const { local, others, port } = await startQuintet({ HOST: '0.0.0.0' })
    expect(local).toBe(`http://localhost:${port}`)
    expect(others).toEqual([`http://192.168.1.7:${port}`])
    expect((await startQuintet({ HOST: '127.0.0.1' })).others).toEqual([])
  })
})
