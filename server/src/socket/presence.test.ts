import { once } from 'node:events'
import type { Socket } from 'node:net'
import { OPEN_AGENDA } from '@quintet/shared/agenda'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { MESSAGE, type Presence, SCREEN_SEAT } from '@quintet/shared/protocol'
import * as decoding from 'lib0/decoding'
import { describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { presenceMessage } from '../testing/rawSocket.ts'
import { OBSERVER_SEAT } from '../testing/rig.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()

const EDITING: Presence = { editing: { id: 'n1' as NoteId, field: 'text' } }

/** All that a bare socket heard, as it came. */
function entriesIn(messages: readonly Uint8Array[]) {
  const entries: { readonly client: number; readonly clock: number; readonly state: unknown }[] = []
  for (const message of messages) {
    const decoder = decoding.createDecoder(message)
    decoding.readVarUint(decoder)
    const body = decoding.createDecoder(decoding.readVarUint8Array(decoder))
    for (let left = decoding.readVarUint(body); left > 0; left--) {
      const [client, clock] = [decoding.readVarUint(body), decoding.readVarUint(body)]
      entries.push({ client, clock, state: JSON.parse(decoding.readVarString(body)) })
    }
  }
  return entries
}

/** What a bare socket heard last of each client. */
function heardOf(messages: readonly Uint8Array[]): Map<number, unknown> {
  return new Map(entriesIn(messages).map(({ client, state }) => [client, state]))
}

/** A board on which the notes stand that people say they are at. */
const withNotes = {
  write: (board: Y.Doc) => {
    for (const id of ['n1', 'n2']) note(id)(board)
  },
}

describe('presence', () => {
  test('is stamped with the seat, whatever the client says of itself', async () => {
    await scene.start(withNotes)
    const tab = scene.enter('person-1')
    const other = scene.enter('person-2')
    const screen = scene.enter(SCREEN_SEAT)
    await Promise.all([tab.synced(), other.synced(), screen.synced()])
    tab.say({ ...EDITING, person: 'person-0', observer: true } as Presence)
    await until('the other hears', () => other.hears(tab.doc.clientID)?.editing !== undefined)
    await until('with what is open', () => other.hears(tab.doc.clientID)?.editing !== null)
    expect(other.hears(tab.doc.clientID)).toEqual({ ...EDITING, person: 'person-1', observer: false })
    await until('the screen is here', () => other.hears(screen.doc.clientID) !== undefined)
    expect(other.hears(screen.doc.clientID)).toEqual({ editing: null, person: SCREEN_SEAT, observer: true })
  })

  test('of others is passed over, and a client that repeats what it heard is no offender', async () => {
    await scene.start(withNotes)
    const victim = scene.raw('person-1', 'board', { client: 11 })
    const liar = scene.raw('person-2', 'board', { client: 22 })
    await Promise.all([victim.opened, liar.opened])
    victim.send(presenceMessage([[11, 1, EDITING]]))
    await until('it is heard', () => heardOf(liar.of(MESSAGE.presence)).has(11))
    liar.send(
      presenceMessage([
        [22, 1, EDITING],
        [33, 1, EDITING],
        [11, 9, null],
      ]),
    )
    await until('its own is heard', () => heardOf(victim.of(MESSAGE.presence)).has(22))
    const heard = heardOf(victim.of(MESSAGE.presence))
    expect(heard.get(11)).toEqual({ ...EDITING, person: 'person-1', observer: false })
    expect(heard.has(33)).toBe(false)
  })

  test('goes with its connection, and newcomers hear of everyone at once', async () => {
    await scene.start(withNotes)
    const tab = scene.enter('person-1')
    const stays = scene.enter(OBSERVER_SEAT)
    await Promise.all([tab.synced(), stays.synced()])
    tab.say(EDITING)
    await until('it is heard', () => stays.hears(tab.doc.clientID)?.editing?.id === 'n1')
    const newcomer = scene.raw('person-2')
    await newcomer.opened
    await newcomer.fence()
    expect(heardOf(newcomer.of(MESSAGE.presence)).get(tab.doc.clientID)).toMatchObject({ person: 'person-1' })
    tab.provider.ws?.close()
    tab.provider.disconnect()
    await until('it is gone', () => stays.hears(tab.doc.clientID) === undefined)
  })

  test('of one who comes back is heard at once, though its clock did not move', async () => {
    await scene.start(withNotes)
    const stays = scene.raw('person-2', 'board', { client: 22 })
    const first = scene.raw('person-1', 'board', { client: 11 })
    await Promise.all([stays.opened, first.opened])
    first.send(presenceMessage([[11, 5, EDITING]]))
    await until('it is heard', () => heardOf(stays.of(MESSAGE.presence)).get(11) !== undefined)
    first.socket.terminate()
    await until('it is gone', () => heardOf(stays.of(MESSAGE.presence)).get(11) === null)
    const tab = scene.enter('person-0')
    await tab.synced()
    const second = scene.raw('person-1', 'board', { client: 11 })
    await second.opened
    second.send(presenceMessage([[11, 5, { editing: null }]]))
    await until('it is heard again', () => heardOf(stays.of(MESSAGE.presence)).get(11) !== null)
    await until('by real clients too', () => tab.hears(11)?.person === 'person-1')
    // Words that are older than its last are late, not new.
    second.send(presenceMessage([[11, 4, EDITING]]))
    second.send(presenceMessage([[11, 6, { editing: { id: 'n2', field: 'due' } }]]))
    await until('the newer is heard', () => JSON.stringify(heardOf(stays.of(MESSAGE.presence)).get(11)).includes('n2'))
  })

  test('says "here" and nothing else while everyone writes in silence', async () => {
    const [principles, ...rest] = OPEN_AGENDA.phases
    const [step] = principles?.steps ?? []
    if (!principles || !step) throw new Error('The agenda is empty.')
    await scene.start({
      ...withNotes,
      agenda: { phases: [{ ...principles, steps: [{ ...step, kind: 'write' }] }, ...rest] },
    })
    const writer = scene.raw('person-1', 'board', { client: 11 })
    const other = scene.raw('person-2', 'board', { client: 22 })
    await Promise.all([writer.opened, other.opened])
    writer.send(presenceMessage([[11, 1, EDITING]]))
    const entriesOf = (heard: typeof other, client: number) =>
      entriesIn(heard.of(MESSAGE.presence)).filter((entry) => entry.client === client)
    await until('it is heard', () => entriesOf(other, 11).length > 0)
    const before = other.of(MESSAGE.presence).length
    // Whoever opens one draft after the other is heard no more than whoever does nothing.
    for (let clock = 2; clock < 40; clock++) {
      const editing = clock % 2 === 0 ? null : { id: clock % 3 === 0 ? 'n2' : 'secret', field: 'text' }
      writer.send(presenceMessage([[11, clock, { editing }]]))
    }
    await writer.fence()
    // Relayed after it: had there been something to relay of the writer, it would be there too.
    other.send(presenceMessage([[22, 1, { editing: null }]]))
    await until('the next relay came', () => entriesOf(other, 22).length > 0)
    expect(other.of(MESSAGE.presence).length - before).toBe(1)
    const late = scene.raw('person-2')
    await late.opened
    await late.fence()
    const here = { client: 11, clock: 1, state: { editing: null, person: 'person-1', observer: false } }
    for (const heard of [other, late]) expect(entriesOf(heard, 11)).toEqual([here])
  })

  test('never names what does not stand on the board, such as a draft', async () => {
    await scene.start(withNotes)
    const tab = scene.enter('person-1')
    const other = scene.raw('person-2')
    await Promise.all([tab.synced(), other.opened])
    const heard = () => heardOf(other.of(MESSAGE.presence)).get(tab.doc.clientID)
    tab.say({ editing: { id: 'secret' as NoteId, field: 'text' } })
    await until('it is here', () => heard() !== undefined)
    tab.say(EDITING)
    await until('it is at a note', () => JSON.stringify(heard()).includes('n1'))
    tab.say({ editing: { id: 'secret' as NoteId, field: 'text' } })
    await until('it left the note', () => !JSON.stringify(heard()).includes('n1'))
    for (const message of other.of(MESSAGE.presence)) expect(new TextDecoder().decode(message)).not.toContain('secret')
  })

  test('that is malformed or too big closes its socket; on other documents it is not heard', async () => {
    await scene.start(withNotes)
    const stranger = scene.raw('person-1', 'stage', { client: 11 })
    await stranger.opened
    stranger.send(presenceMessage([[11, 1, EDITING]]))
    await stranger.fence()
    const faults: [Uint8Array, string][] = [
      [presenceMessage([[11, 1, '{']]), 'malformed'],
      [presenceMessage([[11, 1, { editing: 'x'.repeat(LIMITS.presenceBytes) }]]), 'tooBig'],
      [new Uint8Array([MESSAGE.presence, 2, 1, 11]), 'malformed'],
      [new Uint8Array([MESSAGE.presence, 9, 1]), 'malformed'],
      [presenceMessage([[11, Number.MAX_SAFE_INTEGER, EDITING]]), 'malformed'],
    ]
    for (const [message, close] of faults) {
      const socket = scene.raw('person-1', 'board', { client: 11 })
      await socket.opened
      socket.send(message)
      expect(await socket.closed).toBe(close)
    }
  })

  test('changes as often as a hand does; past that it is read later, and the last word is heard', async () => {
    const { server } = await scene.start(withNotes)
    const other = scene.raw('person-2', 'board', { client: 22 })
    await other.opened
    await other.fence()
    const connected = once(server, 'connection')
    const writer = scene.raw('person-1', 'board', { client: 11 })
    const [line] = (await connected) as [Socket]
    await writer.opened
    await writer.fence()
    // What an honest client repeats of others is no change of its own.
    for (let clock = 1; clock <= 120; clock++) writer.send(presenceMessage([[22, clock, EDITING]]))
    for (let clock = 1; clock <= 80; clock++) writer.send(presenceMessage([[11, clock, EDITING]]))
    await writer.fence()
    expect(line.isPaused()).toBe(false)
    // How many are past it depends on how fast the machine reads: the budget grows meanwhile.
    let clock = 81
    await until('it is held back', () => {
      for (let more = 0; more < 30; more++) writer.send(presenceMessage([[11, clock++, EDITING]]))
      return line.isPaused()
    })
    writer.send(presenceMessage([[11, clock, { editing: { id: 'n2', field: 'due' } }]]))
    await until('its last word is heard', () =>
      JSON.stringify(heardOf(other.of(MESSAGE.presence)).get(11) ?? null).includes('n2'),
    )
    expect(writer.socket.readyState).toBe(writer.socket.OPEN)
  })
})
