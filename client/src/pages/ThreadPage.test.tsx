import { setOwner } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import '../ui/topLayer.fixture.ts'
import { goTo, INES, Inside, put, putMarks, sessionAlone } from '../document/workshop.fixture.tsx'
import { ThreadPage } from './ThreadPage.tsx'

const seats = { seats: [], now: INES.id, onSit: () => undefined, onLeave: () => Promise.resolve() }

function open() {
  const session = sessionAlone()
  const { board } = session.docs
  goTo(session, 'owners', 'owners')
  put(board, 'p1', { phase: 'principles', text: 'Paved roads' })
  put(board, 's1', { phase: 'ideal', under: 'p1', text: 'A database in ten minutes' })
  put(board, 's2', { phase: 'ideal', text: 'One page', order: 'a1' })
  put(board, 's3', { phase: 'ideal', text: 'Support answers', order: 'a2' })
  put(board, 'g1', { under: 's1', text: 'We wait 3 days' })
  put(board, 'a1', { phase: 'actions', under: 'g1', text: 'Self-service' })
  setOwner('a1' as NoteId, { person: INES.id })(board)
  putMarks(session, 's3', { true: true })
  render(
    <Inside session={session}>
      <ThreadPage seats={seats} />
    </Inside>,
  )
  return session
}

test('the thread leads from the principle to the owner, and shows where it breaks off', () => {
  open()
  const [first, second, third] = within(screen.getByRole('list', { name: 'The golden thread' }))
    .getAllByRole('listitem')
    .filter((item) => item.parentElement?.getAttribute('aria-label') === 'The golden thread')
  const words = (item: HTMLElement | undefined) => item?.textContent
  expect(words(first)).toBe(
    'principle: Paved roadsstatement: A database in ten minutesgap: We wait 3 daysaction: Self-serviceIOwner: Ines',
  )
  expect(words(second)).toBe('statement: One pageNo gap')
  expect(words(third)).toBe('statement: Support answersIt is true already')
})

test('every break leads to the phase in which it is mended', async () => {
  open()
  const checklist = screen.getByRole('list', { name: 'Where the thread is broken' })
  expect(
    within(checklist)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(['A statement has no gapOne pageShow'])
  await userEvent.setup().click(within(checklist).getByRole('button', { name: 'Show: One page' }))
  expect(location.pathname).toBe('/w/w')
})
