import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { beforeEach, expect, test, vi } from 'vitest'
import { openDoor } from './door.ts'

const workshop = 'w1' as WorkshopId
const ines = { id: 'ines' as PersonId, name: 'Ines', role: 'member' }
const maren = { id: 'maren' as PersonId, name: 'Maren', role: 'facilitator' }
const NOBODY = { tab: null, last: null }

interface Answer {
  readonly status: number
  readonly body: unknown
}

beforeEach(() => localStorage.clear())

/** Stands in for the network: answers each request as a server would, and keeps what was asked. */
function serve(answer: (path: string, body: unknown) => Answer) {
  const asked: { readonly path: string; readonly body: unknown }[] = []
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null
    asked.push({ path, body })
    const { status, body: answered } = answer(path, body)
    return Promise.resolve(new Response(JSON.stringify(answered), { status }))
  })
  return asked
}

const people = (...seats: readonly unknown[]): Answer => ({ status: 200, body: { people: seats, epoch: 'e1' } })
const refused = (status: number, code: string, details = {}): Answer => ({
  status,
  body: { code, message: `because ${code}`, ...details },
})

test('without a key the tab sits on its own seat, else the one last used', async () => {
  serve(() => people(ines, maren))
  expect(await openDoor(workshop, null, { tab: maren.id, last: ines.id })).toMatchObject({ at: 'in', seat: maren })
  expect(await openDoor(workshop, null, { tab: null, last: maren.id })).toMatchObject({ at: 'in', seat: maren })
  expect(await openDoor(workshop, null, NOBODY)).toMatchObject({ at: 'in', seat: ines, seats: [ines, maren] })
})

test('without a key and a seat it asks for the link', async () => {
  serve(() => people())
  expect(await openDoor(workshop, null, NOBODY)).toEqual({ at: 'no seat' })
})

test('a member’s invitation asks for a name', async () => {
  serve(() => refused(400, 'name-needed', { role: 'member', title: 'How we serve' }))
  expect(await openDoor(workshop, 'key', NOBODY)).toEqual({ at: 'name', key: 'key', title: 'How we serve' })
})

test('an observer is not asked', async () => {
  const observer = { id: 'o1', name: 'Observer', role: 'observer' }
  const asked = serve((path, body) => {
    if (path.endsWith('/me')) return people(observer)
    return (body as { name?: string }).name === undefined
      ? refused(400, 'name-needed', { role: 'observer', title: 'How we serve' })
      : { status: 200, body: { person: observer } }
  })
  expect(await openDoor(workshop, 'key', NOBODY)).toMatchObject({ at: 'in', seat: observer })
  expect(asked.map(({ body }) => body)).toEqual([{ key: 'key' }, { key: 'key', name: 'Observer' }, null])
})

test('a key opens its own seat, beside those that the browser has', async () => {
  serve((path) => (path.endsWith('/me') ? people(ines, maren) : { status: 200, body: { person: maren } }))
  expect(await openDoor(workshop, 'key', { tab: ines.id, last: ines.id })).toEqual({
    at: 'in',
    seat: maren,
    seats: [ines, maren],
    epoch: 'e1',
  })
})

test('a key that opens nothing any more does not shut out who has a seat', async () => {
  serve((path) => (path.endsWith('/me') ? people(ines) : refused(401, 'unknown-key')))
  expect(await openDoor(workshop, 'old', NOBODY)).toMatchObject({ at: 'in', seat: ines })
})

test('a key that opens nothing, without a seat, says why', async () => {
  serve((path) => (path.endsWith('/me') ? people() : refused(401, 'unknown-key')))
  expect(await openDoor(workshop, 'old', NOBODY)).toEqual({ at: 'shut', message: 'because unknown-key', again: false })
})

test('a lost network offers to try again, with the key', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  expect(await openDoor(workshop, 'key', NOBODY)).toMatchObject({ at: 'shut', again: true })
  expect(await openDoor(workshop, null, NOBODY)).toMatchObject({ at: 'shut', again: true })
})

test('without a network one comes back to the seat that one had, and to the epoch that it was told', async () => {
  serve(() => people(ines, maren))
  await openDoor(workshop, null, NOBODY)
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const there = { at: 'in', seats: [ines, maren], epoch: 'e1' }
  expect(await openDoor(workshop, null, { tab: maren.id, last: null })).toEqual({ ...there, seat: maren })
  expect(await openDoor(workshop, null, NOBODY)).toEqual({ ...there, seat: ines })
  expect(await openDoor('w2' as WorkshopId, null, NOBODY)).toMatchObject({ at: 'shut' })
})

test('a seat that the server does not know any more is none, also where it is remembered', async () => {
  serve(() => people(ines))
  await openDoor(workshop, null, NOBODY)
  serve(() => people())
  expect(await openDoor(workshop, null, NOBODY)).toEqual({ at: 'no seat' })
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  expect(await openDoor(workshop, null, NOBODY)).toMatchObject({ at: 'shut', again: true })
})
