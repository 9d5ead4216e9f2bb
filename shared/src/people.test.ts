import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PersonId } from './ids.ts'
import { displayNames, initial } from './people.ts'
import type { Person } from './stage.ts'

const named = (...names: readonly string[]) =>
  names.map((name, index): Person => {
    return { id: `p${index}` as PersonId, name, role: 'member', joinedAt: index }
  })
const shown = (people: readonly Person[]) => [...displayNames(people).values()]

describe('the names to show', () => {
  it('are the names themselves where no two are the same', () => {
    expect(shown(named('Kofi', 'Ines'))).toEqual(['Kofi', 'Ines'])
  })

  it('tell people with the same name apart, by the order in which they came', () => {
    expect(shown(named('Kofi', 'Kofi', 'Kofi'))).toEqual(['Kofi', 'Kofi (2)', 'Kofi (3)'])
    expect(shown(named('Kofi', 'Kofi').reverse())).toEqual(['Kofi', 'Kofi (2)'])
  })

  it('take no notice of case, of surrounding space, or of how an accent is spelled', () => {
    expect(shown(named('Inês', 'INÊS', ' inês ', 'Ine\u0302s'))).toEqual([
      'Inês',
      'INÊS (2)',
      'inês (3)',
      'Ine\u0302s (4)',
    ])
  })

  it('tell apart somebody who calls themselves "Kofi (2)"', () => {
    expect(shown(named('Kofi (2)', 'Kofi', 'Kofi'))).toEqual(['Kofi (2)', 'Kofi', 'Kofi (3)'])
    expect(shown(named('Kofi', 'Kofi', 'Kofi (2)'))).toEqual(['Kofi', 'Kofi (2)', 'Kofi (2) (2)'])
  })

  const crowd = fc
    .array(fc.constantFrom('Kofi', 'kofi', ' Kofi', 'Kofi (2)', 'Kofi (2) (2)', 'KOFI (3)', 'Ines'), { maxLength: 12 })
    .map((names) => named(...names))

  it('are never the same for two people, and the same in whatever order people are listed', () => {
    fc.assert(
      fc.property(crowd, (people) => {
        const names = displayNames(people)
        expect(new Set([...names.values()].map((name) => name.trim().toLowerCase())).size).toBe(people.length)
        expect(new Map(displayNames(people.toReversed()))).toEqual(new Map(names))
      }),
    )
  })

  it('do not change for those who are here when somebody comes', () => {
    fc.assert(
      fc.property(crowd, (people) => {
        const before = displayNames(people.slice(0, -1))
        const after = displayNames(people)
        for (const [id, name] of before) expect(after.get(id)).toBe(name)
      }),
    )
  })

  it('go by id for people who came in the same millisecond', () => {
    const people = named('Kofi', 'Kofi').map((person) => ({ ...person, joinedAt: 0 }))
    expect(displayNames(people.reverse()).get('p1' as PersonId)).toBe('Kofi (2)')
  })
})

describe('the initial of a name', () => {
  it.each([
    ['kofi', 'K'],
    ['  ines', 'I'],
    ['élan', 'É'],
    ['e\u0301lan', 'E\u0301'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧'],
    ['🇩🇪', '🇩🇪'],
    ['שלום', 'ש'],
    ['日本', '日'],
    ['', '?'],
    ['  ', '?'],
  ])('of %j is %j', (name, expected) => {
    expect(initial(name)).toBe(expected)
  })
})
