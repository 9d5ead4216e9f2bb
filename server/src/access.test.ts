import { OPEN_AGENDA } from '@quintet/shared/agenda'
import type { PersonId } from '@quintet/shared/ids'
import { SCREEN_SEAT } from '@quintet/shared/protocol'
import { NO_PROGRESS, type Person, type StageView } from '@quintet/shared/stage'
import { resetTimer } from '@quintet/shared/timer'
import { describe, expect, it } from 'vitest'
import { bearerOf, cookieOf, hashSecret, newSecret, roleOf, sameSecret, seated, seatThrough } from './access.ts'
import type { Key, Seat } from './store/store.ts'

const SECRET = 'abcdefghijklmnopqrst-_'

describe('cookieOf', () => {
  it.each([
    [`quintet=${SECRET}`, SECRET],
    [`a=b; quintet=${SECRET}; c`, SECRET],
    [`quintet=short; quintet=${SECRET}`, SECRET],
    [` quintet = ${SECRET} `, SECRET],
    [`xquintet=${SECRET}`, undefined],
    [`quintet=${SECRET}x`, undefined],
    [`quintet="${SECRET}"`, undefined],
    [`quintet=${SECRET.slice(1)}%41`, undefined],
    [SECRET, undefined],
    [`=${SECRET}`, undefined],
    ['', undefined],
    [';;;=;', undefined],
    [undefined, undefined],
  ])('of %j is %j', (cookie, expected) => expect(cookieOf({ cookie })).toBe(expected))
})

describe('bearerOf', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer  abc ', 'abc'],
    ['Bearer a b', undefined],
    ['Bearer ', undefined],
    ['Bearerabc', undefined],
    ['Basic abc', undefined],
    [undefined, undefined],
  ])('of %j is %j', (authorization, expected) => expect(bearerOf({ authorization })).toBe(expected))
})

describe('secrets', () => {
  it('are 128 random bits as they stand in links', () => {
    const secrets = Array.from({ length: 100 }, newSecret)
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(new Set(secrets).size).toBe(100)
  })

  it('are compared whole, whatever their length', () => {
    expect(sameSecret('sésame', 'sésame')).toBe(true)
    for (const other of ['', 'sésam', 'sésame ', 'SÉSAME']) expect(sameSecret(other, 'sésame')).toBe(false)
  })
})

const person = (id: string, role: Person['role']): Person => ({ id: id as PersonId, name: id, role, joinedAt: 1 })
const stage = (...people: Person[]): StageView => ({
  title: 'x',
  createdAt: 1,
  state: 'running',
  closedAt: null,
  reopenedAt: null,
  agenda: OPEN_AGENDA,
  at: { phase: 'principles', step: 'principles-1' as StageView['at']['step'] },
  resume: {},
  timer: resetTimer(0),
  locks: {},
  people: new Map(people.map((each) => [each.id, each])),
  former: new Map(),
  rounds: [],
  marks: new Map(),
  left: null,
  countdown: null,
  reveal: null,
  progress: NO_PROGRESS,
})
const seat = (id: string, key: string, observer: string | null = null): Seat => {
  return { cookie: 'c', person: id as PersonId, observer, key }
}

describe('what somebody may do', () => {
  it('is decided by the stage, not by the seat or key with which they came', () => {
    const key: Key = { kind: 'person', hash: 'k', person: 'kofi' as PersonId }
    for (const role of ['member', 'facilitator'] as const) {
      const now = stage(person('kofi', role))
      expect(seated([seat('kofi', 'i')], 'kofi', now)?.role).toBe(role)
      expect(roleOf(key, now)).toBe(role)
    }
    expect(seated([seat('kofi', 'i')], 'kofi', stage())).toBeUndefined()
    expect(roleOf(key, stage())).toBeUndefined()
  })

  it('is an observer’s in the big screen’s seat, which needs a seat of somebody who is still there', () => {
    const seats = [seat('gone', 'i'), seat('maren', 'k')]
    const screen = seated(seats, SCREEN_SEAT, stage(person('maren', 'facilitator')))
    expect(screen).toEqual({ person: SCREEN_SEAT, role: 'observer' })
    expect(seated(seats, SCREEN_SEAT, stage())).toBeUndefined()
    expect(seated([], SCREEN_SEAT, stage())).toBeUndefined()
    expect(seated([seat('lars', 'o', 'Lars')], SCREEN_SEAT, stage())?.role).toBe('observer')
  })
})

describe('seatThrough', () => {
  const invitation = (role: 'member' | 'observer') => ({ kind: 'invitation', hash: 'now', role, secret: '' }) as const
  const own: Key = { kind: 'person', hash: 'own', person: 'maren' as PersonId }
  const keyOf = async (hash: string) => (hash === 'own' ? own : hash === 'now' ? invitation('member') : undefined)

  it.each([
    ['the same invitation', [seat('a', 'own'), seat('b', 'replaced'), seat('c', 'now')], 'member', 'c'],
    ['one that was replaced by it', [seat('a', 'own'), seat('b', 'replaced')], 'member', 'b'],
    ['nothing but a key of one’s own', [seat('a', 'own')], 'member', undefined],
    ['a replaced one of the other kind', [seat('b', 'replaced', 'Lars')], 'member', undefined],
    ['a replaced one of observers', [seat('a', 'replaced'), seat('b', 'replaced', 'Lars')], 'observer', 'b'],
    ['nothing', [], 'member', undefined],
  ] as const)('leads a browser that came through %s', async (_what, seats, role, expected) => {
    expect((await seatThrough(invitation(role), seats, keyOf))?.person).toBe(expected)
  })

  it('never stores a secret as it is', () => {
    expect(hashSecret(SECRET)).toMatch(/^[0-9a-f]{64}$/)
    expect(hashSecret(SECRET)).not.toBe(hashSecret(`${SECRET}x`))
  })
})
