import type { NoteId, PersonId } from '@quintet/shared/ids'
import * as encoding from 'lib0/encoding'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Attendant, type BindForEver, PresenceRelay, relayInterval } from './presence.ts'

afterEach(() => {
  vi.useRealTimers()
})

const atOnce: BindForEver = (_, bound) => bound()

function update(client: number, clock: number, state: unknown): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const value of [1, client, clock]) encoding.writeVarUint(encoder, value)
  encoding.writeVarString(encoder, JSON.stringify(state))
  return encoding.toUint8Array(encoder)
}

describe('the relay of presence', () => {
  test.each([
    [1, 50],
    [16, 50],
    [60, 180],
    [250, 750],
    [1_000, 3_000],
    [5_000, 3_000],
  ])('a room of %i gathers presence for %i ms', (people, interval) => {
    expect(relayInterval(people)).toBe(interval)
  })

  test('[promise 8] says in silence of who writes and of who does nothing the same, at the same times', () => {
    vi.useFakeTimers()
    const relay = new PresenceRelay(
      () => true,
      () => true,
      atOnce,
    )
    const frames: string[] = []
    const somebody = (client: number, heard: (frame: Uint8Array) => void): Attendant => {
      return { client, person: `person-${client}` as PersonId, observer: false, presence: heard }
    }
    const [idle, busy] = [somebody(1, () => undefined), somebody(2, () => undefined)]
    const eye = somebody(3, (frame) => frames.push(Buffer.from(frame).toString('latin1')))
    for (const each of [idle, busy, eye]) relay.enter(each)
    relay.take(idle, update(1, 1, { editing: null }))
    relay.take(busy, update(2, 1, { editing: null }))
    let clock = 1
    // As y-protocols renews what it says, every 15 seconds, and as somebody goes from draft to draft every two.
    for (let seconds = 1; seconds <= 120; seconds++) {
      vi.advanceTimersByTime(1_000)
      if (seconds % 15 === 0) relay.take(idle, update(1, 1 + seconds / 15, { editing: null }))
      const editing = { id: `d${seconds}` as NoteId, field: 'text' }
      if (seconds % 2 === 0) relay.take(busy, update(2, ++clock, { editing }))
    }
    relay.close()
    // Both in each frame, again before their clients would be taken for gone.
    expect(frames).toHaveLength(1 + 5)
    for (const frame of frames) {
      expect(frame.match(/"person":"person-\d"/g)).toEqual(['"person":"person-1"', '"person":"person-2"'])
      expect(frame).not.toMatch(/"id"/)
    }
  })

  test('tells news of oneself from what is old, of others, or nothing', () => {
    const relay = new PresenceRelay(
      () => false,
      () => true,
      atOnce,
    )
    const ada: Attendant = { client: 1, person: 'ada' as PersonId, observer: false, presence: () => undefined }
    const ben: Attendant = { ...ada, client: 2, person: 'ben' as PersonId }
    relay.enter(ada)
    relay.enter(ben)
    expect(relay.take(ada, update(1, 1, { editing: null }))).toBe('heard')
    expect(relay.take(ada, update(1, 1, { editing: null }))).toBeUndefined()
    expect(relay.take(ben, update(1, 2, { editing: null }))).toBeUndefined()
    expect(relay.take(ben, update(2, 1, null))).toBeUndefined()
    expect(relay.take(ada, update(1, 2, null))).toBe('heard')
    expect(relay.take(ada, update(1, 3, { editing: 'x'.repeat(3_000) }))).toBe('too-big')
    expect(relay.take(ada, new Uint8Array([1]))).toBe('malformed')
    relay.close()
  })

  test('says that somebody left with the next relay, and never again says anything of them', () => {
    vi.useFakeTimers()
    const relay = new PresenceRelay(
      () => false,
      () => true,
      atOnce,
    )
    const frames: string[] = []
    const leaver: Attendant = { client: 1, person: 'ada' as PersonId, observer: false, presence: () => undefined }
    const stays: Attendant = {
      ...leaver,
      client: 2,
      person: 'ben' as PersonId,
      presence: (frame) => frames.push(Buffer.from(frame).toString('latin1')),
    }
    relay.enter(leaver)
    relay.enter(stays)
    relay.take(leaver, update(1, 1, { editing: null }))
    vi.advanceTimersByTime(relayInterval(2))
    expect(frames.at(-1)).toContain('"person":"ada"')
    relay.leave(leaver)
    vi.advanceTimersByTime(relayInterval(2))
    expect(frames).toHaveLength(2)
    expect(frames.at(-1)).toMatch(/null$/)
    vi.advanceTimersByTime(120_000)
    expect(frames).toHaveLength(2)
    relay.close()
  })

  test('[promise 5] says nothing of anybody before it is durable whose their client id is', () => {
    vi.useFakeTimers()
    const waiting: (() => void)[] = []
    const relay = new PresenceRelay(
      () => false,
      () => true,
      (_, bound) => void waiting.push(bound),
    )
    const frames: string[] = []
    const heard = (frame: Uint8Array) => void frames.push(Buffer.from(frame).toString('latin1'))
    const ada: Attendant = { client: 1, person: 'ada' as PersonId, observer: false, presence: () => undefined }
    const ben: Attendant = { ...ada, client: 2, person: 'ben' as PersonId }
    const eye: Attendant = { ...ada, client: 3, person: 'eye' as PersonId, presence: heard }
    for (const each of [ada, ben, eye]) relay.enter(each)
    relay.take(ada, update(1, 1, { editing: null }))
    relay.take(ada, update(1, 2, { editing: { id: 'n1', field: 'text' } }))
    relay.take(ben, update(2, 1, { editing: null }))
    relay.leave(ben)
    relay.tell(eye)
    vi.advanceTimersByTime(120_000)
    expect(frames).toEqual([])
    expect(waiting).toHaveLength(2)
    for (const bound of waiting) bound()
    vi.advanceTimersByTime(relayInterval(2))
    expect(frames).toHaveLength(1)
    expect(frames[0]).toMatch(/"id":"n1".*"person":"ada"/)
    expect(frames[0]).not.toMatch(/ben/)
    // A new socket of the same client is heard at once.
    relay.enter({ ...ada })
    relay.take({ ...ada }, update(1, 3, { editing: null }))
    expect(waiting).toHaveLength(2)
    relay.close()
  })

  test('writes at most 333 frames a second up to the largest workshop', () => {
    for (let people = 1; people <= 1_000; people++)
      expect((people * 1_000) / relayInterval(people)).toBeLessThanOrEqual(1_000 / 3)
  })
})
