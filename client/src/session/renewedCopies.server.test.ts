// @vitest-environment node
import { addNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Device, stubDevice } from './device.fixture.ts'
import type { HandBack, HandedBack } from './handBack.ts'
import { cameBefore, draftsOf, isKept, openKeeping, openOffline, wordsOf, write } from './keeping.fixture.ts'
import { becomes, eventually, isSaved, startServer, stubPage, type TestServer } from './server.fixture.ts'
import type { Session } from './session.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: TestServer
let page: EventTarget
let device: Device
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  page = stubPage()
  device = stubDevice()
  server.wire.mend()
})

/** Takes back what is refused, and puts nothing back. */
function takesBack() {
  const handed: HandedBack[] = []
  const handBack: HandBack = (each) => {
    handed.push(each)
    return Promise.resolve()
  }
  return { handed, options: { loadHandBack: () => Promise.resolve(handBack) } }
}

/** Writes something that no rule allows: a note whose time is no whole number. */
function writeWrongly({ docs, me }: Session, id: string): void {
  const fields = { id: id as NoteId, phase: 'principles', author: me.id, at: 1.5, order: 'a0', under: null } as const
  addNote({ ...fields, text: id })(docs.board)
}

const becomesRenewed = (session: Session, times = 1) =>
  eventually(() => expect(session.generation.getState()).toBe(times))

/** The documents and resets of the copies on the device. */
const resets = async () =>
  (await device.names()).map((name) => [name.split(':')[2], Number(name.split(':').at(-1))] as const)

const boardCopy = async () => (await device.names()).find((name) => name.includes(':board:')) ?? ''

/** Whether the page may be closed without a word. */
const mayClose = () => page.dispatchEvent(new Event('beforeunload', { cancelable: true }))

describe('the copies on a device, after a refusal', () => {
  it('are of all documents, also where none had begun before', async () => {
    const guest = await server.create()
    const maren = await openKeeping(server, guest, takesBack().options)
    await becomes(maren, 'live')
    writeWrongly(maren, 'Wrong')
    await becomesRenewed(maren)
    await becomes(maren, 'live')
    await eventually(() => expect(maren.device.getState()).toBe('kept'))
    server.wire.cut()
    await becomes(maren, 'offline')
    write.draft(maren, 'For me alone')
    await isKept(maren, page)
    maren.close()
    expect(draftsOf(await openOffline(server, guest))).toEqual(['For me alone'])
  })

  it('stay as they were where the next ones cannot be opened, and the page says so', async () => {
    const { guest } = await cameBefore(server, page)
    const ines = await openKeeping(server, guest, takesBack().options)
    await becomes(ines, 'live')
    const { open } = device.databases
    vi.spyOn(device.databases, 'open').mockImplementation((name, version) => {
      if (name.endsWith(':1')) throw new DOMException('Internal error.', 'UnknownError')
      return open.call(device.databases, name, version)
    })
    writeWrongly(ines, 'Wrong')
    await becomesRenewed(ines)
    await eventually(() => expect(ines.device.getState()).toBe('memory'))
    server.wire.cut()
    await becomes(ines, 'offline')
    write.note(ines, 'Offline')
    expect(mayClose()).toBe(false)
    ines.close()
    vi.restoreAllMocks()
    expect(await resets()).toContainEqual(['board', 0])
    server.wire.mend()
    const back = takesBack()
    await becomesRenewed(await openKeeping(server, guest, back.options))
    expect(back.handed).toHaveLength(1)
  })

  it('do not wait for another tab to let go of an old one', async () => {
    const { guest } = await cameBefore(server, page)
    const ines = await openKeeping(server, guest, takesBack().options)
    await becomes(ines, 'live')
    const held = device.databases.open(await boardCopy())
    await new Promise((resolve) => {
      held.onsuccess = resolve
    })
    writeWrongly(ines, 'Wrong')
    await becomesRenewed(ines)
    await becomes(ines, 'live')
    writeWrongly(ines, 'WrongAgain')
    await becomesRenewed(ines, 2)
    held.result.close()
  })

  it('are those that another tab went on with', async () => {
    const { guest } = await cameBefore(server, page)
    const [one, other] = [await openKeeping(server, guest, takesBack().options), await openKeeping(server, guest)]
    await Promise.all([becomes(one, 'live'), becomes(other, 'live')])
    const said: string[] = []
    other.device.subscribe((state) => said.push(state))
    writeWrongly(one, 'Wrong')
    await eventually(() => expect(said).toEqual(['memory', 'kept']))
    server.wire.cut()
    await becomes(other, 'offline')
    write.note(other, 'In the other tab')
    await isKept(other, page)
    for (const each of [one, other]) each.close()
    expect(wordsOf(await openOffline(server, guest))).toEqual(['Before', 'In the other tab'])
  })

  it('are not left without a word while they would not be found again, and are found as soon as they can', async () => {
    const { guest } = await cameBefore(server, page)
    const ines = await openKeeping(server, guest, takesBack().options)
    await becomes(ines, 'live')
    device.fillStorage(true)
    writeWrongly(ines, 'Wrong')
    await eventually(() => expect(ines.device.getState()).toBe('full'))
    server.wire.cut()
    await becomes(ines, 'offline')
    write.note(ines, 'Offline')
    await eventually(async () => expect(await resets()).toContainEqual(['board', 1]))
    expect(mayClose()).toBe(false)
    device.fillStorage(false)
    write.note(ines, 'And more')
    await isKept(ines, page)
    await eventually(async () => expect(await resets()).not.toContainEqual(['board', 0]))
    ines.close()
    expect(wordsOf(await openOffline(server, guest))).toEqual(['And more', 'Before', 'Offline'])
  })
})

