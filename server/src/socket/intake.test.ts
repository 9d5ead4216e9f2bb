import { HOPELESS, LIMITS } from '@quintet/shared/limits'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { handClock } from '../testing/handClock.ts'
import { chanceFor } from '../testing/seeded.ts'
import { Budgets, type Purse } from './budgets.ts'
import { type Incoming, Intake } from './intake.ts'

/** A message of so many bytes, which takes so many ms to judge; of an answer less may be new to the server. */
interface Said {
  readonly bytes: number
  readonly ms: number
  readonly news?: number
}

const message = (bytes: number): Incoming => ({ data: Buffer.alloc(bytes), isBinary: true, at: 0 })

function start() {
  const clock = handClock({ goes: false })
  const budgets = new Budgets(clock.now)
  /** A socket whose messages come as the network gives them: none while it is paused. */
  const enter = (person: string, workshop = 'w') => {
    const purse = budgets.open(workshop, person)
    if (!purse) throw new Error('They have too many sockets.')
    const costs = new Map<Incoming, Said>()
    const handled: Said[] = []
    const network: Incoming[] = []
    let [paused, closed] = [false, false]
    const intake = new Intake({
      purse,
      handle: (incoming) => {
        const said = costs.get(incoming)
        if (!said) throw new Error('Nobody said this.')
        costs.delete(incoming)
        handled.push(said)
        purse.edited(said.news ?? said.bytes)
        purse.judged(said.ms)
      },
      pause: () => {
        paused = true
      },
      resume: () => {
        paused = false
        read()
      },
      tooMuch: () => {
        closed = true
        intake.stop()
      },
      now: clock.now,
      later: (ms, run) => clock.alarm(clock.now() + ms, run),
    })
    const read = () => {
      while (!paused && !closed) {
        const next = network.shift()
        if (!next) return
        intake.take(next)
      }
    }
    const incoming = (said: Said) => {
      const made = message(said.bytes)
      costs.set(made, said)
      return made
    }
    return {
      intake,
      purse,
      handled,
      get paused() {
        return paused
      },
      get closed() {
        return closed
      },
      /** Says something that waits in the network while the socket is paused. */
      say: (said: Said) => {
        network.push(incoming(said))
        read()
      },
      /** Says some things that come in one piece of data, whether the socket is paused or not. */
      sayTogether: (all: readonly Said[]) => {
        for (const said of all) intake.take(incoming(said))
      },
    }
  }
  return { clock, enter }
}

const KEY: Said = { bytes: 40, ms: 0.05 }

