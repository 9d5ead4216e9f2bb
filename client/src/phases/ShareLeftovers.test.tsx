import { LIMITS } from '@quintet/shared/limits'
import { draftEntry, readDraft } from '@quintet/shared/notebook'
import type { StepKind } from '@quintet/shared/phases'
import { act, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { Composer } from '../board/Composer.tsx'
import { goTo, Inside, putDraft, sessionAlone, setStage } from '../document/workshop.fixture.tsx'
import { ToastHost } from '../ui/ToastHost.tsx'
import '../ui/topLayer.fixture.ts'
import { ShareLeftovers } from './ShareLeftovers.tsx'

// What is on its way to the wall is the page's, and outlives a test: each has a draft of its own.
let count = 0

function setUp(kind: StepKind, anonymous = false) {
  const session = sessionAlone()
  goTo(session, 'gaps', kind, { anonymous })
  const late = putDraft(session, `late${++count}`, { text: 'Typed too late', ready: false, at: 1 })
  putDraft(session, 'empty', { text: '', ready: false, at: 2 })
  putDraft(session, 'gone', { text: 'Shared', became: 'n1', at: 3 })
  render(
    <Inside session={session}>
      <ShareLeftovers phase="gaps" />
      <ToastHost />
    </Inside>,
  )
  return { session, late, user: userEvent.setup() }
}

const strip = () => screen.getByRole('region', { name: 'Still yours alone' })
const share = () => within(strip()).getByRole('button', { name: 'Share it too' })

it('shares what a reveal left at once where the step allows it', async () => {
  const { session, late, user } = setUp('share')
  expect(within(strip()).getAllByRole('article')).toHaveLength(1)
  await user.click(share())
  expect(session.commands).toEqual([{ name: 'share draft', draft: late }])
  // It is on its way: the board will tell when it is there.
  expect(screen.queryByRole('region')).toBeNull()
})

it('keeps a draft that the server refuses, and says why', async () => {
  const { session, user } = setUp('share')
  session.command = () =>
    Promise.resolve({ ok: false, code: 'invalid', message: 'Gaps is locked. It stays yours alone.' })
  await user.click(share())
  expect(await screen.findByText('Gaps is locked. It stays yours alone.')).toBeTruthy()
  expect(within(strip()).getByText('Typed too late')).toBeTruthy()
})

it('makes an anonymous one ready, which lands with the next move, without a command', async () => {
  const { session, late, user } = setUp('share', true)
  await user.click(share())
  expect(session.commands).toEqual([])
  const { notebook } = session.docs
  expect(notebook && readDraft(late, draftEntry(notebook, late))?.ready).toBe(true)
  expect(within(strip()).getByText('Lands with the next move')).toBeTruthy()
})

it('takes that back while it waits', async () => {
  const { session, late, user } = setUp('share', true)
  await user.click(share())
  await user.click(within(strip()).getByRole('button', { name: 'Keep it to myself' }))
  const { notebook } = session.docs
  expect(notebook && readDraft(late, draftEntry(notebook, late))?.ready).toBe(false)
  expect(share()).toBeTruthy()
})

it('makes nothing ready by leaving its field: only asking for it does', async () => {
  const { session, late, user } = setUp('share', true)
  await user.click(within(strip()).getByText('Typed too late'))
  await user.keyboard(', and more{Enter}')
  const { notebook } = session.docs
  expect(notebook && readDraft(late, draftEntry(notebook, late))).toMatchObject({
    text: 'Typed too late, and more',
    ready: false,
  })
  expect(share()).toBeTruthy()
})

it('says of a draft that is too long for a note what to do', () => {
  const session = sessionAlone()
  goTo(session, 'gaps', 'share', { anonymous: true })
  putDraft(session, `late${++count}`, { text: 'x'.repeat(LIMITS.noteMerged + 1) })
  render(
    <Inside session={session}>
      <ShareLeftovers phase="gaps" />
    </Inside>,
  )
  expect(within(strip()).getByText('Too long for one note: make two of it')).toBeTruthy()
  expect(within(strip()).queryByText('Lands with the next move')).toBeNull()
})

it('is there to be read and copied once the workshop is closed', async () => {
  const { session, user } = setUp('share')
  act(() => setStage(session, { state: 'closed', closedAt: 2 }))
  expect(strip().textContent).toContain('The workshop is closed, and nobody else sees these.')
  expect(within(strip()).queryByRole('button', { name: 'Share it too' })).toBeNull()
  await user.click(within(strip()).getByText('Typed too late'))
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(within(strip()).getByRole('button', { name: 'Copy: Typed too late' })).toBeTruthy()
})

it.each([false, true])(
  'says that the board is full, and leaves the words to be copied or changed; anonymous: %s',
  async (anonymous) => {
    const { session, user } = setUp('share', anonymous)
    act(() => {
      putDraft(session, `late${++count}`, { text: 'Was ready', at: 4 })
      setStage(session, { reveal: { phase: 'ideal', at: 2, count: 1, noRoom: 1 } })
    })
    expect(strip().textContent).toContain('The board is full and takes no more notes, so these stay yours alone.')
    expect(within(strip()).queryByRole('button', { name: 'Share it too' })).toBeNull()
    expect(within(strip()).queryByText('Lands with the next move')).toBeNull()
    expect(within(strip()).getByRole('button', { name: 'Copy: Was ready' })).toBeTruthy()
    await user.click(within(strip()).getByText('Typed too late'))
    expect(screen.getByRole('textbox')).toBeTruthy()
  },
)

it('says when it will be possible where it is not', async () => {
  const { session, user } = setUp('vote')
  expect(strip().textContent).toContain('It is possible in Decide. Until then nobody else sees these.')
  await user.click(share())
  expect(session.commands).toEqual([])
})

it.each([false, true])('leaves that to the composer, where one stands below; anonymous: %s', (anonymous) => {
  const session = sessionAlone()
  goTo(session, 'gaps', 'group', { anonymous })
  putDraft(session, `late${++count}`, { text: 'Typed too late', ready: false })
  render(
    <Inside session={session}>
      <ShareLeftovers phase="gaps" />
      <Composer phase="gaps" under={null} />
    </Inside>,
  )
  expect(screen.getAllByText(/It is possible in Decide\./)).toHaveLength(1)
  expect(strip().textContent).toContain('Nobody else sees these.')
})

it('shows nothing of what the composer left empty', () => {
  const session = sessionAlone()
  goTo(session, 'gaps', 'share')
  putDraft(session, 'empty', { text: '', ready: false })
  render(
    <Inside session={session}>
      <ShareLeftovers phase="gaps" />
    </Inside>,
  )
  expect(screen.queryByRole('region')).toBeNull()
})
