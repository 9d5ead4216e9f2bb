import { RHYTHM_AGENDA } from '@quintet/shared/agenda'
import type { OutcomeId } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import { groupNotes, splitGroup } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { Round } from '@quintet/shared/stage'
import { act, render, screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { INES, Inside, makeStage, type Stage, step, voteRound } from '../facilitator/stage.fixture.tsx'
import { ScreenWall } from './ScreenWall.tsx'

const TOTALS = { n1: 2, n2: 2, n3: 3 } as Record<string, number> as Record<OutcomeId, number>
const CLOSED: Partial<Round> = {
  state: 'closed',
  closedAt: 5,
  tally: { totals: TOTALS, dots: 7, voted: 2, people: 2 },
}

let stage: Stage
beforeEach(() => {
  stage = makeStage({
    as: { ...INES, role: 'observer' },
    fields: { agenda: RHYTHM_AGENDA, at: step('ideal', 5) },
  })
  const texts = { n1: 'ten minutes', n2: 'status page', n3: 'one page' }
  for (const [id, text] of Object.entries(texts))
    addNote({ id: id as NoteId, phase: 'ideal', author: INES.id, at: 1, text, order: `a${id}`, under: null })(
      stage.session.docs.board,
    )
  render(
    <Inside stage={stage}>
      <ScreenWall phase="ideal" />
    </Inside>,
  )
})

const rows = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent)
const places = (['n1', 'n2'] as const).map((id) => [id as NoteId, `a${id}`] as const)
const change = (edit: ReturnType<typeof splitGroup>) => act(() => void edit(stage.session.docs.board))

test('what is read from afar is in the order of its dots, also after it was regrouped', () => {
  expect(rows()).toEqual(['ten minutes', 'status page', 'one page'])
  act(() => stage.set({}, [voteRound(CLOSED)]))
  expect(rows()).toEqual(['3one page', '2ten minutes', '2status page'])
  change(groupNotes({ id: 'g1' as GroupId, phase: 'ideal', name: 'Soon', order: 'a' }, places))
  expect(rows()).toEqual(['4Soon2 notes', '3one page'])
  change(splitGroup('g1' as GroupId, places))
  expect(rows()).toEqual(['3one page', '2ten minutes', '2status page'])
})

test('no total is shown while people place their dots', () => {
  act(() => stage.set({}, [voteRound(CLOSED)]))
  act(() => stage.set({ at: step('ideal', 4) }, [voteRound({ ...CLOSED, state: 'open', closedAt: null })]))
  expect(rows()).toEqual(['ten minutes', 'status page', 'one page'])
})
