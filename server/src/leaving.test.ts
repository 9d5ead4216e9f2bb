import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import type { CommandId, NoteId } from '@quintet/shared/ids'
import { CLOSE, type DocumentName, encodeCommand, SCREEN_SEAT } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { expect, onTestFinished, test } from 'vitest'
import { Browser, type Created, keyOf, type Quintet, startQuintet } from './quintet.fixture.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { type Store, StoreFailed } from './store/store.ts'
import { Participant } from './testing/participant.ts'
import { note } from './testing/scene.ts'
import { until } from './testing/until.ts'

/**
 * Leaving with a browser, end to end: whatever it has open in the workshop closes, nothing that it says later is taken,
 * what it said before is saved and marked so, and the same person goes on elsewhere.
 */
const GONE = [CLOSE.unknownSeat.code]

interface Around {
  readonly quintet: Quintet
  readonly created: Created
  /** The facilitator's laptop. */
  readonly maren: Browser
  /** A tab of a browser, which ends with the test. */
  open(browser: Browser, seat: string, document: DocumentName, workshop?: Created): Participant
}

/** @param between comes between the server and its store. */
async function around(between?: (store: Store) => Partial<Store>): Promise<Around> {
  const quintet = await startQuintet({}, between ? { store: await storeWith(between) } : {})
  const maren = new Browser(quintet.origin)
  const created = await maren.create({ title: 'How we serve', name: 'Maren', agenda: OPEN_AGENDA })
  const open: Around['open'] = ({ cookie }, seat, document, { workshop } = created) => {
    const headers = { cookie: `quintet=${cookie}` }
    const tab = new Participant({ port: quintet.port, workshop, document, seat, headers })
    onTestFinished(() => tab.leave())
    return tab
  }
  return { quintet, created, maren, open }
}

async function storeWith(between: (store: Store) => Partial<Store>): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'quintet-leaving-'))
  const store = await openSqliteStore({ folder })
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  return { ...store, ...between(store) }
}

const closed = (...tabs: readonly Participant[]) =>
  until('they are closed', () => tabs.every(({ closes }) => closes.length > 0))

test('closes every tab of the browser there for good, and none of another browser, person or workshop', async () => {
  const { quintet, created, maren, open } = await around()
  await maren.join(created, created.keys.observer, 'Projector')
  const [observer] = (await maren.get(`${created.path}/me`)).json.people.filter(
    ({ role }: { readonly role: string }) => role === 'observer',
  )
  const elsewhere = await maren.create({ title: 'Another', name: 'Maren', agenda: OPEN_AGENDA })
  const [phone, kofi] = [new Browser(quintet.origin), new Browser(quintet.origin)]
  await phone.join(created, keyOf((await maren.post(`${created.path}/keys`)).json.link))
  const { person } = (await kofi.join(created, created.keys.member, 'Kofi')).json
  const documents = ['stage', 'board', 'notebook', 'desk'] as const
  const gone = [
    ...documents.map((document) => open(maren, created.person, document)),
    open(maren, observer.id, 'board'),
    open(maren, SCREEN_SEAT, 'stage'),
  ]
  const here = documents.map((document) => open(phone, created.person, document))
  const stay = [...here, open(kofi, person.id, 'board'), open(maren, elsewhere.person, 'board', elsewhere)]
  await Promise.all([...gone, ...stay].map((tab) => tab.synced()))

  expect((await maren.post(`${created.path}/leave`)).status).toBe(204)
  await closed(...gone)
  expect(gone.map(({ closes }) => closes)).toEqual(gone.map(() => GONE))
  const boards = stay.filter(({ provider }) => provider.roomname === 'board')
  for (const { doc, seat } of boards) note(`of-${seat}`, 'Still here', seat)(doc)
  await Promise.all(boards.map((tab) => tab.saved()))
  expect(stay.flatMap(({ closes }) => closes)).toEqual([])
  const [stage] = here
  expect(stage && readStage(stage.doc)?.people.has(created.person)).toBe(true)
})

