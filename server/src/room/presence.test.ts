import type { NoteId, PersonId } from '@quintet/shared/ids'
import * as encoding from 'lib0/encoding'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Attendant, PresenceRelay, relayInterval } from './presence.ts'

afterEach(() => {
  vi.useRealTimers()
})

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

  test('writes at most 333 frames a second up to the largest workshop', () => {
    for (let people = 1; people <= 1_000; people++)
      expect((people * 1_000) / relayInterval(people)).toBeLessThanOrEqual(1_000 / 3)
  })
})
