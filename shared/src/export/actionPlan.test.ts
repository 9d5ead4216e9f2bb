import { describe, expect, it } from 'vitest'
import type { GroupId, NoteId } from '../ids.ts'
import { groupWith, INES, MAREN, noteOf, planOf, TOMASZ } from '../workshop.fixture.ts'
import { exported, mapOf, marksOf, sectionOf, type Wall } from './plan.fixture.ts'

const action = (id: string, fields: Parameters<typeof noteOf>[2] = {}) => noteOf(id, 'actions', fields)
const actionPlan = (...of: Parameters<typeof exported>) => sectionOf(exported(...of), 'Action plan') ?? ''
const tasks = (...of: Parameters<typeof exported>) => actionPlan(...of).match(/`action:[\w-]+`/g)

describe('the action plan', () => {
  it('holds every action until some are kept, then those, and never a parked one', () => {
    const notes = [action('a'), action('b'), action('c')]
    expect(tasks({ notes })).toEqual(['`action:a`', '`action:b`', '`action:c`'])
    expect(tasks({ notes }, { marks: marksOf({ c: ['parked'] }) })).toEqual(['`action:a`', '`action:b`'])
    const kept = { marks: marksOf({ b: ['kept'], c: ['kept', 'parked'] }) }
    expect(tasks({ notes }, kept)).toEqual(['`action:b`'])
    expect(actionPlan({ notes }, kept)).toMatch(/^0 of 1 actions have an owner\./)
  })

  it('has a group as one action with a plan of its own, and its thread', () => {
    const wall: Wall = {
      groups: [groupWith('g', 'actions', { name: 'Together' }), groupWith('h', 'gaps', { name: 'A gap' })],
      notes: [
        action('a', { group: 'g' as GroupId, under: 'n' as NoteId }),
        action('b', { group: 'g' as GroupId }),
        noteOf('n', 'gaps', { group: 'h' as GroupId }),
      ],
      plan: [
        planOf('g', { owner: { person: INES.id }, firstStep: 'Ask', due: '2026-12-03' }),
        planOf('a', { owner: { person: TOMASZ.id } }),
      ],
    }
    expect(actionPlan(wall)).toBe(`1 of 1 actions have an owner.

- [ ] Together \`action:g\`
  - Owner: Ines
  - Due: 2026-12-03
  - First step: Ask
  - Measure: _none_
  - Thread:
    - Ideal state: _none_
    - Gap: A gap`)
  })

  it('keeps the name of an owner who was removed from the workshop, and says so', () => {
    const former = { ...TOMASZ, name: 'Tomasz *the first*' }
    const wall = { notes: [action('a')], plan: [planOf('a', { owner: { person: former.id } })] }
    const markdown = exported(wall, { people: mapOf([MAREN]), former: mapOf([former]) })
    expect(markdown).toContain('- Owner: Tomasz \\*the first\\* (left the workshop)\n')
    expect(sectionOf(markdown, 'People')).toBe('- Maren (facilitator)\n- Tomasz \\*the first\\* (left the workshop)')
  })
})

describe('people who were removed', () => {
  const notes = [noteOf('a', 'gaps', { author: TOMASZ.id })]

  it('keep their names on what they signed', () => {
    const markdown = exported({ notes }, { people: mapOf([MAREN]), former: mapOf([TOMASZ]) })
    expect(markdown).toContain('- a — Tomasz\n')
    expect(sectionOf(markdown, 'People')).toBe('- Maren (facilitator)\n- Tomasz (left the workshop)')
  })

  it('are told from those with the same name who came back', () => {
    const again = { ...TOMASZ, id: 'again' as typeof TOMASZ.id, joinedAt: 9 }
    const markdown = exported({ notes }, { people: mapOf([MAREN, again]), former: mapOf([TOMASZ]) })
    expect(sectionOf(markdown, 'People')?.split('\n')).toEqual([
      '- Maren (facilitator)',
      '- Tomasz (left the workshop)',
      '- Tomasz (2)',
    ])
  })

  it('are left out where nothing of theirs stands', () => {
    const stage = { people: mapOf([MAREN]), former: mapOf([TOMASZ]) }
    expect(exported({}, stage)).not.toContain('Tomasz')
    expect(exported({ notes: notes.map((note) => ({ ...note, removed: true })) }, stage)).not.toContain('Tomasz')
  })
})

describe('where the thread is broken', () => {
  const broken = (...of: Parameters<typeof exported>) => sectionOf(exported(...of), 'Where the thread is broken')

  it('is a checklist of every break, with its words', () => {
    const notes = [
      noteOf('s', 'ideal', { text: '*Starred*' }),
      noteOf('true', 'ideal'),
      noteOf('g', 'gaps'),
      action('a'),
    ]
    expect(broken({ notes }, { marks: marksOf({ true: ['true'] }) })).toBe(
      [
        '- [ ] A statement has no gap: \\*Starred\\*',
        '- [ ] A gap has no statement: g',
        '- [ ] A gap has no action: g',
        '- [ ] An action has no gap: a',
        '- [ ] An action has no owner: a',
      ].join('\n'),
    )
  })

  it('is no section where it is whole, as through groups', () => {
    const group = (id: string) => ({ group: id as GroupId })
    const wall = {
      groups: [groupWith('s', 'ideal'), groupWith('g', 'gaps'), groupWith('a', 'actions')],
      notes: [
        noteOf('s1', 'ideal', group('s')),
        noteOf('g1', 'gaps', { ...group('g'), under: 's1' as NoteId }),
        action('a1', { ...group('a'), under: 'g1' as NoteId }),
      ],
      plan: [planOf('a', { owner: { name: 'Hannah' } })],
    }
    expect(broken(wall)).toBeUndefined()
  })
})
