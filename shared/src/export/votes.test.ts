import { describe, expect, it } from 'vitest'
import type { GroupId } from '../ids.ts'
import { groupWith, noteOf } from '../workshop.fixture.ts'
import { closedRound, exported, sectionOf } from './plan.fixture.ts'

const gap = (id: string, fields: Parameters<typeof noteOf>[2] = {}) => noteOf(id, 'gaps', fields)
const gaps = (...of: Parameters<typeof exported>) => sectionOf(exported(...of), 'Gaps') ?? ''
const NOTES = [gap('a'), gap('b')]

describe('votes in the exported plan', () => {
  it('are those of the last round, and earlier rounds are history', () => {
    const rounds = [
      closedRound('gaps', { a: 2, b: 2 }, { openedAt: 1, budget: 1 }),
      closedRound('ideal', { s: 5 }, { openedAt: 2 }),
      closedRound('gaps', { b: 4 }, { openedAt: 3 }),
    ]
    expect(gaps({ notes: NOTES }, { rounds })).toBe(`_What stands between today and that?_

Round 2: 1 of 3 people voted, with 5 dots each: 4 votes.

Under no statement:

- b — _4 votes_
- a

Earlier rounds:

- Round 1: 2 of 3 people voted, with 1 dot each: 4 votes
  - 2 votes, tied: a
  - 2 votes, tied: b`)
  })

  it('are no word before a round is closed, and none of one that is open again', () => {
    const silent = gaps({ notes: NOTES })
    expect(silent).not.toContain('vote')
    const open = closedRound('gaps', { a: 3 }, { state: 'open', closedAt: null })
    expect(gaps({ notes: NOTES }, { rounds: [open] })).toBe(silent)
    expect(gaps({ notes: NOTES }, { rounds: [{ ...open, tally: null }] })).toBe(silent)
    const before = closedRound('gaps', { b: 1 }, { openedAt: 1 })
    expect(gaps({ notes: NOTES }, { rounds: [before, open] })).toBe(gaps({ notes: NOTES }, { rounds: [before] }))
  })

  it('say so of a round in which nobody voted', () => {
    expect(gaps({ notes: NOTES }, { rounds: [closedRound('gaps', {})] })).toContain(
      '0 of 3 people voted, with 5 dots each: 0 votes.',
    )
  })

  it('are summed up for what was grouped and merged since, and those on what is gone are counted without its words', () => {
    const wall = {
      groups: [
        groupWith('g', 'gaps', { name: 'Together' }),
        groupWith('m', 'gaps', { name: 'Merged away', into: 'g' as GroupId }),
      ],
      notes: [gap('a', { group: 'g' as GroupId }), gap('b'), gap('secret', { removed: true })],
    }
    const round = closedRound('gaps', { a: 3, b: 1, secret: 2, m: 1, never: 1 })
    const section = gaps(wall, { rounds: [round] })
    expect(section).toContain('8 votes. 3 votes went to what was removed or taken apart since.')
    expect(section).toContain('- Together — _4 votes_\n  - a\n- b — _1 vote_')
    const history = gaps(wall, { rounds: [round, closedRound('gaps', { b: 1 }, { openedAt: 11 })] })
    expect(history).toContain(
      [
        '  - 3 votes: a',
        '  - 2 votes: _something that does not stand by itself any more_',
        '  - 1 vote, tied: b',
        '  - 1 vote, tied: _something that does not stand by itself any more_',
      ].join('\n'),
    )
    for (const text of [section, history]) expect(text).not.toMatch(/secret|Merged/)
  })

  it('of a group stay with the whole: its notes get none of them when it is taken apart or emptied', () => {
    const named = (name: string, removed: boolean) => groupWith(name, 'gaps', { name: `Name of ${name}`, removed })
    const wall = { groups: [named('split', true), named('empty', false)], notes: [gap('a'), gap('b')] }
    const round = closedRound('gaps', { split: 3, empty: 2, b: 1 })
    const section = gaps(wall, { rounds: [round] })
    expect(section).toContain('6 votes. 5 votes went to what was removed or taken apart since.')
    expect(section).toContain('- b — _1 vote_\n- a')
    const history = gaps(wall, { rounds: [round, closedRound('gaps', { b: 1 }, { openedAt: 11 })] })
    expect(history).toContain('  - 3 votes: _something that does not stand by itself any more_')
    for (const text of [section, history]) expect(text).not.toContain('Name of')
  })

  it('are tied where grouping made them equal, and not any more where it made them different', () => {
    const wall = { groups: [groupWith('g', 'gaps', { name: 'Together' })], notes: [...NOTES, gap('c'), gap('d')] }
    const round = closedRound('gaps', { a: 2, b: 1, c: 1 })
    expect(gaps(wall, { rounds: [round] })).toContain('- a — _2 votes_\n- b — _1 vote, tied_\n- c — _1 vote, tied_')
    const within = { group: 'g' as GroupId }
    const grouped = gaps({ ...wall, notes: [gap('a'), gap('b', within), gap('c', within)] }, { rounds: [round] })
    expect(grouped).toContain('- a — _2 votes, tied_\n- Together — _2 votes, tied_\n  - b\n  - c')
    const joined = gaps({ ...wall, notes: [gap('a'), gap('b', within), gap('d', within)] }, { rounds: [round] })
    expect(joined).toContain('- a — _2 votes_\n- Together — _1 vote_')
  })

  it('are those of the last round in which somebody voted: one opened by a slip hides nothing', () => {
    const rounds = [closedRound('gaps', { a: 2 }, { openedAt: 1 }), closedRound('gaps', {}, { openedAt: 2 })]
    const section = gaps({ notes: [gap('b'), gap('a')] }, { rounds })
    expect(section).toContain('- a — _2 votes_\n- b')
    expect(section).not.toContain('Earlier rounds')
  })

  it('are told of a phase that has nothing on its wall any more', () => {
    const rounds = [closedRound('gaps', { a: 1 }, { openedAt: 1 }), closedRound('gaps', { a: 1 }, { openedAt: 2 })]
    const section = gaps({ notes: [gap('a', { removed: true })] }, { rounds })
    expect(section).toContain('Round 2: 1 of 3 people voted')
    expect(section).toContain('No gaps yet.')
    expect(section).toContain('Round 1: 1 of 3 people voted')
  })
})