test('lets a browser that comes back keep what it opens then', async () => {
  const { quintet, created, open } = await around()
  const kofi = new Browser(quintet.origin)
  const first = (await kofi.join(created, created.keys.member, 'Kofi')).json.person
  const before = open(kofi, first.id, 'board')
  await before.synced()
  await kofi.post(`${created.path}/leave`)
  const next = (await kofi.join(created, created.keys.member, 'Ines')).json.person
  const after = open(kofi, next.id, 'board')
  await closed(before)
  await after.synced()
  // Leaving with the other browser of that person is nothing to this one.
  const phone = new Browser(quintet.origin)
  await phone.join(created, keyOf((await kofi.post(`${created.path}/keys`)).json.link))
  await phone.post(`${created.path}/leave`)
  note('kept', 'Kept', next.id)(after.doc)
  await after.saved()
  expect([before.closes, after.closes]).toEqual([GONE, []])
})

test('takes nothing that a tab says later, and marks what it said before as saved', async () => {
  const { promise: saving, resolve: save } = Promise.withResolvers<void>()
  let [isSlow, isUnderWay] = [false, false]
  const { quintet, created, maren, open } = await around((store) => ({
    append: async (workshop, append) => {
      if (isSlow && append.updates.length > 0) {
        isUnderWay = true
        await saving
      }
      await store.append(workshop, append)
    },
  }))
  const kofi = new Browser(quintet.origin)
  const { person } = (await kofi.join(created, created.keys.member, 'Kofi')).json
  const [board, stage] = [open(kofi, person.id, 'board'), open(kofi, person.id, 'stage')]
  const watcher = open(maren, created.person, 'board')
  const facilitator = open(maren, created.person, 'stage')
  await Promise.all([board, stage, watcher, facilitator].map((tab) => tab.synced()))
  await board.saved()

  isSlow = true
  note('before', 'Before', person.id)(board.doc)
  await until('the note is being saved', () => isUnderWay)
  const said = board.sent
  expect(board.marked).toBe(said - 1)
  expect((await kofi.post(`${created.path}/leave`)).status).toBe(204)
  note('after', 'After', person.id)(board.doc)
  stage.send(encodeCommand({ id: 'late' as CommandId, name: 'rename person', person: person.id, to: 'Somebody else' }))
  save()
  await closed(board, stage)
  expect([board.closes, stage.closes]).toEqual([GONE, GONE])
  expect([board.marked, board.sent]).toEqual([said, said + 1])
  expect(stage.replies).toEqual([])
  await until('the note is there', () => readBoard(watcher.doc).notes.has('before' as NoteId))
  expect([...readBoard(watcher.doc).notes.keys()]).toEqual(['before'])
  expect(readStage(facilitator.doc)?.people.get(person.id)?.name).toBe('Kofi')
})

test('turns away a tab that was on its way in', async () => {
  const { promise: reading, resolve: read } = Promise.withResolvers<void>()
  let asked: (() => void) | undefined
  const { quintet, created, open } = await around((store) => ({
    seats: async (workshop, cookie) => {
      const seats = await store.seats(workshop, cookie)
      if (!asked) return seats
      asked()
      asked = undefined
      await reading
      return seats
    },
  }))
  const kofi = new Browser(quintet.origin)
  const { person } = (await kofi.join(created, created.keys.member, 'Kofi')).json
  const knocked = new Promise<void>((resolve) => {
    asked = resolve
  })
  const tab = open(kofi, person.id, 'board')
  await knocked
  expect((await kofi.post(`${created.path}/leave`)).status).toBe(204)
  read()
  await closed(tab)
  expect(tab.closes).toEqual(GONE)
  expect(tab.doc.store.clients.size).toBe(0)
})

test('closes nothing where the seats could not be given up', async () => {
  const { quintet, created, open } = await around((store) => ({
    append: (workshop, append) =>
      append.leaving ? Promise.reject(new StoreFailed('The disk is full.')) : store.append(workshop, append),
  }))
  const kofi = new Browser(quintet.origin)
  const { person } = (await kofi.join(created, created.keys.member, 'Kofi')).json
  const tab = open(kofi, person.id, 'board')
  await tab.synced()
  expect((await kofi.post(`${created.path}/leave`)).status).toBe(503)
  note('still-here', 'Still here', person.id)(tab.doc)
  await tab.saved()
  expect(tab.closes).toEqual([])
})
