import { type OutcomeId, readBoard } from '@quintet/shared/board'
import { setOwner } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { act, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import '../ui/topLayer.fixture.ts'
import {
  type Alone,
  goTo,
  INES,
  Inside,
  MAREN,
  put,
  putGroup,
  putMarks,
  putRound,
  sessionAlone,
} from '../document/workshop.fixture.tsx'
import { ThreadView } from './ThreadView.tsx'

const DATABASE = 'I have a database in ten minutes'
const STATUS = 'Your status page knew first'

/** Decide of a phase, with two statements on the wall above. */
function open(phase: 'gaps' | 'actions', me = INES, fill: (session: Alone) => void = () => undefined) {
  const session = sessionAlone({ me })
  const { board } = session.docs
  goTo(session, phase, 'decide')
  put(board, 's1', { phase: 'ideal', text: DATABASE, order: 'a0' })
  put(board, 's2', { phase: 'ideal', text: STATUS, order: 'a1' })
  fill(session)
  render(
    <Inside session={session}>
      <ThreadView phase={phase} />
    </Inside>,
  )
  return { session, board, user: userEvent.setup() }
}

const column = (words: string) => screen.getByRole('region', { name: new RegExp(words.slice(0, 20)) })
const columns = () => within(screen.getByRole('list', { name: /statements and their gaps/i })).getAllByRole('region')

describe('the columns of a phase', () => {
  it('are what the phase above kept, once it kept something', () => {
    const { session } = open('gaps')
    expect(columns()).toHaveLength(2)
    act(() => putMarks(session, 's2', { kept: true }))
    expect(columns()).toHaveLength(1)
    expect(column(STATUS)).toBeTruthy()
  })

  it('hold on to what nobody kept as long as something hangs there', () => {
    open('gaps', INES, (session) => {
      put(session.docs.board, 'g1', { under: 's1', text: 'We wait 3 days' })
      putMarks(session, 's2', { kept: true })
    })
    expect(within(column(DATABASE)).getByText('We wait 3 days')).toBeTruthy()
  })

  it('stand for a group with what hangs under any of its notes', () => {
    open('gaps', INES, ({ docs: { board } }) => {
      put(board, 'g1', { under: 's1', text: 'We wait 3 days' })
      put(board, 'g2', { under: 's2', text: 'Edited by hand', order: 'a1' })
      putGroup(board, 'both', ['s1', 's2'], { phase: 'ideal', name: 'Services that work' })
    })
    const [one, ...others] = columns()
    expect(others).toEqual([])
    const articles = within(one as HTMLElement).getAllByRole('article')
    expect(articles.map((each) => each.getAttribute('aria-label'))).toEqual([
      'Group: Services that work',
      'Gap: We wait 3 days',
      'Gap: Edited by hand',
    ])
  })

  it('show a group of gaps as one paper, which is hung with all of its notes', async () => {
    const { board, user } = open('gaps', INES, ({ docs: { board } }) => {
      put(board, 'g1', { text: 'We wait 3 days' })
      put(board, 'g2', { text: 'Two approvals' })
      putGroup(board, 'slow', ['g1', 'g2'], { name: 'Slow' })
    })
    await user.click(screen.getByRole('button', { name: 'Hang under: Slow' }))
    await user.click(await screen.findByRole('option', { name: /^“I have a database/ }))
    const notes = readBoard(board).notes
    expect([notes.get('g1' as NoteId)?.under, notes.get('g2' as NoteId)?.under]).toEqual(['s1', 's1'])
    expect(within(column(DATABASE)).getByRole('article', { name: 'Group: Slow' })).toBeTruthy()
  })
})

it('stand most dots first in each column and in the tray, as the vote left them', () => {
  const { session } = open('gaps', INES, ({ docs: { board } }) => {
    put(board, 'g1', { under: 's1', text: 'We wait 3 days', order: 'a0' })
    put(board, 'g2', { under: 's1', text: 'Two approvals', order: 'a1' })
    put(board, 'g3', { text: 'Full disks', order: 'a2' })
    put(board, 'g4', { text: 'Edited by hand', order: 'a3' })
    putGroup(board, 'hand', ['g4'], { name: 'By hand', order: 'a4' })
  })
  const region = (name: RegExp) =>
    within(screen.getByRole('region', { name }))
      .getAllByRole('article')
      .map((each) => each.getAttribute('aria-label'))
  expect(region(/under no/)).toEqual(['Gap: Full disks', 'Group: By hand'])
  const totals = { g2: 2, g1: 1, hand: 3 } as Record<OutcomeId, number>
  act(() => {
    putRound(session, 'gaps', { state: 'closed', closedAt: 5, tally: { totals, dots: 6, voted: 2, people: 3 } })
  })
  expect(region(/under no/)).toEqual(['Group: By hand', 'Gap: Full disks'])
  expect(region(/^“I have a database/).slice(1)).toEqual(['Gap: Two approvals', 'Gap: We wait 3 days'])
})

describe('a statement without a gap', () => {
  const trueAlready = `It is true already: “${STATUS}”`

  it('is mended on the spot: a gap is added under it', async () => {
    const { board, user } = open('gaps')
    await user.click(within(column(STATUS)).getByRole('button', { name: 'Add a gap' }))
    await user.keyboard('Nobody is told{Enter}')
    const added = [...readBoard(board).notes.values()].find(({ text }) => text === 'Nobody is told')
    expect(added).toMatchObject({ phase: 'gaps', under: 's2', author: INES.id })
    expect(within(column(STATUS)).queryByText('No gap here')).toBeNull()
  })

  it('is said to be true already by a facilitator alone', async () => {
    const { session, user } = open('gaps', MAREN)
    await user.click(screen.getByRole('button', { name: trueAlready }))
    expect(session.commands).toEqual([{ name: 'mark', outcome: 's2', mark: 'true', on: true }])
    act(() => putMarks(session, 's2', { true: true }))
    expect(within(column(STATUS)).queryByText('No gap here')).toBeNull()
    await user.click(screen.getByRole('button', { name: `Not yet: “${STATUS}”` }))
    expect(session.commands.at(-1)).toEqual({ name: 'mark', outcome: 's2', mark: 'true', on: false })
  })

  it('leaves the focus of whoever said so, or put the field away, where a gap is added', async () => {
    const { session, user } = open('gaps', MAREN)
    const add = () => within(column(STATUS)).getByRole('button', { name: 'Add a gap' })
    screen.getByRole('button', { name: trueAlready }).focus()
    act(() => putMarks(session, 's2', { true: true }))
    expect(document.activeElement).toBe(add())
    screen.getByRole('button', { name: `Not yet: “${STATUS}”` }).focus()
    act(() => putMarks(session, 's2', {}))
    expect(document.activeElement).toBe(add())
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(within(column(STATUS)).getByRole('textbox', { name: 'New gap' }))
    await user.keyboard('{Escape}')
    expect(document.activeElement).toBe(add())
  })

  it('offers members no such button, and tells them what was said', () => {
    const { session } = open('gaps')
    expect(screen.queryByRole('button', { name: trueAlready })).toBeNull()
    act(() => putMarks(session, 's2', { true: true }))
    expect(within(column(STATUS)).getByText('It is true already')).toBeTruthy()
  })
})

it('names its breaks over the columns, and what of them is mended', async () => {
  const { board } = open('actions', INES, ({ docs: { board } }) => {
    put(board, 'g1', { under: 's1', text: 'We wait 3 days' })
    put(board, 'a1', { phase: 'actions', text: 'Self-service' })
  })
  expect(await screen.findByText('1 gap has no action, 1 action has no gap.')).toBeTruthy()
  act(() => {
    put(board, 'a2', { phase: 'actions', under: 'g1', text: 'A portal' })
    setOwner('a2' as NoteId, { person: INES.id })(board)
  })
  expect(await screen.findByText('1 action has no gap.')).toBeTruthy()
})
