import { readBoard } from '@quintet/shared/board'
import { blocksOf } from '@quintet/shared/groups'
import type { NoteId } from '@quintet/shared/ids'
import type { Person } from '@quintet/shared/stage'
import type { Tally } from '@quintet/shared/tally'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Profiler, type ProfilerOnRenderCallback } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  goTo,
  INES,
  Inside,
  MAREN,
  put,
  putDraft,
  putGroup,
  putMarks,
  putRound,
  sessionAlone,
} from '../document/workshop.fixture.tsx'
import { Announcer } from '../ui/Announcer.tsx'
import { ToastHost } from '../ui/ToastHost.tsx'
import '../ui/topLayer.fixture.ts'
import { hideToast } from '../ui/toasts.ts'
// What comes lazily in a browser is here already: no test waits for it to be read from a disk.
import './GroupFlow.tsx'
import './GroupMenu.tsx'
import './NoteMenu.tsx'
import './Parked.tsx'
import './SelectionBar.tsx'
import { useUndoKeys } from './useUndoKeys.ts'
import { Wall } from './Wall.tsx'

beforeEach(hideToast)

interface Scene {
  readonly me?: Person
  readonly step?: 'group' | 'vote' | 'share'
  readonly anonymous?: boolean
}

/** Gaps at Group: a group “Waiting” of w1 and w2, a group “Tickets” of t1, and alone n1, n2 and n3. */
async function setUp({ me = INES, step = 'group', anonymous = false }: Scene = {}) {
  const session = sessionAlone({ me })
  const { board } = session.docs
  goTo(session, 'gaps', step, { anonymous })
  const texts = {
    w1: 'Teams wait three days',
    w2: 'Teams wait for two approvals',
    t1: 'Tickets get lost',
    n1: 'Alerts name hosts',
    n2: 'Test data is copied by hand',
    n3: 'Nobody sees what it costs',
  }
  for (const [nth, [id, text]] of Object.entries(texts).entries())
    put(board, id, { text, order: `a${nth}`, author: anonymous ? null : MAREN.id })
  putGroup(board, 'w', ['w1', 'w2'], { name: 'Waiting', order: 'a0' })
  putGroup(board, 't', ['t1'], { name: 'Tickets', order: 'a2' })

  render(
    <Inside session={session}>
      <UndoKeys />
      <Wall phase="gaps" />
      <ToastHost />
      <Announcer />
    </Inside>,
  )
  await screen.findByRole('group', { name: 'Group: Waiting' })
  const reads = () =>
    blocksOf(readBoard(board), 'gaps')
      .map((block) =>
        block.kind === 'note' ? block.note.id : `${block.group.name || '?'}(${block.notes.map(({ id }) => id)})`,
      )
      .join(' ')
  const note = (words: string) => screen.getByRole('article', { name: new RegExp(words) })
  const focus = (element: HTMLElement) => act(() => element.focus())
  const said = () => screen.getByRole('log').textContent
  const choose = async (more: string, entry: string) => {
    await user.click(screen.getByRole('button', { name: more }))
    await user.click(await screen.findByRole('menuitem', { name: entry }))
  }
  const user = userEvent.setup()
  return { session, board, user, reads, note, focus, said, choose }
}

function UndoKeys() {
  useUndoKeys()
  return null
}

const group = (name: string) => screen.getByRole('group', { name: `Group: ${name}` })
const BEFORE = 'Waiting(w1,w2) Tickets(t1) n1 n2 n3'

describe('the wall with groups', () => {
  it('shows groups with their notes, and what is in none', async () => {
    const { reads } = await setUp()
    expect(reads()).toBe(BEFORE)
    const waiting = screen.getByRole('region', { name: /^Waiting/ })
    expect(within(waiting).getAllByRole('article')).toHaveLength(2)
    expect(screen.getByRole('heading', { name: 'Not in a group 3' })).toBeTruthy()
  })

  it('says nothing of groups where there are none', () => {
    const session = sessionAlone()
    put(session.docs.board, 'n1', { text: 'Alerts name hosts' })
    render(
      <Inside session={session}>
        <Wall phase="gaps" />
      </Inside>,
    )
    expect(screen.queryByText(/Not in a group/)).toBeNull()
  })
})

