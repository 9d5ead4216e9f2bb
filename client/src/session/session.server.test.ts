// @vitest-environment node
import { type NoteView, readBoard } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { MESSAGE } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SavedState } from './saved.ts'
import { becomes, eventually, isSaved, startServer, stubPage, type TestServer } from './server.fixture.ts'
import type { Session } from './session.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: TestServer
let page: EventTarget
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  page = stubPage()
  server.wire.mend()
})

/** Every state of the saving that a session goes through from now on. */
function statesOf(session: Session): SavedState[] {
  const states: SavedState[] = []
  session.saved.subscribe((state) => states.push(state))
  return states
}

function add(session: Session, text: string): void {
  const id = text.replace(/\W/g, '') as NoteId
  addNote({ id, phase: 'principles', author: session.me.id, at: Date.now(), text, order: 'a0', under: null })(
    session.docs.board,
  )
}

const notesOf = (session: Session): readonly NoteView[] => [...readBoard(session.docs.board).notes.values()]
const wordsOf = (session: Session) => notesOf(session).map(({ text }) => text)
const stageOf = (session: Session) => {
  const stage = readStage(session.docs.stage)
  if (!stage) throw new Error('The stage is not loaded.')
  return stage
}

async function twoInARoom() {
  const facilitator = await server.create()
  const member = await server.invite(facilitator, 'member', 'Ines')
  const maren = server.open(facilitator)
  const ines = server.open(member)
  await Promise.all([becomes(maren, 'live'), becomes(ines, 'live')])
  return { facilitator, member, maren, ines }
}

describe('a session on the real server', () => {
  it('goes through joining and loading to live, and what one adds the other sees', async () => {
    const facilitator = await server.create()
    const maren = server.open(facilitator)
    const states: string[] = [maren.state.getState().is]
    maren.state.subscribe(({ is }) => states.push(is))
    await becomes(maren, 'live')
    expect(states).toEqual(['joining', 'loading', 'live'])
    expect(stageOf(maren).title).toBe('How we serve product teams')

    const ines = server.open(await server.invite(facilitator, 'member', 'Ines'))
    await becomes(ines, 'live')
    add(maren, 'Docs before tickets')
    await eventually(() => expect(wordsOf(ines)).toEqual(['Docs before tickets']))
    await isSaved(maren)
  })

  it('leaves nothing behind in its page once it is closed', async () => {
    const listening = () => process.listenerCount('exit')
    const before = listening()
    const maren = server.open(await server.create())
    await becomes(maren, 'live')
    expect(listening()).toBe(before + 4)
    maren.close()
    expect(listening()).toBe(before)
  })

  it('warns before the page closes only while something is unsaved', async () => {
    const maren = server.open(await server.create())
    await becomes(maren, 'live')
    const leaves = () => page.dispatchEvent(new Event('beforeunload', { cancelable: true }))
    expect(leaves()).toBe(true)
    add(maren, 'Unsaved')
    expect(leaves()).toBe(false)
    await eventually(() => expect(leaves()).toBe(true))
  })

  it('keeps edits made offline, counts what waits by notes, and sends them on return', async () => {
    const { maren, ines } = await twoInARoom()
    const states = statesOf(ines)
    server.wire.cut()
    await becomes(ines, 'offline')
    add(ines, 'Written in the train')
    add(ines, 'And one more')
    expect(ines.state.getState()).toEqual({ is: 'offline', waiting: 2 })
    expect(ines.saved.getState()).toEqual({ is: 'offline', waiting: 2 })
    server.wire.mend()
    await becomes(ines, 'live')
    await eventually(() => expect(wordsOf(maren).toSorted()).toEqual(['And one more', 'Written in the train']))
    await isSaved(ines)
    expect(states).toContainEqual({ is: 'back', merged: 2 })
  })

  it.each([
    ['killed', 'SIGKILL'],
    ['stopped in order', 'SIGTERM'],
  ] as const)('is back by itself when the server was %s, with everything that was not saved', async (_how, signal) => {
    const { maren, ines } = await twoInARoom()
    add(ines, 'Before')
    await isSaved(ines)
    await server.stop(signal)
    await becomes(ines, 'offline')
    add(ines, 'While it was gone')
    await server.start()
    await Promise.all([becomes(ines, 'live'), becomes(maren, 'live')])
    await eventually(() => expect(wordsOf(maren).toSorted()).toEqual(['Before', 'While it was gone']))
    await isSaved(ines)
  })

  it('reads the server’s clock on a machine whose own is an hour wrong', async () => {
    const right = performance
    vi.stubGlobal('performance', { timeOrigin: right.timeOrigin + 3_600_000, now: () => right.now() })
    const maren = server.open(await server.create())
    await becomes(maren, 'live')
    expect(Math.abs(maren.now() - Date.now())).toBeLessThan(60_000)
    expect(maren.now()).toSatisfy(Number.isInteger)
  })

  it('gives up a socket on which the server fell silent', async () => {
    const maren = server.open(await server.create())
    await becomes(maren, 'live')
    server.wire.deafen()
    page.dispatchEvent(new Event('offline'))
    await eventually(() => expect(maren.state.getState().is).toBe('offline'))
    server.wire.mend()
    await becomes(maren, 'live')
  })

  it('ends with the reason when the seat is not one’s own', async () => {
    const { facilitator, member } = await twoInARoom()
    const stranger = server.open({ ...facilitator, cookie: member.cookie })
    await becomes(stranger, 'refused')
    expect(stranger.state.getState()).toMatchObject({ reason: expect.stringContaining('no seat') })
    expect(await stranger.command({ name: 'pause timer' })).toMatchObject({ ok: false, code: 'offline' })
  })

  it.each(['an observer', 'the big screen'])('has no way to write for %s', async (who) => {
    const facilitator = await server.create()
    const maren = server.open(facilitator)
    const watcher =
      who === 'an observer'
        ? server.open(await server.invite(facilitator, 'observer', 'Wall'))
        : server.open(facilitator, { screen: true })
    await Promise.all([becomes(maren, 'live'), becomes(watcher, 'live')])
    expect(watcher.me.role).toBe('observer')
    add(watcher, 'Not mine to write')
    expect(watcher.saved.getState()).toEqual({ is: 'saved' })
    add(maren, 'Hers')
    await eventually(() => expect(wordsOf(watcher)).toContain('Hers'))
    expect(wordsOf(maren)).toEqual(['Hers'])
    expect(watcher.state.getState().is).toBe('live')
  })
})

