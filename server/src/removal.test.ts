import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import type { Command } from '@quintet/shared/commands'
import { addNote } from '@quintet/shared/edits'
import type { CommandId, NoteId, PersonId } from '@quintet/shared/ids'
import { CLOSE, type DocumentName, encodeCommand, MESSAGE, SCREEN_SEAT } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Browser, type Created, keyOf, type Quintet, startQuintet } from './quintet.fixture.ts'
import { Rooms } from './room/rooms.ts'
import type { DocumentKey, Store } from './store/store.ts'
import { type Door, Participant } from './testing/participant.ts'
import { writeDraft } from './testing/rhythm.ts'
import { note, setScene } from './testing/scene.ts'
import { until } from './testing/until.ts'

/**
 * Removing a person, end to end: whatever they hold open closes, whatever they could come in with opens nothing, and
 * whatever they say after the removal is not taken.
 */
const NOTEBOOK = 'notebook:person-1' as DocumentKey

let ids = 0
const remove = (person: string): Command => {
  return { id: `remove-${++ids}` as CommandId, name: 'remove person', person: person as PersonId }
}

const cookieOf = ({ cookie }: Browser) => ({ cookie: `quintet=${cookie}` })

interface Around {
  readonly quintet: Quintet
  readonly created: Created
  readonly maren: Browser
  readonly kofi: Browser
  /** Kofi's id. */
  readonly person: PersonId
  /** A tab of a browser, which ends with the test. */
  open(browser: Browser, seat: string, document: DocumentName): Participant
}

async function around(): Promise<Around> {
  const quintet = await startQuintet()
  const [maren, kofi] = [new Browser(quintet.origin), new Browser(quintet.origin)]
  const created = await maren.create({ title: 'How we serve', name: 'Maren', agenda: OPEN_AGENDA })
  const { person } = (await kofi.join(created, created.keys.member, 'Kofi')).json
  const open: Around['open'] = (browser, seat, document) => {
    const door: Door = { port: quintet.port, workshop: created.workshop, document, seat, headers: cookieOf(browser) }
    const tab = new Participant(door)
    onTestFinished(() => tab.leave())
    return tab
  }
  return { quintet, created, maren, kofi, person: person.id, open }
}

describe('somebody who is removed', () => {
  test('has every tab closed for good, on every device and the big screen too; everybody else stays', async () => {
    const { quintet, created, maren, kofi, person, open } = await around()
    const phone = new Browser(quintet.origin)
    await phone.join(created, keyOf((await kofi.post(`${created.path}/keys`)).json.link))
    const ines = new Browser(quintet.origin)
    const other = (await ines.join(created, created.keys.member, 'Ines')).json.person.id
    const gone = [
      open(kofi, person, 'stage'),
      open(kofi, person, 'board'),
      open(kofi, person, 'notebook'),
      open(kofi, SCREEN_SEAT, 'board'),
      open(phone, person, 'stage'),
    ]
    const stay = [open(maren, created.person, 'stage'), open(ines, other, 'board'), open(ines, SCREEN_SEAT, 'stage')]
    await Promise.all([...gone, ...stay].map((tab) => tab.synced()))
    const [facilitator] = stay
    expect(await facilitator?.command(remove(person))).toMatchObject({ ok: true })
    await until('they are closed', () => gone.every(({ closes }) => closes.length > 0))
    // Until the last of them is, the first may have knocked again.
    expect(new Set(gone.flatMap(({ closes }) => closes))).toEqual(new Set([CLOSE.removed.code]))
    expect(stay.flatMap(({ closes }) => closes)).toEqual([])
    const stage = facilitator && readStage(facilitator.doc)
    expect(stage?.people.has(person)).toBe(false)
    expect(stage?.former.get(person)?.name).toBe('Kofi')
  })

  test('opens nothing any more, with the seat or with a key of their own', async () => {
    const { quintet, created, maren, kofi, person, open } = await around()
    const own = keyOf((await kofi.post(`${created.path}/keys`)).json.link)
    const facilitator = open(maren, created.person, 'stage')
    await facilitator.synced()
    await facilitator.command(remove(person))

    const knocks = (['stage', 'board', 'notebook', 'desk'] as const).map((document) => open(kofi, person, document))
    knocks.push(open(kofi, SCREEN_SEAT, 'board'))
    await until('they are turned away', () => knocks.every(({ closes }) => closes.length > 0))
    // Until the last of them is, the first may have knocked again.
    expect(new Set(knocks.flatMap(({ closes }) => closes))).toEqual(new Set([CLOSE.removed.code]))
    expect(knocks.map(({ doc }) => doc.store.clients.size)).toEqual(knocks.map(() => 0))

    expect((await kofi.get(`${created.path}/me`)).json.people).toEqual([])
    const refused = [
      await kofi.get(`${created.path}/export/plan.md`),
      await kofi.get(`${created.path}/links`),
      await kofi.post(`${created.path}/keys`),
      await new Browser(quintet.origin).get(`${created.path}/export/plan.md`, { authorization: `Bearer ${own}` }),
      await new Browser(quintet.origin).join(created, own),
      await kofi.join(created, own),
    ]
    expect(refused.map(({ status, json }) => [status, json.code])).toEqual([
      [401, 'no-seat'],
      [401, 'no-seat'],
      [401, 'no-seat'],
      [403, 'removed'],
      [403, 'removed'],
      [403, 'removed'],
    ])
    for (const { json } of refused.slice(3)) expect(json.message).toMatch(/removed .* is kept\. Come back through/)
  })

  test('comes back through the invitation as somebody new, once', async () => {
    const { created, maren, kofi, person, open } = await around()
    const board = open(kofi, person, 'board')
    await board.synced()
    const id = 'kept' as NoteId
    addNote({ id, phase: 'principles', author: person, at: Date.now(), text: 'Kept', order: 'a0', under: null })(
      board.doc,
    )
    await board.saved()
    const facilitator = open(maren, created.person, 'stage')
    await facilitator.synced()
    await facilitator.command(remove(person))

    const asked = await kofi.join(created, created.keys.member)
    expect([asked.status, asked.json.code]).toEqual([400, 'name-needed'])
    const back = await kofi.join(created, created.keys.member, 'Kofi')
    expect(back.status).toBe(200)
    expect(back.json.person.id).not.toBe(person)
    expect((await kofi.join(created, created.keys.member)).json).toEqual(back.json)
    expect((await kofi.get(`${created.path}/me`)).json.people).toEqual([back.json.person])
    const again = open(kofi, back.json.person.id, 'board')
    await again.synced()
    expect(readBoard(again.doc).notes.get(id)?.author).toBe(person)
    const old = open(kofi, person, 'board')
    await until('the old seat is turned away', () => old.closes.length > 0)
    expect(old.closes).toEqual([CLOSE.removed.code])
  })
})