const TOTALS: Tally['totals'] = Object.fromEntries([
  ['n1', 3],
  ['g', 2],
])

describe('the wall in the order of its votes', () => {
  it('mixes groups and loose notes, and is not moved by hand', async () => {
    const session = sessionAlone()
    const { board } = session.docs
    goTo(session, 'gaps', 'decide')
    putRound(session, 'gaps', {
      state: 'closed',
      closedAt: 2,
      tally: { totals: TOTALS, dots: 5, voted: 1, people: 1 },
    })
    for (const [nth, id] of ['n1', 'n2', 'm1'].entries()) put(board, id, { text: `Words of ${id}`, order: `a${nth}` })
    const g = putGroup(board, 'g', ['m1'], { name: 'Group of one', order: 'a0' })
    render(
      <Inside session={session}>
        <Wall phase="gaps" order={['n1' as NoteId, g, 'n2' as NoteId]} />
        <ToastHost />
      </Inside>,
    )
    await screen.findByRole('group', { name: 'Group: Group of one' })
    const words = screen.getAllByRole('article').map((each) => each.querySelector('p')?.textContent)
    expect(words).toEqual(['Words of n1', 'Words of m1', 'Words of n2'])
    const user = userEvent.setup()
    act(() => screen.getByRole('article', { name: /n2/ }).focus())
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}')
    expect(screen.getByRole('status').textContent).toContain('the order of their votes')
    expect(readBoard(board).notes.get('n2' as NoteId)?.order).toBe('a1')
  })
})

describe('grouping by key', () => {
  it('puts a note into a group that is typed for, says so, and takes it back', async () => {
    const { user, reads, note, focus } = await setUp()
    focus(note('Alerts'))
    await user.keyboard('g')
    await screen.findByRole('combobox', { name: 'Group with' })
    await user.keyboard('wait{Enter}')
    expect(reads()).toBe('Waiting(w1,w2,n1) Tickets(t1) n2 n3')
    expect(screen.getByRole('status').textContent).toContain('Put “Alerts name hosts” into “Waiting”')
    await waitFor(() => expect(document.activeElement).toBe(note('Alerts')))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(reads()).toBe(BEFORE)
  })

  it('makes a group of two notes, which one then names with Enter', async () => {
    const { user, reads, note, focus } = await setUp()
    focus(note('Alerts'))
    await user.keyboard('g')
    await screen.findByRole('combobox', { name: 'Group with' })
    await user.keyboard('costs{Enter}')
    expect(reads()).toBe('Waiting(w1,w2) Tickets(t1) n2 ?(n3,n1)')
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('group'))
    await user.keyboard('{Enter}')
    await user.type(screen.getByRole('textbox', { name: 'Name of this group' }), 'Blind spots{Enter}')
    expect(reads()).toContain('Blind spots(n3,n1)')
    await waitFor(() => expect(document.activeElement).toBe(group('Blind spots')))
  })

  it('makes a group by a name that is typed', async () => {
    const { user, reads, note, focus } = await setUp()
    focus(note('Alerts'))
    await user.keyboard('g')
    await screen.findByRole('combobox', { name: 'Group with' })
    await user.keyboard('Signals{Enter}')
    expect(reads()).toBe('Waiting(w1,w2) Tickets(t1) Signals(n1) n2 n3')
  })

  it('groups all that are selected, by Space', async () => {
    const { user, reads, note, focus, said } = await setUp()
    focus(note('Alerts'))
    await user.keyboard(' ')
    expect(note('Alerts').getAttribute('aria-label')).toContain('selected')
    focus(note('costs'))
    await user.keyboard(' ')
    expect(said()).toBe('2 selected.')
    await user.keyboard('g')
    await screen.findByRole('combobox', { name: 'Group with' })
    await user.keyboard('tickets{Enter}')
    expect(reads()).toBe('Waiting(w1,w2) Tickets(t1,n1,n3) n2')
    expect(screen.queryByRole('toolbar', { name: 'Selected notes' })).toBeNull()
    await user.keyboard('{Control>}z{/Control}')
    expect(reads()).toBe(BEFORE)
  })

  it('says in a vote that notes stay where they are', async () => {
    const { user, reads, note, focus } = await setUp({ step: 'vote' })
    focus(note('Alerts'))
    await user.keyboard('g')
    expect(screen.queryByRole('combobox')).toBeNull()
    expect(screen.getByRole('status').textContent).toContain('Notes stay where they are in this step.')
    await user.keyboard(' ')
    expect(screen.queryByRole('toolbar')).toBeNull()
    expect(reads()).toBe(BEFORE)
  })
})