describe('presence', () => {
  /** What somebody hears of another's presence. */
  const hears = (session: Session, whom: Session) =>
    eventually(() => {
      const states = [...session.presence.getStates().values()]
      const found = states.find((state) => state.person === whom.me.id)
      if (!found) throw new Error('Nothing is heard of them.')
      return found
    })

  it('tells others which field one has open, as the server stamps it, also after a return', async () => {
    const { maren, ines } = await twoInARoom()
    const target = { id: 'n1', field: 'text' } as const
    add(ines, 'n1')
    await isSaved(ines)
    ines.editing(target)
    await eventually(async () => expect(await hears(maren, ines)).toMatchObject({ editing: target, observer: false }))
    server.wire.cut()
    await becomes(maren, 'offline')
    expect(maren.presence.getStates().size).toBe(1)
    server.wire.mend()
    expect(await hears(maren, ines)).toMatchObject({ editing: target })
  })

  it('says nothing of others again, which every client would otherwise do for every other', async () => {
    const { maren, ines } = await twoInARoom()
    await hears(maren, ines)
    const said = maren.sent.filter((type) => type === MESSAGE.presence).length
    for (const id of ['n1', 'n2', 'n3']) add(ines, id)
    await isSaved(ines)
    for (const id of ['n1', 'n2', 'n3']) {
      const target = { id, field: 'text' } as const
      ines.editing(target)
      await eventually(async () => expect(await hears(maren, ines)).toMatchObject({ editing: target }))
    }
    expect(maren.sent.filter((type) => type === MESSAGE.presence)).toHaveLength(said)
  })
})

describe('a command', () => {
  it('is answered, and everyone sees what it did', async () => {
    const { maren, ines } = await twoInARoom()
    expect(await maren.command({ name: 'start timer' })).toEqual({ ok: true })
    await eventually(() => expect(stageOf(ines).timer.state).toBe('running'))
    expect(await ines.command({ name: 'pause timer' })).toMatchObject({ ok: false, code: 'forbidden' })
  })

  it('is not queued while offline: the answer comes at once and nothing is done later', async () => {
    const { maren } = await twoInARoom()
    server.wire.cut()
    await becomes(maren, 'offline')
    expect(await maren.command({ name: 'start timer' })).toMatchObject({ ok: false, code: 'offline' })
    server.wire.mend()
    await becomes(maren, 'live')
    expect(await maren.command({ name: 'extend timer', by: 60_000 })).toEqual({ ok: true })
    await eventually(() => expect(stageOf(maren).timer).toEqual({ state: 'idle', duration: 21 * 60_000 }))
  })

  it('gets its first answer and is done once when the connection broke before the answer came', async () => {
    const facilitator = await server.create()
    const maren = server.open(facilitator)
    const ines = server.open(await server.invite(facilitator, 'member', 'Ines'), { pastWire: true })
    await Promise.all([becomes(maren, 'live'), becomes(ines, 'live')])
    server.wire.deafen()
    const answer = maren.command({ name: 'extend timer', by: 60_000 })
    const longer = { state: 'idle', duration: 21 * 60_000 }
    await eventually(() => expect(stageOf(ines).timer).toEqual(longer))
    server.wire.cut()
    server.wire.mend()
    expect(await answer).toEqual({ ok: true })
    expect(stageOf(maren).timer).toEqual(longer)
  })
})