describe('what was on its way', () => {
  const scene = setScene()

  test('after the removal, edits and commands, is not taken', async () => {
    const { store, rooms, workshop } = await scene.start()
    const facilitator = scene.enter('person-0', 'stage')
    const board = scene.enter('person-1')
    const notebook = scene.enter('person-1', 'notebook')
    const stage = scene.raw('person-1', 'stage')
    const watcher = scene.enter('person-2')
    await Promise.all([facilitator, board, notebook, watcher].map((tab) => tab.synced()))
    note('before')(board.doc)
    await board.saved()
    store.hold()
    const removing = facilitator.command(remove('person-1'))
    await until('the removal is under way', () => store.held === 1)
    // Nobody is told yet: what could still be lost is told to nobody.
    expect(board.closes).toEqual([])
    note('after')(board.doc)
    writeDraft(notebook, 'after')
    const rename = { name: 'rename person', person: 'person-1' as PersonId, to: 'Somebody else' } as const
    stage.send(encodeCommand({ id: 'late' as CommandId, ...rename }))
    await stage.fence()
    store.release()
    expect(await removing).toMatchObject({ ok: true })
    await until('they are closed', () => board.closes.length > 0 && notebook.closes.length > 0)
    expect([board.closes, notebook.closes]).toEqual([[CLOSE.removed.code], [CLOSE.removed.code]])
    expect(await stage.closed).toBe('removed')
    expect(stage.of(MESSAGE.reply).map((reply) => Buffer.from(reply).toString())).toEqual([
      expect.stringContaining('forbidden'),
    ])
    const room = await rooms.open(workshop)
    expect(room.stage.former.get('person-1' as PersonId)?.name).toBe('Person 1')
    expect(await room.read((documents) => [...readBoard(documents.board).notes.keys()])).toEqual(['before'])
    expect([...readBoard(watcher.doc).notes.keys()]).toEqual(['before'])
  })

  test('is a removal that could not be saved: then nobody was removed, and everyone may return', async () => {
    const { store, rooms, workshop } = await scene.start()
    const facilitator = scene.enter('person-0', 'stage')
    const board = scene.enter('person-1')
    await Promise.all([facilitator, board].map((tab) => tab.synced()))
    store.fail(new Error('The disk is full.'))
    facilitator.send(encodeCommand(remove('person-1')))
    await until('it is closed', () => board.closes.length > 0)
    store.fail(null)
    expect(board.closes[0]).toBe(CLOSE.storeFailed.code)
    await until('it is back', () => board.provider.synced)
    expect(board.closes).not.toContain(CLOSE.removed.code)
    expect((await rooms.open(workshop)).stage.people.has('person-1' as PersonId)).toBe(true)
  })

  test('is a connection whose notebook was still being loaded: it closes, and hears nothing of it', async () => {
    const rig = await scene.start()
    const { promise: loading, resolve: load } = Promise.withResolvers<void>()
    const waits: Store['load'] = async function* (workshop, document) {
      if (document === NOTEBOOK) await loading
      yield* rig.store.load(workshop, document)
    }
    const log = pino({ level: 'silent' })
    const rooms = new Rooms({ store: { ...rig.store, load: waits }, log })
    onTestFinished(() => rooms.close())
    const room = await rooms.open(rig.workshop)
    const person = 'person-1' as PersonId
    const [closes, frames]: [string[], Uint8Array[]] = [[], []]
    const connecting = room.connect({
      actor: { person, role: 'member' },
      document: 'notebook',
      client: 1,
      stands: ({ people }) => people.has(person),
      write: (frame) => void frames.push(frame),
      close: (name) => void closes.push(name),
      spend: () => undefined,
      accepted: () => undefined,
      holds: () => undefined,
      wait: () => 0,
      refused: () => undefined,
    })
    await room.command({ person: 'person-0' as PersonId, role: 'facilitator' }, remove(person))
    load()
    const line = await connecting
    line.edit('live', new Uint8Array([0, 0]))
    await until('it is closed', () => closes.length > 0)
    expect(closes).toEqual(['removed'])
    room.disconnect(line)
  })
})