describe('what somebody sends past their budget', () => {
  test('is handled whole, in its order and no faster than the budgets allow, however it comes', () => {
    const said = fc.record({ bytes: fc.integer({ min: 1, max: 100_000 }), ms: fc.integer({ min: 0, max: 40 }) })
    const pieces = fc.array(fc.array(said, { minLength: 1, maxLength: 120 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(pieces, (each) => {
        const { clock, enter } = start()
        const socket = enter('ada')
        for (const piece of each) socket.sayTogether(piece)
        const all = each.flat()
        for (let ms = 0; socket.handled.length < all.length; ms += 100) {
          expect(ms).toBeLessThan(2_000_000)
          const judged = socket.handled.reduce((sum, { ms }) => sum + ms, 0)
          expect(judged).toBeLessThanOrEqual(400 + 40 + (ms * 40) / 1_000)
          clock.forward(100)
        }
        expect(socket.handled).toEqual(all)
        clock.forward(60_000)
        expect(socket.paused).toBe(false)
        expect(socket.closed).toBe(false)
      }),
      { seed: chanceFor('intake').seed | 0, numRuns: 60 },
    )
  })

  test('waits in the network while it is not read', () => {
    const { clock, enter } = start()
    const socket = enter('ada')
    for (let count = 0; count < 10_000; count++) socket.say(KEY)
    expect(socket.paused).toBe(true)
    const first = socket.handled.length
    for (let second = 0; second < 10; second++) clock.forward(1_000)
    expect(socket.handled.length).toBeGreaterThan(first)
    expect(socket.handled.length).toBeLessThan(10_000)
    expect(socket.closed).toBe(false)
  })

  test('closes when more came in one piece of data than anybody means', () => {
    const { enter } = start()
    const socket = enter('ada')
    socket.sayTogether(Array.from({ length: HOPELESS.waiting }, () => KEY))
    expect(socket.closed).toBe(false)
    socket.sayTogether(Array.from({ length: 1_000 }, () => KEY))
    expect(socket.closed).toBe(true)
    const { length } = socket.handled
    socket.sayTogether([KEY])
    expect(socket.handled).toHaveLength(length)
  })

  test('comes in one piece, and others have their turn in between', () => {
    let [now, paused] = [0, false]
    const handled: number[] = []
    const turns: (() => void)[] = []
    const budgets = new Budgets(() => now)
    const open = (): Intake => {
      const purse = budgets.open('w', 'ada')
      if (!purse) throw new Error('They have too many sockets.')
      return intakeOf(purse)
    }
    const intakeOf = (purse: Purse) =>
      new Intake({
        purse,
        handle: ({ data }) => {
          handled.push(data.length)
          now += 3
        },
        pause: () => {
          paused = true
        },
        resume: () => {
          paused = false
        },
        tooMuch: () => expect.unreachable(),
        now: () => now,
        later: (ms, run) => {
          expect(ms).toBe(0)
          const turn = () => run()
          turns.push(turn)
          return () => void turns.splice(turns.indexOf(turn), 1)
        },
      })
    const [intake, another] = [open(), open()]
    const lengths = Array.from({ length: 8 }, (_, index) => index)
    for (const length of lengths) intake.take(message(length))
    const each: number[] = []
    do {
      each.push(handled.length)
      expect(paused).toBe(handled.length < lengths.length)
      for (const turn of turns.splice(0)) turn()
    } while (turns.length > 0)
    expect(each).toEqual([3, 6, 8])
    expect(handled).toEqual(lengths)
    // A turn that is over counts no more.
    intake.take(message(1))
    expect(handled).toHaveLength(9)
    expect(paused).toBe(false)
    // All sockets of one person have the same turn.
    for (const each of [intake, another, another]) each.take(message(1))
    expect(handled).toHaveLength(11)
    for (const turn of turns.splice(0)) turn()
    expect(handled).toHaveLength(12)
  })

  test('is not lost when they leave, as far as their budget reaches; nobody was told that the rest is saved', () => {
    const { enter } = start()
    const [calm, busy] = [enter('ada'), enter('ben')]
    calm.sayTogether([KEY, KEY])
    calm.intake.end()
    expect(calm.handled).toHaveLength(2)
    busy.sayTogether(Array.from({ length: 1_000 }, () => KEY))
    const before = busy.handled.length
    busy.intake.end()
    expect(busy.handled).toHaveLength(before)
  })
})

test('a hundred notes that are pasted at once are no more than a budget allows', () => {
  const { enter } = start()
  const socket = enter('ada')
  const pasted = Array.from({ length: 100 }, () => ({ bytes: 400, ms: 0.5 }))
  socket.sayTogether(pasted)
  expect(socket.handled).toEqual(pasted)
  expect(socket.paused).toBe(false)
})

describe('nobody honest is closed', () => {
  /** A person who comes back in some tabs, each with a full offline copy of two documents, and goes on typing. */
  function comeBack(enter: ReturnType<typeof start>['enter'], person: string, tabs: number, resync: Said) {
    const sockets = Array.from({ length: tabs * 2 }, () => enter(person))
    for (const socket of sockets) {
      socket.say({ bytes: 300, ms: 0 })
      socket.say(resync)
    }
    return sockets
  }

  test('who resynchronises the largest offline copies in four tabs, which all have the same', () => {
    const { clock, enter } = start()
    const sockets = comeBack(enter, 'ada', 4, { bytes: LIMITS.resyncBytes, ms: 130, news: LIMITS.resyncBytes / 8 })
    for (let second = 0; second < 240; second++) {
      clock.forward(1_000)
      if (second < 120) for (const socket of sockets.slice(0, 1)) for (let key = 0; key < 10; key++) socket.say(KEY)
    }
    for (const [index, socket] of sockets.entries()) {
      expect(socket.closed).toBe(false)
      expect(socket.handled).toHaveLength(index === 0 ? 2 + 1_200 : 2)
    }
  })

  test('when sixty come back at once with a long evening’s edits, and all of them are heard within seconds', () => {
    const { clock, enter } = start()
    const busy = enter('already there')
    const people = Array.from({ length: 60 }, (_, index) =>
      comeBack(enter, `person-${index}`, 1, { bytes: 200_000, ms: 30 }),
    )
    for (const sockets of people) for (const socket of sockets) expect(socket.closed).toBe(false)
    for (let second = 0; second < 3; second++) clock.forward(1_000)
    for (const sockets of people) {
      for (const socket of sockets) {
        expect(socket.handled).toHaveLength(2)
        expect(socket.paused).toBe(false)
      }
    }
    busy.say(KEY)
    expect(busy.handled).toEqual([KEY])
  })

  test('when sixty come back at once with as much as the server takes', () => {
    const { clock, enter } = start()
    const people = Array.from({ length: 60 }, (_, index) =>
      comeBack(enter, `person-${index}`, 1, { bytes: LIMITS.resyncBytes, ms: 150 }),
    )
    for (let second = 0; second < 120; second++) clock.forward(1_000)
    for (const sockets of people) {
      for (const socket of sockets) {
        expect(socket.handled).toHaveLength(2)
        expect(socket.closed).toBe(false)
        expect(socket.paused).toBe(false)
      }
    }
  })
})
