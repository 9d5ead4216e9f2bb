import type { NoteId } from '@quintet/shared/ids'
import { act, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { INES, Inside, put, sessionAlone } from '../document/workshop.fixture.tsx'
import { keep } from '../session/tray.ts'
import { EndPage } from './EndPage.tsx'
// What comes lazily in a browser is here already.
import './UnsavedWords.tsx'

const REMOVED = { is: 'removed', reason: 'A facilitator removed you.' } as const

it('offers somebody who was removed their words that were not saved, to copy', async () => {
  localStorage.clear()
  const session = sessionAlone()
  put(session.docs.board, 'n1', { text: 'Written on the train', author: INES.id })
  put(session.docs.board, 'n2', { text: 'Saved long ago', author: INES.id })
  act(() => session.unsaved.setState(new Set(['n1']), true))
  const note = { id: 'n3' as NoteId, phase: 'gaps', author: INES.id, at: 1, text: 'Into a locked phase' } as const
  const whole = { ...note, group: null, order: 'a0', under: null, removed: false }
  const piece = { is: 'note', key: 'notes/n3 0', at: 1, touched: false, note: whole, plan: null } as const
  keep({ workshop: session.workshop, person: INES.id }, [{ piece, handedAt: 1, why: null, asked: null }])
  render(
    <Inside session={session}>
      <EndPage state={REMOVED} />
    </Inside>,
  )
  const own = await screen.findByRole('region', { name: 'What you wrote, and was not saved' })
  expect(
    within(own)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['Written on the train', 'Into a locked phase'])
  await userEvent.setup().click(within(own).getByRole('button', { name: 'Copy' }))
  expect(await navigator.clipboard.readText()).toBe('Written on the train\n\nInto a locked phase')
})