describe('selecting', () => {
  it('takes clicks with Ctrl and with Shift, counts them, and lets go by Escape', async () => {
    const { user, note, said } = await setUp()
    await user.keyboard('{Control>}')
    await user.click(note('Alerts'))
    await user.keyboard('{/Control}{Shift>}')
    await user.click(note('costs'))
    await user.keyboard('{/Shift}')
    const bar = await screen.findByRole('toolbar', { name: 'Selected notes' })
    expect(bar.textContent).toContain('3 selected')
    expect(screen.queryByRole('textbox')).toBeNull()
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('toolbar')).toBeNull()
    expect(said()).toBe('Nothing is selected.')
  })

  it('groups from its bar', async () => {
    const { user, reads, choose } = await setUp()
    await choose('More for: Alerts name hosts', 'Select')
    await choose('More for: Test data is copied by hand', 'Select')
    await user.click(await screen.findByRole('button', { name: 'Group…' }))
    await screen.findByRole('combobox', { name: 'Group with' })
    await user.keyboard('{Enter}')
    expect(reads()).toBe('Waiting(w1,w2,n1,n2) Tickets(t1) n3')
  })
})

describe('the menu of a note in a group', () => {
  it('takes it out, and puts it back', async () => {
    const { user, reads, choose } = await setUp()
    await choose('More for: Teams wait three days', 'Take out of group')
    expect(reads()).toBe('Waiting(w2) Tickets(t1) n1 n2 n3 w1')
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(reads()).toBe(BEFORE)
  })

  it('moves it within its group', async () => {
    const { reads, choose } = await setUp()
    await choose('More for: Teams wait three days', 'Move later')
    expect(reads()).toBe('Waiting(w2,w1) Tickets(t1) n1 n2 n3')
  })
})

describe('a group', () => {
  it('is merged into one that is typed for, and parted again', async () => {
    const { user, reads, focus } = await setUp()
    focus(group('Tickets'))
    await user.keyboard('g')
    await screen.findByRole('combobox', { name: 'Merge into' })
    await user.keyboard('wait{Enter}')
    expect(reads()).toBe('Waiting(t1,w1,w2) n1 n2 n3')
    expect(screen.getByRole('status').textContent).toContain('Merged “Tickets” into “Waiting”')
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(reads()).toBe(BEFORE)
  })

  it('moves among the groups by key, and says where it is', async () => {
    const { user, reads, focus, said } = await setUp()
    focus(group('Waiting'))
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}')
    expect(said()).toBe('Group 2 of 2.')
    expect(reads()).toMatch(/Tickets.*Waiting/)
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}')
    expect(said()).toBe('It is the last already.')
  })

  it('is split from its menu, and comes back', async () => {
    const { user, reads, choose } = await setUp()
    await choose('More for the group: Waiting', 'Split into single notes')
    expect(reads()).toBe('w1 w2 Tickets(t1) n1 n2 n3')
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(reads()).toBe(BEFORE)
  })

  it('is named in place by a member', async () => {
    const { user, reads } = await setUp()
    await user.click(screen.getByText('Tickets', { selector: 'h3 *' }))
    await user.type(screen.getByRole('textbox', { name: 'Name of this group' }), ' and mail{Enter}')
    expect(reads()).toContain('Tickets and mail(t1)')
  })
})

