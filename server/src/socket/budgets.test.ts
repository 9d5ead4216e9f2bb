import { BUDGETS, HOPELESS, LIMITS, type Rate } from '@quintet/shared/limits'
import { describe, expect, test } from 'vitest'
import { handClock } from '../testing/handClock.ts'
import { Budgets, type Purse } from './budgets.ts'

function start() {
  const clock = handClock({ goes: false })
  const budgets = new Budgets(clock.now)
  const open = (person: string, workshop = 'w'): Purse => {
    const purse = budgets.open(workshop, person)
    if (!purse) throw new Error('They have too many sockets.')
    return purse
  }
  return { clock, budgets, open }
}

const atOnce = ({ perSecond, burst }: Rate) => (perSecond * burst) / 1_000

describe('a budget', () => {
  test('of one socket holds back that socket alone', () => {
    const { clock, open } = start()
    const [busy, calm] = [open('ada'), open('ada')]
    const most = atOnce(BUDGETS.socket.messages)
    for (let count = 0; count < most; count++) busy.read(10)
    expect(busy.wait()).toBe(0)
    busy.read(10)
    expect(busy.wait()).toBeGreaterThan(0)
    expect(calm.wait()).toBe(0)
    clock.forward(Math.ceil(busy.wait()))
    expect(busy.wait()).toBe(0)
  })

  test('of presence lets a hand go from note to note as often as it can', () => {
    const { open } = start()
    const purse = open('ada')
    const most = atOnce(BUDGETS.socket.presence)
    expect(most).toBeGreaterThan(80)
    for (let count = 0; count < most; count++) purse.said()
    expect(purse.wait()).toBe(0)
    purse.said()
    expect(purse.wait()).toBeGreaterThan(0)
  })

  test('of bytes is per socket too', () => {
    const { open } = start()
    const [busy, calm] = [open('ada'), open('ada')]
    for (let bytes = 0; bytes <= atOnce(BUDGETS.socket.bytes); bytes += LIMITS.updateBytes)
      busy.read(LIMITS.updateBytes)
    expect(busy.wait()).toBeGreaterThan(0)
    expect(calm.wait()).toBe(0)
  })

  test.each([
    ['messages', (purse: Purse) => purse.read(1), atOnce(BUDGETS.person.messages)],
    ['bytes', (purse: Purse) => purse.read(LIMITS.updateBytes), atOnce(BUDGETS.person.bytes) / LIMITS.updateBytes],
    ['bytes of edits', (purse: Purse) => purse.edited(1_024), atOnce(BUDGETS.person.editsAtOnce) / 1_024],
    ['ms of judging', (purse: Purse) => purse.judged(1), atOnce(BUDGETS.person.judgingAtOnce)],
    ['answers', (purse: Purse) => purse.answered(1e6), atOnce(BUDGETS.person.answers) / 1e6],
  ])('of one person counts the %s of all their sockets, and holds back nobody else', (_what, spend, most) => {
    const { open } = start()
    const sockets = Array.from({ length: 6 }, () => open('ada'))
    const other = open('ben')
    const take = (count: number) => {
      for (let done = 0; done < count; done++) {
        const socket = sockets[done % sockets.length]
        if (socket) spend(socket)
      }
    }
    take(Math.floor(most))
    for (const socket of sockets) expect(socket.wait()).toBe(0)
    take(1)
    for (const socket of sockets) expect(socket.wait()).toBeGreaterThan(0)
    expect(other.wait()).toBe(0)
  })

  test('of edits lets one large piece through at a time, and as much in the long run as everybody’s line carries', () => {
    const { clock, open } = start()
    const purse = open('ada')
    const piece = LIMITS.updateBytes
    const took: number[] = []
    for (let ms = 0; ms < 60_000; ms += 5) {
      if (purse.wait() === 0) {
        purse.edited(piece)
        took.push(ms)
      }
      clock.forward(5)
    }
    const apart = took.slice(1).map((at, index) => at - (took[index] ?? 0))
    // The first is within what may come at once, in part.
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(200)
    expect(took.length * piece).toBeLessThanOrEqual(
      atOnce(BUDGETS.person.edits) + 60 * BUDGETS.person.edits.perSecond + piece,
    )
  })

  test('of edits is enough for a day of typing, and lets nobody fill memory and disk by writing without a pause', () => {
    const { clock, open } = start()
    const hours = 8
    // Ten letters a second, of thirty bytes each.
    const typist = open('ada')
    const flood = open('eve')
    let written = 0
    for (let second = 0; second < hours * 3_600; second++) {
      typist.edited(300)
      expect(typist.wait()).toBe(0)
      for (; flood.wait() === 0; written += LIMITS.updateBytes) flood.edited(LIMITS.updateBytes)
      clock.forward(1_000)
    }
    expect(written).toBeLessThan(80 * 1024 * 1024)
  })

  test('of judging is a small part of the loop for one person, in every second and in the long run', () => {
    const { clock, open } = start()
    const purse = open('ada')
    const took: number[] = []
    for (let ms = 0; ms < 120_000; ms += 5) {
      // As fast as they are let: forty ms is the longest that one check takes.
      if (purse.wait() === 0) {
        purse.judged(40)
        took.push(ms)
      }
      clock.forward(5)
    }
    const inLast = (span: number) =>
      Math.max(...took.map((end) => 40 * took.filter((at) => at > end - span && at <= end).length))
    expect(inLast(1_000)).toBeLessThanOrEqual(300)
    expect(40 * took.length).toBeLessThanOrEqual(
      atOnce(BUDGETS.person.judging) + 120 * BUDGETS.person.judging.perSecond,
    )
  })

  test('of a workshop holds back everybody there, and nobody elsewhere', () => {
    const { open } = start()
    const people = Array.from({ length: 300 }, (_, index) => open(`person-${index}`))
    const elsewhere = open('person-0', 'another')
    for (const purse of people) purse.judged(35)
    for (const purse of people) expect(purse.wait()).toBeGreaterThan(0)
    expect(open('newcomer').wait()).toBeGreaterThan(0)
    expect(elsewhere.wait()).toBe(0)
  })

  test('stays what it is for who leaves and comes back, and is forgotten once it is whole', () => {
    const { clock, budgets, open } = start()
    const purse = open('ada')
    purse.judged(3_000)
    purse.close()
    purse.close()
    const again = open('ada')
    const wait = again.wait()
    expect(wait).toBeGreaterThan(10_000)
    again.close()
    clock.forward(70_000)
    open('ben').close()
    expect(budgets.people).toBe(2)
    clock.forward(70_000)
    open('cem')
    expect(budgets.people).toBe(1)
  })

  test('of refusals: thirty at once, then one every ten seconds', () => {
    const { clock, open } = start()
    const purse = open('ada')
    for (let count = 0; count < atOnce(BUDGETS.person.refusals); count++) expect(purse.refused()).toBe(false)
    expect(open('ben').refused()).toBe(false)
    expect(purse.refused()).toBe(true)
    clock.forward(1_000 / BUDGETS.person.refusals.perSecond)
    expect(purse.refused()).toBe(true)
    clock.forward(2_000 / BUDGETS.person.refusals.perSecond)
    expect(purse.refused()).toBe(false)
  })
})

