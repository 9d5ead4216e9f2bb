import { describe, expect, it } from 'vitest'
import type { GroupId, NoteId } from '../ids.ts'
import type { PhaseId } from '../phases.ts'
import { EVERY_STEP, groupWith, INES, MAREN, noteOf, planOf, TOMASZ } from '../workshop.fixture.ts'
import { closedRound, exported, marksOf, sectionOf, type Wall } from './plan.fixture.ts'

const inGroup = (id: string) => ({ group: id as GroupId })
const under = (id: string) => ({ under: id as NoteId })

/** The lines of a phase's section behind its question. */
function linesOf(heading: string, wall: Wall, stage: Parameters<typeof exported>[1] = {}): readonly string[] {
  const lines = sectionOf(exported(wall, stage), heading)?.split('\n') ?? []
  return lines.slice(1).filter((line) => line !== '')
}

const principle = (id: string, fields: Parameters<typeof noteOf>[2] = {}) => noteOf(id, 'principles', fields)

describe('a phase of the exported plan', () => {
  it('has groups with their notes below them, in the order of the wall', () => {
    const wall = {
      groups: [groupWith('g', 'principles', { name: 'Paved roads', order: 'a2' })],
      notes: [
        principle('loose first', { order: 'a1', author: MAREN.id }),
        principle('second', { ...inGroup('g'), order: 'a2', author: INES.id }),
        principle('first', { ...inGroup('g'), order: 'a1', author: TOMASZ.id }),
        principle('loose last', { order: 'a3' }),
      ],
    }
    expect(linesOf('Principles', wall)).toEqual([
      '- loose first — Maren',
      '- Paved roads',
      '  - first — Tomasz',
      '  - second — Ines',
      '- loose last',
    ])
  })

  it('calls a group without a name by its first note, and leaves out one without notes', () => {
    const wall = {
      groups: [groupWith('g', 'principles'), groupWith('empty', 'principles', { name: 'Nothing in it' })],
      notes: [principle('a', inGroup('g')), principle('b', { ...inGroup('empty'), removed: true })],
    }
    expect(linesOf('Principles', wall)).toEqual(['- a', '  - a'])
  })

  it('has a merged group under the name of the one that is left', () => {
    const wall = {
      groups: [
        groupWith('g', 'principles', { name: 'Left' }),
        groupWith('m', 'principles', { name: 'Merged', into: 'g' as GroupId }),
      ],
      notes: [principle('a', inGroup('m'))],
    }
    expect(linesOf('Principles', wall)).toEqual(['- Left', '  - a'])
  })

  it('says what was kept, then what was not', () => {
    const wall = {
      groups: [groupWith('g', 'principles', { name: 'Group' })],
      notes: [principle('no'), principle('yes'), principle('in', inGroup('g'))],
    }
    expect(linesOf('Principles', wall, { marks: marksOf({ yes: ['kept'] }) })).toEqual([
      'Kept:',
      '- yes',
      'Not kept:',
      '- Group',
      '  - in',
      '- no',
    ])
    // A kept note keeps the group that it was put into.
    expect(linesOf('Principles', wall, { marks: marksOf({ in: ['kept'] }) })).toEqual([
      'Kept:',
      '- Group',
      '  - in',
      'Not kept:',
      '- no',
      '- yes',
    ])
  })

  it('stands by votes, most first, with ties shown as ties', () => {
    const notes = ['a', 'b', 'c', 'd'].map((id) => principle(id, { author: INES.id }))
    const rounds = [closedRound('principles', { b: 2, c: 5, d: 2 })]
    expect(linesOf('Principles', { notes }, { rounds, marks: marksOf({ b: ['kept'], c: ['kept'] }) })).toEqual([
      '3 of 3 people voted, with 5 dots each: 9 votes.',
      'Kept:',
      '- c — Ines, _5 votes_',
      '- b — Ines, _2 votes, tied_',
      'Not kept:',
      '- d — Ines, _2 votes, tied_',
      '- a — Ines',
    ])
  })

  it('has kept gaps under their statements, and loose ones apart', () => {
    const wall = {
      groups: [groupWith('s', 'ideal', { name: 'Statement', order: 'a1' })],
      notes: [
        noteOf('n', 'ideal', inGroup('s')),
        noteOf('g1', 'gaps', { ...under('n'), order: 'a1' }),
        noteOf('g2', 'gaps', { ...under('s'), order: 'a2' }),
        noteOf('g3', 'gaps', { order: 'a3' }),
        noteOf('g4', 'gaps', { ...under('s'), order: 'a4' }),
      ],
    }
    const marks = marksOf({ g1: ['kept'], g2: ['kept'], g3: ['kept'] })
    expect(linesOf('Gaps', wall, { marks })).toEqual([
      'Kept:',
      '- Statement',
      '  - g1',
      '  - g2',
      'Under no statement:',
      '- g3',
      'Not kept:',
      '- g4',
    ])
  })

  it('names what is missing where it is missing', () => {
    const statement = (id: string, text: string) => noteOf(id, 'ideal', { text })
    const notes = [
      statement('a1', 'has a gap'),
      statement('a2', 'has none'),
      statement('a3', 'is true'),
      statement('a4', 'has one that was not kept'),
      statement('a5', 'has one that is parked'),
      statement('a6', 'was not kept'),
      noteOf('kept', 'gaps', under('a1')),
      noteOf('not kept', 'gaps', under('a4')),
      noteOf('parked', 'gaps', under('a5')),
    ]
    const marks = marksOf({
      a1: ['kept'],
      a2: ['kept'],
      a3: ['kept', 'true'],
      a4: ['kept'],
      a5: ['kept'],
      kept: ['kept'],
      parked: ['parked'],
    })
    expect(linesOf('Gaps', { notes }, { marks })).toEqual([
      'Kept:',
      '- has a gap',
      '  - kept',
      '- has none',
      '  - _no gap_',
      '- is true',
      '  - _it is true already_',
      '- has one that was not kept',
      '  - _no gap that was kept_',
      '- has one that is parked',
      '  - _no gap_',
      'Not kept:',
      '- not kept',
    ])
    expect(linesOf('Actions', { notes: notes.filter(({ phase }) => phase === 'gaps') }, { marks })).toEqual([
      'No actions yet.',
    ])
  })

  it('keeps what hangs under a gap that was not kept where it hangs', () => {
    const notes = [noteOf('kept', 'gaps'), noteOf('other', 'gaps'), noteOf('a', 'actions', under('other'))]
    expect(linesOf('Actions', { notes }, { marks: marksOf({ kept: ['kept'] }) })).toEqual([
      '- kept',
      '  - _no action_',
      '- other',
      '  - a',
    ])
  })

  it('misses nothing of a phase that the agenda leaves out', () => {
    const agenda = { phases: EVERY_STEP.phases.filter(({ phase }) => phase === 'actions' || phase === 'owners') }
    const notes = [noteOf('a', 'actions', { author: INES.id })]
    expect(linesOf('Actions', { notes }, { agenda })).toEqual(['- a — Ines'])
    const markdown = exported({ notes, plan: [planOf('a', { owner: { person: INES.id } })] }, { agenda })
    expect(sectionOf(markdown, 'Action plan')?.split('\n').slice(2)).toEqual([
      '- [ ] a `action:a`',
      '  - Owner: Ines',
      '  - Due: _none_',
      '  - First step: _none_',
      '  - Measure: _none_',
    ])
    expect(sectionOf(markdown, 'Where the thread is broken')).toBeUndefined()
    expect(markdown.match(/^## .*/gm)).toEqual(['## People', '## Action plan', '## Actions'])
  })

  it('says of a statement which principle it names and that it is true already', () => {
    const notes = [
      principle('p', { text: 'Docs before tickets' }),
      noteOf('s', 'ideal', { ...under('p'), author: INES.id }),
    ]
    const stage = { marks: marksOf({ s: ['true'] }), rounds: [closedRound('ideal', { s: 1 })] }
    expect(linesOf('Ideal state', { notes }, stage)).toEqual([
      '1 of 3 people voted, with 5 dots each: 1 vote.',
      '- s — Ines, _1 vote, true already_',
      '  - Principle: Docs before tickets',
    ])
  })
})

describe('what was parked', () => {
  const parked = (wall: Wall, stage: Parameters<typeof exported>[1]) => sectionOf(exported(wall, stage), 'Parked')

  it('is a section of its own, and in no phase', () => {
    const wall = {
      groups: [groupWith('g', 'gaps', { name: 'Group' }), groupWith('h', 'ideal', { name: 'Mostly here' })],
      notes: [
        principle('p', { author: MAREN.id }),
        principle('stays'),
        noteOf('a', 'gaps', inGroup('g')),
        noteOf('i', 'ideal', inGroup('h')),
        noteOf('j', 'ideal', inGroup('h')),
        noteOf('x', 'actions'),
      ],
    }
    const stage = {
      marks: marksOf({ p: ['parked', 'kept'], g: ['parked'], j: ['parked'], x: ['parked'] }),
      rounds: [closedRound('gaps', { g: 3 })],
    }
    expect(parked(wall, stage)).toBe(
      ['- Principle: p — Maren', '- Statement: j', '- Gap: Group — _3 votes_', '  - a', '- Action: x'].join('\n'),
    )
    expect(linesOf('Principles', wall, stage)).toEqual(['- stays'])
    expect(linesOf('Ideal state', wall, stage)).toEqual(['- Mostly here', '  - i'])
    expect(linesOf('Gaps', wall, stage).at(-1)).toBe('No gaps yet.')
    expect(sectionOf(exported(wall, stage), 'Action plan')).toBe('No actions yet.')
  })

  it('is no section where nothing was, or where it was removed', () => {
    const notes = [principle('p', { removed: true })]
    expect(parked({ notes }, { marks: marksOf({ p: ['parked'] }) })).toBeUndefined()
  })

  it.each(['principles', 'ideal', 'gaps', 'actions'] satisfies PhaseId[])('is found in %s', (phase) => {
    const notes = [noteOf('n', phase, { text: 'Put aside' })]
    expect(parked({ notes }, { marks: marksOf({ n: ['parked'] }) })).toContain('Put aside')
  })
})
