import { boardRoot } from '@quintet/shared/board'
import type { Role } from '@quintet/shared/stage'
import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type * as Y from 'yjs'
import { MAREN, TOMASZ, workshopAlone } from './board.fixture.tsx'
// What comes lazily in a browser is here already: no test waits for it to be read from a disk.
import './NoteMenu.tsx'
import { Wall } from './Wall.tsx'

const SLOW = 'Product teams wait 3 days'

function setUp(me: { readonly id: typeof MAREN; readonly role: Role }) {
  const workshop = workshopAlone({ me })
  workshop.add('g1', SLOW, { author: TOMASZ })
  workshop.add('g2', 'Every request needs a ticket')
  workshop.show(<Wall phase="gaps" />)
  const entry = () => boardRoot(workshop.board, 'notes').get('g1') as Y.Map<unknown>
  const user = userEvent.setup()
  const openMenu = () => user.click(screen.getByRole('button', { name: `More for: ${SLOW}` }))
  return { ...workshop, entry, user, openMenu }
}

it('a facilitator hides a note by command, and brings it back from the toast', async () => {
  const { commands, entry, user, openMenu } = setUp({ id: MAREN, role: 'facilitator' })
  await openMenu()
  await user.click(await screen.findByRole('menuitem', { name: 'Hide for everyone' }))
  act(() => void entry().set('removed', true))
  expect(screen.getByRole('status').textContent).toContain(`“${SLOW}” is hidden from everyone`)
  await waitFor(() => expect(document.activeElement?.getAttribute('data-note')).toBe('g2'))
  await user.click(screen.getByRole('button', { name: 'Bring back' }))
  expect(commands).toEqual([
    { name: 'hide note', note: 'g1' },
    { name: 'bring back note', note: 'g1' },
  ])
})

it('a member is not offered to hide', async () => {
  const { openMenu } = setUp({ id: TOMASZ, role: 'member' })
  await openMenu()
  await screen.findByRole('menuitem', { name: 'Remove' })
  expect(screen.queryByRole('menuitem', { name: 'Hide for everyone' })).toBeNull()
})

it('an author takes a removal back by an edit while the words are here, and by command once the server keeps them', async () => {
  const { board, commands, entry, user, openMenu } = setUp({ id: TOMASZ, role: 'member' })
  const remove = async () => {
    await openMenu()
    await user.click(await screen.findByRole('menuitem', { name: 'Remove' }))
    expect(entry().get('removed')).toBe(true)
  }
  await remove()
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  expect(entry().get('removed')).toBe(false)
  expect(commands).toEqual([])

  await remove()
  const text = entry().get('text') as Y.Text
  act(() => board.transact(() => text.delete(0, text.length), 'server'))
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  // The note comes with its words: an edit would show it without them for a moment.
  expect(entry().get('removed')).toBe(true)
  expect(commands).toEqual([{ name: 'bring back note', note: 'g1' }])
})
