import { describe, expect, test } from 'vitest'
import { relayInterval } from './presence.ts'

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

  test('writes at most 333 frames a second up to the largest workshop', () => {
    for (let people = 1; people <= 1_000; people++)
      expect((people * 1_000) / relayInterval(people)).toBeLessThanOrEqual(1_000 / 3)
  })
})