describe('where what takes words back cannot be loaded', () => {
  const broken = { loadHandBack: () => Promise.reject(new Error('no network')) }

  it('the session ends, and the old copy stays and is handed back the next time', async () => {
    const { guest } = await cameBefore(server, page)
    const ines = await openKeeping(server, guest, broken)
    await becomes(ines, 'live')
    writeWrongly(ines, 'Wrong')
    await becomes(ines, 'refused')
    expect(ines.state.getState()).toMatchObject({ reason: expect.stringMatching(/kept on this device: reload/) })
    ines.close()
    const back = takesBack()
    await becomesRenewed(await openKeeping(server, guest, back.options))
    expect(back.handed).toHaveLength(1)
  })

  it('the session says that the words are in this tab alone where they are', async () => {
    const maren = server.open(await server.create(), broken)
    await becomes(maren, 'live')
    writeWrongly(maren, 'Wrong')
    await becomes(maren, 'refused')
    expect(maren.state.getState()).toMatchObject({ reason: expect.stringMatching(/this tab alone: copy/) })
    expect(mayClose()).toBe(false)
  })
})

describe('when the server is restored twice', () => {
  it('a renewal that met the first restore begins anew', async () => {
    const { guest } = await cameBefore(server, page)
    const epochs = ['of the first restore', await server.epoch(guest)]
    const readEpoch = () => Promise.resolve(epochs.shift() ?? server.epoch(guest))
    const { workshop, person } = guest
    localStorage.setItem(
      `quintet-copies-${workshop}-${person.id}`,
      JSON.stringify({ epoch: 'of before', resets: { stage: 0, board: 0, notebook: 0 } }),
    )
    const ines = await openKeeping(server, guest, { readEpoch, ...takesBack().options })
    await becomesRenewed(ines)
    await becomes(ines, 'live')
    write.note(ines, 'Goes on')
    await isSaved(ines)
    expect(epochs).toEqual([])
    expect(wordsOf(ines)).toEqual(['Before', 'Goes on'])
  })
})
