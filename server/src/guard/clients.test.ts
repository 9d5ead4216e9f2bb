import type { PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { describe, expect, it } from 'vitest'
import { Clients, MOST_HEARD } from './clients.ts'

const tomasz = 'tomasz' as PersonId
const ines = 'ines' as PersonId
const HOUR = 60 * 60 * 1000

describe('client ids', () => {
  it('belong to who named them first, for ever', () => {
    const clients = new Clients([[7, ines]])
    expect(clients.bind(8, tomasz, 0, false)).toBe('bound')
    expect(clients.bind(8, tomasz, HOUR, true)).toBe('bound')
    expect(clients.bind(8, ines, 0, false)).toBe('another')
    expect(clients.bind(7, tomasz, 0, false)).toBe('another')
    expect([7, 8, 9].map((client) => clients.owner(client))).toEqual([ines, tomasz, undefined])
  })

  it('of the server are nobody’s, also where somebody had named one', () => {
    const clients = new Clients([[7, ines]])
    clients.reserve(7)
    clients.reserve(8)
    expect([7, 8].map((client) => clients.bind(client, ines, 0, false))).toEqual(['another', 'another'])
    expect([7, 8].map((client) => clients.owner(client))).toEqual([undefined, undefined])
  })

  it('that stand in a document and are bound to nobody cannot be taken', () => {
    const clients = new Clients([])
    expect(clients.bind(7, tomasz, 0, true)).toBe('another')
    expect(clients.owner(7)).toBeUndefined()
  })

  it('are so many within any hour for each person, and known ones do not count', () => {
    const clients = new Clients([[1, tomasz]])
    const bind = (client: number, now: number, person = tomasz) => clients.bind(client, person, now, false)
    for (let nth = 0; nth < LIMITS.newClientIdsPerHour; nth++) expect(bind(100 + nth, nth)).toBe('bound')
    expect(bind(200, HOUR - 1)).toBe('too many')
    expect(clients.owner(200)).toBeUndefined()
    expect(bind(1, HOUR - 1)).toBe('bound')
    expect(bind(100, HOUR - 1)).toBe('bound')
    expect(bind(200, HOUR - 1, ines)).toBe('bound')
    // The first was named at 0, the second one millisecond later.
    expect([bind(201, HOUR), bind(202, HOUR)]).toEqual(['bound', 'too many'])
  })

  it('count for who pays for them, and belong to whom they are given', () => {
    const clients = new Clients([])
    const screen = 'screen' as PersonId
    for (let nth = 0; nth < LIMITS.newClientIdsPerHour; nth++) clients.bind(nth, screen, 0, false, tomasz)
    expect(clients.bind(100, screen, 0, false, tomasz)).toBe('too many')
    expect(clients.bind(101, tomasz, 0, false)).toBe('too many')
    expect(clients.bind(102, screen, 0, false, ines)).toBe('bound')
    expect(clients.bind(103, ines, 0, false)).toBe('bound')
    expect([0, 102, 103].map((client) => clients.owner(client))).toEqual([screen, screen, ines])
    expect(clients.bind(102, ines, 0, false)).toBe('another')
  })

  it('stay known where others heard of them, the latest of very many', () => {
    const clients = new Clients([[7, ines]], [[8, tomasz]])
    expect(clients.bind(8, ines, 0, false)).toBe('another')
    expect([7, 8].map((client) => clients.hear(client))).toEqual([undefined, undefined])
    expect(clients.isSaved(8)).toBe(false)
    const ids = Array.from({ length: MOST_HEARD }, (_, nth) => 100 + nth)
    const forgotten = ids.map((client) => clients.hear(client))
    expect(forgotten.slice(0, -1).every((each) => each?.length === 0)).toBe(true)
    expect(forgotten.at(-1)).toEqual([8])
    expect(clients.hear(100)).toBeUndefined()
  })

  it('are saved when that is said', () => {
    const clients = new Clients([[7, ines]])
    clients.bind(8, tomasz, 0, false)
    expect([7, 8].map((client) => clients.isSaved(client))).toEqual([true, false])
    clients.saved(8)
    expect(clients.isSaved(8)).toBe(true)
  })
})
