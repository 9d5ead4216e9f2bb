import { describe, expect, test } from 'vitest'
import { relayInterval } from './presence.ts'

describe('the relay of presence', () => {
  test.each([
    [1, 50],
    [25, 50],
    [60, 120],
    [250, 500],
    [1_000, 2_000],
    [5_000, 2_000],
  ])('a room of %i gathers presence for %i ms', (people, interval) => {
    expect(relayInterval(people)).toBe(interval)
  })

  test('writes at most 500 frames a second up to the largest workshop', () => {
    for (let people = 25; people <= 1_000; people++)
      expect((people * 1_000) / relayInterval(people)).toBeLessThanOrEqual(500)
  })
})
