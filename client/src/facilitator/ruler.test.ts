import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawRuler, tickPath } from './ruler.ts'

const MINUTE = 60_000

describe('the timer’s ruler', () => {
  test.each([
    // duration, seconds left, width → ticks, long ones, passed ones, needle
    [7 * MINUTE, 420, 224, 29, 8, 0, 0],
    [7 * MINUTE, 252, 224, 29, 8, 12, 89.6],
    [7 * MINUTE, 0, 224, 29, 8, 28, 224],
    [7 * MINUTE, -42, 224, 29, 8, 28, 224],
    [20 * MINUTE, 768, 200, 81, 21, 29, 72],
    [25 * MINUTE, 1500, 200, 26, 6, 0, 0],
    [90_000, 90, 100, 7, 2, 0, 0],
    [0, 0, 100, 0, 0, 0, 100],
    [24 * 60 * MINUTE, 86_400, 112, 25, 7, 0, 0],
  ])('%i ms with %i s left over %i px', (duration, left, width, ticks, long, passed, needle) => {
    const drawing = drawRuler(duration, left, width)
    expect(drawing.ticks).toHaveLength(ticks)
    expect(drawing.ticks.filter((tick) => tick.long)).toHaveLength(long)
    expect(drawing.ticks.filter((tick) => tick.passed)).toHaveLength(passed)
    expect(drawing.needle).toBe(needle)
  })

  test('more time than planned keeps the needle at the start', () => {
    expect(drawRuler(5 * MINUTE, 999, 100).needle).toBe(0)
  })

  test('ticks never crowd, and all stand on the ruler', () => {
    void fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 * 60 * MINUTE }),
        fc.integer({ min: -90_000, max: 90_000 }),
        fc.integer({ min: 60, max: 800 }),
        (duration, left, width) => {
          const { ticks, needle } = drawRuler(duration, left, width)
          expect(needle).toBeGreaterThanOrEqual(0)
          expect(needle).toBeLessThanOrEqual(width)
          for (const [index, tick] of ticks.entries()) {
            const before = ticks[index - 1]
            if (before) expect(tick.x - before.x).toBeGreaterThan(2)
            expect(tick.x).toBeLessThanOrEqual(width)
            expect(tick.passed).toBe(tick.x < needle || (tick.passed && tick.x <= needle))
          }
        },
      ),
    )
  })

  test('each kind of tick is one path', () => {
    const { ticks } = drawRuler(MINUTE, 30, 40)
    expect(tickPath(ticks, true, true, 26)).toBe('M0 26V13')
    expect(tickPath(ticks, false, true, 26)).toBe('M10 26V19')
    expect(tickPath(ticks, false, false, 26)).toBe('M20 26V19M30 26V19')
    expect(tickPath(ticks, true, false, 26)).toBe('M40 26V13')
  })
})
