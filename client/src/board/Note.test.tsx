import { hangNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Profiler } from 'react'
import { describe, expect, it } from 'vitest'
import { MAREN, TOMASZ, workshopAlone } from './board.fixture.tsx'
import { Note } from './Note.tsx'
// What comes lazily in a browser is here already: no test waits for it to be read from a disk.
import './NoteMenu.tsx'
import { Wall } from './Wall.tsx'

function setUp(me: Parameters<typeof workshopAlone>[0] = {}) {
  const workshop = workshopAlone(me)
  workshop.add('s1', 'I have a database in ten minutes', { phase: 'ideal' })
  workshop.add('g1', 'Product teams wait 3 days', { author: TOMASZ })
  workshop.add('g2', 'Every request needs a ticket', { author: MAREN })
  workshop.add('g3', 'Test data is copied by hand', { author: TOMASZ })
  workshop.show(<Wall phase="gaps" />)
  const note = (words: RegExp) => screen.getByRole('article', { name: words })
  const order = () =>
    workshop
      .wall()
      .map(({ id }) => id)
      .join(' ')
  return { ...workshop, note, order, user: userEvent.setup() }
}
const menu = (words: string) => screen.getByRole('button', { name: `More for: ${words}` })

describe('a note', () => {
  it('says who wrote it, and “You” to its author', () => {
    const { note } = setUp()
    expect(note(/Every request/).textContent).toContain('Maren')
    expect(note(/Product teams/).textContent).toContain('You')
  })

  it('is written in place after a click, and has focus again after Enter', async () => {
    const { user, note, wall } = setUp()
    await user.click(screen.getByText('Product teams wait 3 days'))
    const field = screen.getByRole('textbox')
    expect(document.activeElement).toBe(field)
    await user.type(field, ' for a database{Enter}')
    expect(wall()[0]?.text).toBe('Product teams wait 3 days for a database')
    expect(screen.queryByRole('textbox')).toBeNull()
    await waitFor(() => expect(document.activeElement).toBe(note(/Product teams/)))
  })

  it('is written in place after Enter, by others too where the step allows it', async () => {
    const { user, note } = setUp()
    act(() => note(/Every request/).focus())
    await user.keyboard('{Enter}')
    expect(screen.getByRole('textbox', { name: 'Words of this gap' })).toBeTruthy()
  })

  it('goes when its last word does, and comes back whole', async () => {
    const { user, order } = setUp()
    await user.click(screen.getByText('Test data is copied by hand'))
    await user.clear(screen.getByRole('textbox'))
    await user.keyboard('{Enter}')
    expect(order()).toBe('g1 g2')
  })

  it('says why it cannot be written where the phase is locked', async () => {
    const { user } = setUp({ stage: { locks: { gaps: { by: MAREN, at: 0 } } } })
    await user.click(screen.getByText('Product teams wait 3 days'))
    expect(screen.queryByRole('textbox')).toBeNull()
    expect(screen.getByRole('status').textContent).toContain('Gaps is locked')
  })

  it('has no tools for an observer', () => {
    setUp({ me: { id: TOMASZ, role: 'observer' } })
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.getAllByRole('article')).toHaveLength(3)
  })
})

describe('its menu and keys, the other way to drag', () => {
  it('moves earlier and later by key, keeps focus and says where it is', async () => {
    const { user, note, order } = setUp()
    act(() => note(/Product teams/).focus())
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}')
    expect(order()).toBe('g2 g1 g3')
    expect(screen.getByRole('log').textContent).toBe('Place 2 of 3.')
    await waitFor(() => expect(document.activeElement).toBe(note(/Product teams/)))
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}')
    expect(order()).toBe('g1 g2 g3')
  })

  it('moves from the menu', async () => {
    const { user, note, order } = setUp()
    await user.click(menu('Test data is copied by hand'))
    await user.click(await screen.findByRole('menuitem', { name: 'Move earlier' }))
    expect(order()).toBe('g1 g3 g2')
    await waitFor(() => expect(document.activeElement).toBe(note(/Test data/)))
  })

  it('hangs it under what is picked, by H and typing', async () => {
    const { user, note, wall } = setUp()
    act(() => note(/Product teams/).focus())
    await user.keyboard('h')
    await screen.findByRole('combobox', { name: 'Hang under' })
    await user.keyboard('database{Enter}')
    expect(wall()[0]?.under).toBe('s1')
  })

  it('takes it off the thread', async () => {
    const { user, wall, board } = setUp()
    act(() => void hangNote('g1' as NoteId, 's1' as NoteId)(board))
    await user.click(menu('Product teams wait 3 days'))
    await user.click(await screen.findByRole('menuitem', { name: 'Take off the thread' }))
    expect(wall()[0]?.under).toBeNull()
  })

  it('removes it, and brings it back from the toast', async () => {
    const { user, order } = setUp()
    await user.click(menu('Product teams wait 3 days'))
    await user.click(await screen.findByRole('menuitem', { name: 'Remove' }))
    expect(order()).toBe('g2 g3')
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(order()).toBe('g1 g2 g3')
  })

  it('says who can remove another’s note', async () => {
    const { user, order } = setUp()
    await user.click(menu('Every request needs a ticket'))
    await user.click(await screen.findByRole('menuitem', { name: 'Remove' }))
    expect(order()).toBe('g1 g2 g3')
    expect(screen.getByRole('status').textContent).toContain('Its author or a facilitator can remove it.')
  })
})

it('renders again alone when its words change', () => {
  const workshop = workshopAlone()
  const renders = new Map<string, number>()
  const ids = Array.from({ length: 500 }, (_, index) => workshop.add(`n${index}`, `note ${index}`))
  workshop.show(
    ids.map((id) => (
      <Profiler key={id} id={id} onRender={(each) => renders.set(each, (renders.get(each) ?? 0) + 1)}>
        <Note id={id} list={WALL} />
      </Profiler>
    )),
  )
  renders.clear()
  act(() => {
    const text = workshop.board.getMap('notes').get('n250') as {
      get: (key: string) => { insert: (at: number, text: string) => void }
    }
    text.get('text').insert(0, 'a ')
  })
  expect([...renders.keys()]).toEqual(['n250'])
}, 30_000)
const WALL = { kind: 'wall', phase: 'gaps' } as const
