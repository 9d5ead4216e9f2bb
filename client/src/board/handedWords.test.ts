import type { OutcomeId } from '@quintet/shared/board'
import type { NoteId, PersonId, RoundId } from '@quintet/shared/ids'
import { describe, expect, it } from 'vitest'
import type { ChangePiece, DotsPiece, NotePiece, Piece, WordsPiece } from '../session/pieces.ts'
import { allOf, type Naming, pieceWords, type Reasoned, trayReason, trayTitle } from './handedWords.ts'

const NOW = new Date(2026, 10, 26, 14, 40).getTime()
const at = (hour: number, minute: number, day = 26) => new Date(2026, 10, day, hour, minute).getTime()
const MAREN = 'maren' as PersonId
const naming: Naming = {
  nameOf: (person) => (person === MAREN ? 'Maren' : 'Somebody'),
  wordsOf: (id) => (id === 'g1' ? 'Alerts name hosts' : ''),
  locale: 'en-GB',
}

const note = (phase: NotePiece['note']['phase'] = 'gaps', written = at(14, 33)): NotePiece => ({
  is: 'note',
  key: 'k',
  at: written,
  touched: false,
  plan: null,
  note: {
    id: 'n' as NoteId,
    phase,
    author: MAREN,
    at: written,
    text: 'n',
    group: null,
    order: '',
    under: null,
    removed: false,
  },
})
const owned = { key: 'k', at: NOW, touched: false, phase: 'gaps', author: null } as const
const change = (field: string, mine: unknown, root: ChangePiece['root'] = 'notes'): ChangePiece => ({
  ...owned,
  ...{ is: 'change', root, id: 'g1' as NoteId, field, mine, theirs: null, words: 'Docs before tickets' },
})
const words = (target: WordsPiece['target']): WordsPiece => ({
  ...{ ...owned, is: 'words', target, mine: 'mine', theirs: '', gone: false },
})
const dots = (...on: string[]): DotsPiece => ({
  ...{ is: 'dots', key: 'k', at: NOW, touched: false, round: 'r' as RoundId },
  slots: on.map((mine, slot) => ({ slot, mine: mine as OutcomeId, theirs: null })),
})

describe('the title', () => {
  it.each([
    [[note()], '1 note could not be added'],
    [[note(), note()], '2 notes could not be added'],
    [[change('place', null), words({ of: 'note', id: 'g1' as NoteId })], '2 changes could not be saved'],
    [[note(), change('place', null)], '1 note and 1 change could not be saved'],
    [[note(), change('place', null), dots('g1', 'g1')], '1 note, 1 change and 2 dots could not be saved'],
    [[dots('g1')], '1 dot was not counted'],
    [[dots('g1', 'g1')], '2 dots were not counted'],
  ] satisfies [Piece[], string][])('says how many of what', (pieces, title) => expect(trayTitle(pieces)).toBe(title))

  it('says what was added in the end', () => {
    expect(trayTitle([note()], true)).toBe('1 note was added')
    expect(trayTitle([note(), note()], true)).toBe('2 notes were added')
  })
})

it('says both, all, or how many of them', () => {
  expect([allOf(2, 2), allOf(3, 3), allOf(2, 3)]).toEqual(['both', 'all', '2'])
})

describe('the reason', () => {
  const impossible = (reason: string) => ({ is: 'impossible', reason }) as const
  const reasoned = (piece: Piece, verdict: Reasoned['verdict'], why: string | null = null) => ({
    ...{ piece, verdict, why },
    handedAt: at(14, 34),
  })
  const reason = (waiting: readonly Reasoned[], locks = {}) => trayReason(waiting, { locks }, NOW, naming)
  const lock = (minute: number) => ({ by: MAREN, at: at(14, minute) })

  it('names who locked which phase and when, and that it was while one could not know', () => {
    const locked = impossible('Gaps is locked. A facilitator can unlock it.')
    expect(reason([reasoned(note(), locked), reasoned(note(), locked)], { gaps: lock(31) })).toBe(
      'Maren locked Gaps at 14:31, while you were offline. Nothing is lost: they are here, for you alone.',
    )
    expect(reason([reasoned(note(), locked)], { gaps: lock(34) })).toBe(
      'Maren locked Gaps at 14:34. Nothing is lost: it is here, for you alone.',
    )
    expect(
      reason([reasoned(note(), locked), reasoned(note('ideal'), locked)], { gaps: lock(34), ideal: lock(35) }),
    ).toMatch(/^Maren locked Gaps at 14:34 and Maren locked Ideal state at 14:35\. /)
  })

  it('says what stands in the way, or that the workshop went on where that differs', () => {
    const one = reasoned(note(), impossible('New gaps are drafts now.'))
    expect(reason([one])).toBe('New gaps are drafts now. Nothing is lost: it is here, for you alone.')
    expect(reason([one, reasoned(note(), impossible('It was removed.'))])).toMatch(/^The workshop has gone on since\. /)
  })

  it('says what the server said where the rules would allow it, and no sentence twice', () => {
    const why = 'This goes past what the workshop holds. Nothing is lost: it is handed back.'
    expect(reason([reasoned(note(), { is: 'possible' }, why)])).toBe(`${why} It is here, for you alone.`)
    expect(reason([reasoned(note(), { is: 'possible' })])).toBe(
      'It can be put back now. Nothing is lost: it is here, for you alone.',
    )
  })

  it('says who accepted what was asked for', () => {
    expect(reason([])).toBe('A facilitator accepted what you asked for.')
  })
})

it.each([
  [change('place', null), null, '“Docs before tickets” moved'],
  [change('under', 'g1'), null, '“Docs before tickets” hung under “Alerts name hosts”'],
  [change('under', null), null, '“Docs before tickets” taken off the thread'],
  [change('removed', true), null, '“Docs before tickets” removed'],
  [change('removed', false), null, '“Docs before tickets” brought back'],
  [change('into', 'g1', 'groups'), null, '“Docs before tickets” merged into “Alerts name hosts”'],
  [change('removed', true, 'groups'), null, '“Docs before tickets” split'],
  [change('owner', { person: MAREN }, 'plan'), null, '“Docs before tickets”: owned by Maren'],
  [change('owner', { name: 'Lars' }, 'plan'), null, '“Docs before tickets”: owned by Lars'],
  [change('owner', null, 'plan'), null, '“Docs before tickets”: no owner'],
  [change('due', '2026-12-24', 'plan'), null, '“Docs before tickets”: due 24 Dec'],
  [change('status', 'done', 'plan'), null, '“Docs before tickets”: done'],
  [words({ of: 'note', id: 'g1' as NoteId }), 'Words of a gap', 'mine'],
  [words({ of: 'plan', id: 'g1' as NoteId, field: 'firstStep' }), 'First step of “Alerts name hosts”', 'mine'],
  [dots('g1', 'g1'), null, '2 dots on “Alerts name hosts” came after the vote had closed'],
] satisfies [Piece, string | null, string][])('a piece says what it is: %#', (piece, kind, text) =>
  expect(pieceWords(piece, naming)).toEqual({ kind, text }),
)
