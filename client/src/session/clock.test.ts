import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ServerClock } from './clock.ts'

/** A machine whose clock is wrong by so many ms, and the round trips that it makes. */
function machine(wrong: number) {
  let real = 1_800_000_000_000
  const local = () => real + wrong
  const clock = new ServerClock(local)
  return {
    clock,
    /** How far the clock is from the server's, ms. */
    error: () => clock.now() - real,
    roundTrip: (there: number, back: number) => {
      const asked = local()
      real += there
      const server = real
      real += back
      clock.answered(asked, server)
    },
    sleep: (ms: number) => {
      real += ms
      wrong -= ms
    },
    real: () => real,
  }
}

describe('the server’s clock', () => {
  it('is off by half the shortest round trip at the most, in whole ms, however wrong the machine’s own is', () => {
    const trip = fc.tuple(fc.nat(3_000), fc.nat(3_000))
    const wrong = fc.integer({ min: -7_200_000, max: 7_200_000 })
    fc.assert(
      fc.property(wrong, fc.array(trip, { minLength: 1, maxLength: 8 }), (by, trips) => {
        const { roundTrip, error } = machine(by)
        for (const [there, back] of trips) roundTrip(there, back)
        const shortest = Math.min(...trips.map(([there, back]) => there + back))
        expect(Math.abs(error())).toBeLessThanOrEqual(Math.ceil(shortest / 2))
        expect(error()).toSatisfy(Number.isInteger)
      }),
    )
  })

  it('lets the shortest round trip win over later, slower ones', () => {
    const { roundTrip, error } = machine(3_600_000)
    roundTrip(2, 2)
    roundTrip(10, 900)
    expect(Math.abs(error())).toBe(0)
  })

  it('notices by an unasked time that the machine slept, and then believes new answers alone', () => {
    const { clock, roundTrip, error, sleep, real } = machine(0)
    roundTrip(1, 1)
    expect(clock.told(real())).toBe(false)
    sleep(600_000)
    expect(clock.told(real())).toBe(true)
    roundTrip(20, 30)
    expect(Math.abs(error())).toBeLessThanOrEqual(25)
  })

  it('stays steady between losing a connection and the first new answer', () => {
    const { clock, roundTrip, error } = machine(3_600_000)
    roundTrip(5, 5)
    clock.forget()
    expect(error()).toBe(0)
  })
})
