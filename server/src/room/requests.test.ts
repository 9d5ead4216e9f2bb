import { OPEN_AGENDA, withNames } from '@quintet/shared/agenda'
import { readBoard, wallOf } from '@quintet/shared/board'
import { readRequests } from '@quintet/shared/desk'
import { removeNote } from '@quintet/shared/edits'
import type { NoteId, PersonId, RequestId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { readAsked } from '@quintet/shared/notebook'
import type { Reply } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { describe, expect, test } from 'vitest'
import { handClock } from '../testing/handClock.ts'
import type { Participant } from '../testing/participant.ts'
import { codeOf, command } from '../testing/rhythm.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

/** Requests to add, from the asking to the answer, in running rooms. */
const scene = setScene()
type Body = Parameters<typeof command>[0]
type Asking = Extract<Body, { name: 'ask to add' }>

const asking = (id: string, more: Partial<Asking> = {}): Asking => {
  const body = { phase: 'principles', text: `Words of ${id}`, note: null } as const
  return { name: 'ask to add', request: id as RequestId, ...body, ...more }
}

/** A workshop in an open phase with a note of person-1, a facilitator and that one. */
async function around(names: 'signed' | 'anonymous' = 'signed') {
  const clock = handClock({ goes: false })
  const rig = await scene.start({
    clock,
    agenda: withNames(OPEN_AGENDA, names),
    write: (board) => void note('n1', 'As it was')(board),
  })
  const tabs = {
    maren: scene.enter('person-0', 'stage'),
    desk: scene.enter('person-0', 'desk'),
    board: scene.enter('person-0'),
    kofi: scene.enter('person-1', 'stage'),
    notebook: scene.enter('person-1', 'notebook'),
  }
  await Promise.all(Object.values(tabs).map((tab) => tab.synced()))
  const say = (tab: Participant, body: Body): Promise<Reply> => tab.command(command(body))
  const ask = (id: string, more?: Partial<Asking>, by = tabs.kofi) => say(by, asking(id, more)).then(codeOf)
  const answer = (id: string, accept: boolean) =>
    say(tabs.maren, { name: 'answer request', request: id as RequestId, accept }).then(codeOf)
  const notes = () => wallOf(readBoard(tabs.board.doc), 'principles')
  const asked = () => Object.fromEntries(readAsked(tabs.notebook.doc))
  const heard = (expected: Record<string, string>) =>
    until(`Kofi knows ${JSON.stringify(expected)}`, () => JSON.stringify(asked()) === JSON.stringify(expected))
  const requests = () => readRequests(tabs.desk.doc)
  const waiting = (count: number) => until(`${count} requests wait`, () => requests().length === count)
  return { rig, clock, ...tabs, say, ask, answer, notes, asked, heard, requests, waiting }
}

describe('a request', () => {
  test('stands before facilitators, once, and its author knows that it waits', async () => {
    const { clock, ask, heard, requests, waiting } = await around()
    expect([await ask('q1'), await ask('q1')]).toEqual(['ok', 'ok'])
    await waiting(1)
    await heard({ q1: 'waiting' })
    const { text } = asking('q1')
    expect(requests()).toEqual([
      { id: 'q1', person: 'person-1', phase: 'principles', text, note: null, at: clock.now() },
    ])
  })

  test('that is accepted is a note in its author’s name, last on the wall, whatever is locked', async () => {
    const { clock, maren, say, ask, answer, notes, heard, waiting } = await around()
    await ask('q1')
    expect(codeOf(await say(maren, { name: 'lock phase', phase: 'principles', locked: true }))).toBe('ok')
    clock.forward(60_000)
    expect([await answer('q1', true), await answer('q1', true)]).toEqual(['ok', 'stale'])
    await heard({ q1: 'added' })
    await waiting(0)
    await until('it is on the wall', () => notes().length === 2)
    expect(notes().at(-1)).toMatchObject({ author: 'person-1', text: 'Words of q1', at: clock.now(), under: null })
  })

  test('that is declined is told to its author, and changes nothing', async () => {
    const { rig, ask, answer, notes, heard, waiting } = await around()
    await ask('q1')
    await ask('q2')
    expect([await answer('q1', false), await answer('q1', true)]).toEqual(['ok', 'stale'])
    await heard({ q1: 'declined', q2: 'waiting' })
    await waiting(1)
    expect(notes().map(({ text }) => text)).toEqual(['As it was'])
    // Asked once more under its name it stays what it is, also after a restart.
    expect(await ask('q1')).toBe('ok')
    await rig.restart()
    await heard({ q1: 'declined', q2: 'waiting' })
    await waiting(1)
  })

  test('for the words of a note replaces them where the note stands, and else is a note', async () => {
    const { board, ask, answer, notes, heard } = await around()
    const more = { note: 'n1' as NoteId }
    await ask('q1', { ...more, text: 'As it shall be' })
    await ask('q2', { ...more, text: 'Too late' })
    await ask('q3', { note: 'none' as NoteId, text: 'For nothing' })
    expect(await answer('q1', true)).toBe('ok')
    await until('its words are others', () => notes()[0]?.text === 'As it shall be')
    expect(notes()).toHaveLength(1)
    removeNote('n1' as NoteId)(board.doc)
    await board.saved()
    expect([await answer('q2', true), await answer('q3', true)]).toEqual(['ok', 'ok'])
    await heard({ q1: 'added', q2: 'added', q3: 'added' })
    await until('both are notes', () => notes().length === 2)
    expect(notes().map(({ text }) => text)).toEqual(['Too late', 'For nothing'])
  })

  test('for an action comes with its part of the plan', async () => {
    const { board, ask, answer } = await around()
    await ask('q1', { phase: 'actions' })
    await answer('q1', true)
    await until('it is planned', () => readBoard(board.doc).plan.size === 1)
  })

  test('of somebody who was removed meanwhile can be answered; they ask no more', async () => {
    const { rig, maren, kofi, notebook, say, ask, answer, notes, waiting } = await around()
    await ask('q1')
    await ask('q2')
    notebook.leave()
    expect(codeOf(await say(maren, { name: 'remove person', person: 'person-1' as PersonId }))).toBe('ok')
    await until('they are out', () => kofi.closes.length > 0)
    expect([await answer('q1', true), await answer('q2', false)]).toEqual(['ok', 'ok'])
    await waiting(0)
    await until('it is on the wall', () => notes().length === 2)
    expect(notes().at(-1)).toMatchObject({ author: 'person-1', text: 'Words of q1' })
    const room = await rig.rooms.open(rig.workshop)
    const late = await room.command({ person: 'person-1' as PersonId, role: 'member' }, command(asking('q3')))
    expect(codeOf(late)).toBe('forbidden')
  })

  test('waits for nobody once the workshop is closed: it can be declined, and none is asked', async () => {
    const { maren, say, ask, answer, heard } = await around()
    await ask('q1')
    await ask('q2')
    const from = readStage(maren.doc)?.at
    if (!from) throw new Error('There is no stage.')
    await say(maren, { name: 'close workshop', from })
    expect([await ask('q3'), await answer('q1', true), await answer('q2', false)]).toEqual(['closed', 'closed', 'ok'])
    await heard({ q1: 'waiting', q2: 'declined' })
  })

  test('is one of fifty that wait for one person; others ask on, and an answer makes room', async () => {
    const { rig, ask, answer, say, waiting } = await around()
    const ines = scene.enter('person-2', 'stage')
    await ines.synced()
    const asks = Array.from({ length: LIMITS.requestsPerPerson }, (_, at) => ask(`q${at}`))
    expect(new Set(await Promise.all(asks))).toEqual(new Set(['ok']))
    expect(await ask('one-more')).toBe('invalid')
    expect(await say(ines, asking('of-ines')).then(codeOf)).toBe('ok')
    await waiting(LIMITS.requestsPerPerson + 1)
    await answer('q7', false)
    expect(await ask('one-more')).toBe('ok')
    expect(rig.people).toHaveLength(3)
  })

  test('takes no name that another’s request has, and no phase that there is not', async () => {
    const { ask, requests, waiting } = await around()
    const ines = scene.enter('person-2', 'stage')
    await ines.synced()
    await ask('q1', { text: 'Of Kofi' })
    expect(await ask('q1', { text: 'Of Ines' }, ines)).toBe('invalid')
    expect(await ask('q2', { phase: 'owners' })).toBe('invalid')
    await waiting(1)
    expect(requests()[0]).toMatchObject({ person: 'person-1', text: 'Of Kofi' })
  })
})

describe('a request in an anonymous phase', () => {
  test('names nobody to anybody, also not as a note; its author hears of it after a restart too, and may withdraw it', async () => {
    const { rig, desk, board, kofi, notebook, maren, say, ask, answer, notes, requests, waiting } =
      await around('anonymous')
    await ask('q1')
    await waiting(1)
    expect(requests()[0]?.person).toBeNull()
    notebook.leave()
    const before = rig.store.appends
    await rig.restart()
    await Promise.all([maren.back(), desk.back(), board.back(), kofi.back()])
    expect(await answer('q1', true)).toBe('ok')
    await until('it is on the wall', () => notes().length === 2)
    const [, added] = notes()
    expect(added).toMatchObject({ author: null, text: 'Words of q1', at: readStage(maren.doc)?.createdAt })
    const again = scene.enter('person-1', 'notebook')
    await again.synced()
    expect(Object.fromEntries(readAsked(again.doc))).toEqual({ q1: 'added' })
    // No update that facilitators ever got of the desk, or anybody of the board, names Kofi.
    const written = [...before, ...rig.store.appends].flatMap(({ updates }) => updates ?? [])
    const told = written.filter(({ document }) => document === 'desk' || document === 'board')
    expect(told.length).toBeGreaterThan(2)
    expect(told.filter(({ update }) => Buffer.from(update).includes('person-1'))).toEqual([])

    const withdraw = { name: 'withdraw note', note: added?.id as NoteId, removed: true } as const
    const ines = scene.enter('person-2', 'stage')
    await ines.synced()
    expect(codeOf(await say(ines, withdraw))).toBe('forbidden')
    expect(codeOf(await say(kofi, withdraw))).toBe('ok')
    await until('it is off the wall', () => notes().length === 1)
    expect(rig.store.appends.flatMap(({ forgotten }) => forgotten ?? [])).toContainEqual({ kind: 'asker', key: 'q1' })
  })
})

test('a request and the word of it in its author’s notebook are one append', async () => {
  const { rig, ask, answer } = await around()
  const before = rig.store.appends.length
  await ask('q1')
  await answer('q1', true)
  // Whose the client ids are that others hear of is saved by itself, whenever that comes.
  const written = rig.store.appends
    .slice(before)
    .filter(({ updates }) => updates.length > 0)
    .map(({ updates }) => updates.map(({ document }) => document).toSorted())
  expect(written).toEqual([
    ['desk', 'notebook:person-1'],
    ['board', 'desk', 'notebook:person-1'],
  ])
})