describe('parking', () => {
  it('is the facilitator’s, by command, for notes and groups', async () => {
    const { session, choose } = await setUp({ me: MAREN })
    await choose('More for: Alerts name hosts', 'Park')
    await choose('More for the group: Waiting', 'Park')
    expect(session.commands).toEqual([
      { name: 'mark', outcome: 'n1', mark: 'parked', on: true },
      { name: 'mark', outcome: 'w', mark: 'parked', on: true },
    ])
  })

  it('lists what is parked at the end, also of a group, and brings it back', async () => {
    const { session, user } = await setUp({ me: MAREN })
    act(() => {
      putMarks(session, 'n1', { parked: true })
      putMarks(session, 'w1', { parked: true })
    })
    const parked = await screen.findByRole('region', { name: 'Parked gaps' })
    expect(within(parked).getByText('Alerts name hosts')).toBeTruthy()
    expect(screen.queryByRole('article', { name: /Alerts/ })).toBeNull()
    expect(within(parked).getByText('Teams wait three days')).toBeTruthy()
    expect(screen.queryByRole('article', { name: /three days/ })).toBeNull()
    await user.click(within(parked).getByRole('button', { name: 'Back to the wall: Alerts name hosts' }))
    expect(session.commands.at(-1)).toEqual({ name: 'mark', outcome: 'n1', mark: 'parked', on: false })
  })

  it('is not offered to members', async () => {
    const { session, user } = await setUp()
    act(() => putMarks(session, 'n1', { parked: true }))
    await screen.findByRole('region', { name: 'Parked gaps' })
    expect(screen.queryByRole('button', { name: /Back to the wall/ })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'More for: Test data is copied by hand' }))
    expect(await screen.findByRole('menuitem', { name: 'Group with…' })).toBeTruthy()
    expect(screen.queryByRole('menuitem', { name: 'Park' })).toBeNull()
  })
})

describe('an anonymous phase', () => {
  it('says of one’s own notes that they are, and of nobody else’s whose they are', async () => {
    const { session, note } = await setUp({ anonymous: true })
    act(() => void putDraft(session, 'draft', { became: 'n1' }))
    expect(note('Alerts').textContent).toContain('Yours')
    expect(note('Test data').textContent).toBe('Test data is copied by hand')
  })

  it('takes one’s own note off the wall by command, and brings it back so', async () => {
    const { session, user, choose } = await setUp({ anonymous: true })
    act(() => void putDraft(session, 'draft', { became: 'n1' }))
    await choose('More for: Alerts name hosts', 'Remove')
    expect(session.commands).toEqual([{ name: 'withdraw note', note: 'n1', removed: true }])
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(session.commands.at(-1)).toEqual({ name: 'withdraw note', note: 'n1', removed: false })
  })

  it('lets a facilitator remove any, by an edit', async () => {
    const { session, choose, reads } = await setUp({ anonymous: true, me: MAREN })
    await choose('More for: Alerts name hosts', 'Remove')
    expect(reads()).toBe('Waiting(w1,w2) Tickets(t1) n2 n3')
    expect(session.commands).toEqual([])
  })
})

it('renders one note again for one letter, among 500 in groups and alone', async () => {
  const session = sessionAlone()
  const { board } = session.docs
  goTo(session, 'gaps', 'group')
  const ids = Array.from({ length: 500 }, (_, nth) =>
    put(board, `n${nth}`, { order: `a${String(nth).padStart(4, '0')}1` }),
  )
  for (let nth = 0; nth < 20; nth++) putGroup(board, `g${nth}`, ids.slice(nth * 10, nth * 10 + 10), { order: 'a0' })
  const rendered = new Set<string>()
  const count: ProfilerOnRenderCallback = (id) => void rendered.add(id)
  const aside = (id: string) => (
    <Profiler id={id} onRender={count}>
      <span>{id}</span>
    </Profiler>
  )
  render(
    <Inside session={session}>
      <Wall phase="gaps" aside={aside} />
    </Inside>,
  )
  await screen.findByRole('group', { name: 'Group: g0' })
  rendered.clear()
  act(() => writeInto(board, 'n450'))
  expect([...rendered]).toEqual(['n450'])
  rendered.clear()
  // One in a group: neither its group's votes nor anybody else's.
  act(() => writeInto(board, 'n5'))
  expect([...rendered]).toEqual([])
}, 30_000)

function writeInto(board: Parameters<typeof readBoard>[0], id: string) {
  const text = board.getMap<{ get: (key: string) => { insert: (at: number, text: string) => void } }>('notes').get(id)
  text?.get('text').insert(0, 'a ')
}
