import type { NoteId } from '@quintet/shared/ids'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { Composer } from '../board/Composer.tsx'
import { Note } from '../board/Note.tsx'
import { goTo, INES, Inside, put, sessionAlone } from '../document/workshop.fixture.tsx'

/** A session at a step in which notes are added, and what starts it anew as a refusal does. */
function begun() {
  localStorage.clear()
  const session = sessionAlone()
  goTo(session, 'gaps', 'decide')
  const renew = () => act(() => session.generation.setState((count) => count + 1, true))
  return { session, renew, user: userEvent.setup() }
}

it('goes on with what somebody types in a composer while the documents are replaced', async () => {
  const { session, renew, user } = begun()
  render(
    <Inside session={session}>
      <Composer phase="gaps" />
    </Inside>,
  )
  const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'New gap' })
  const before = field()
  await user.type(before, 'Quota reqests')
  before.setSelectionRange(9, 9)
  renew()
  expect(field()).not.toBe(before)
  expect(document.activeElement).toBe(field())
  await user.keyboard('u')
  expect(field().value).toBe('Quota requests')
})

it('goes on with what somebody types in a note', async () => {
  const { session, renew, user } = begun()
  put(session.docs.board, 'n1', { text: 'Test data', author: INES.id })
  render(
    <Inside session={session}>
      <Note id={'n1' as NoteId} list={{ kind: 'wall', phase: 'gaps' }} />
    </Inside>,
  )
  await user.click(screen.getByText('Test data'))
  await user.keyboard('{End} is')
  renew()
  await user.keyboard(' copied')
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Test data is copied')
})

it('takes focus from nobody who writes in no field', () => {
  const { session, renew } = begun()
  render(
    <Inside session={session}>
      <Composer phase="gaps" />
    </Inside>,
  )
  renew()
  expect(document.activeElement).toBe(document.body)
})