test('nobody opens more sockets than sixteen tabs have, and who closes one opens another', () => {
  const { budgets, open } = start()
  const purses = Array.from({ length: HOPELESS.sockets }, () => open('ada'))
  expect(budgets.open('w', 'ada')).toBeUndefined()
  expect(budgets.open('w', 'ben')).toBeDefined()
  expect(budgets.open('another', 'ada')).toBeDefined()
  purses[0]?.close()
  expect(budgets.open('w', 'ada')).toBeDefined()
})

test('nobody lets more wait than eight full answers, over all their sockets, and what a socket held goes with it', () => {
  const { open } = start()
  const [first, second, other] = [open('ada'), open('ada'), open('ben')]
  expect(first.holds(HOPELESS.held)).toBe(false)
  expect(second.holds(1)).toBe(true)
  expect(other.holds(HOPELESS.held)).toBe(false)
  expect(first.holds(HOPELESS.held - 1)).toBe(false)
  expect(second.holds(2)).toBe(true)
  first.close()
  first.holds(HOPELESS.held)
  expect(second.holds(HOPELESS.held)).toBe(false)
})

test('nobody comes again and again as fast as they can; what they say through the sockets they have is read', () => {
  const { clock, budgets, open } = start()
  const stays = open('ada')
  for (let count = 0; count < atOnce(BUDGETS.person.connections); count++) open('ada').close()
  expect(budgets.open('w', 'ada')).toBeUndefined()
  expect(stays.wait()).toBe(0)
  expect(budgets.open('w', 'ben')).toBeDefined()
  // Knocking makes the wait no longer.
  for (let count = 0; count < 1_000; count++) budgets.open('w', 'ada')
  clock.forward(1_000 / BUDGETS.person.connections.perSecond)
  open('ada').close()
  expect(budgets.open('w', 'ada')).toBeUndefined()
})

test('who comes back in three tabs every few seconds, as a bad network makes them, is always let in', () => {
  const { clock, budgets } = start()
  for (let times = 0; times < 400; times++) {
    for (let socket = 0; socket < 12; socket++) {
      const purse = budgets.open('w', 'ada')
      expect(purse).toBeDefined()
      purse?.close()
    }
    clock.forward(1_500)
  }
})
