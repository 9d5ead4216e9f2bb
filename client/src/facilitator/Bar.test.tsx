import { RHYTHM_AGENDA } from '@quintet/shared/agenda'
import { act, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, test } from 'vitest'
import '../ui/topLayer.fixture.ts'
// Fetched before they are wanted, so that no test waits for a busy machine to do it.
import '../ui/Menu.tsx'
import './CloseDialog.tsx'
import './LeadBar.tsx'
import { hideToast, showToast } from '../ui/toasts.ts'
import { Bar } from './Bar.tsx'
import { addAction, at, INES, Inside, left, MAREN, makeStage, type Stage, step, voteRound } from './stage.fixture.tsx'

const OBSERVER = { id: INES.id, name: 'Observer', role: 'observer' } as const

/** The bar of somebody who looks back at the principles until they rejoin. */
function Looking() {
  const [shown, look] = useState<'principles' | 'ideal'>('principles')
  return <Bar shown={shown} onRejoin={() => look('ideal')} onOpenPlan={() => undefined} />
}

/** Shows the bar; a facilitator's is there once its part was loaded. */
async function open(stage: Stage, shown: 'principles' | 'ideal' | 'gaps' | 'actions' | 'owners' = 'ideal') {
  hideToast()
  const did: string[] = []
  render(
    <Inside stage={stage}>
      <Bar shown={shown} onRejoin={() => did.push('rejoin')} onOpenPlan={() => did.push('plan')} />
    </Inside>,
  )
  if (stage.session.me.role === 'facilitator') await screen.findByRole('button', { name: 'More for this step' })
  return { did, user: userEvent.setup(), bar: screen.getByRole('region', { name: 'This step' }) }
}

const button = (name: string | RegExp) => screen.getByRole('button', { name })
const noButton = (name: string | RegExp) => expect(screen.queryByRole('button', { name })).toBeNull()

describe('who may do what in the bar', () => {
  test('a facilitator moves on from where this screen saw the group', async () => {
    const stage = makeStage()
    const { user } = await open(stage)
    await user.click(button('Next: Gaps'))
    expect(stage.commands).toEqual([{ name: 'move', from: at('ideal'), to: at('gaps') }])
  })

  test('a double click and a key that is held down move once', async () => {
    const stage = makeStage()
    const { user } = await open(stage)
    await user.dblClick(button('Next: Gaps'))
    expect(stage.commands).toHaveLength(1)
    button('Next: Gaps').focus()
    await user.keyboard('{Enter>3}')
    expect(stage.commands).toHaveLength(2)
  })

  test('a facilitator goes back, and jumps to any phase from the menu', async () => {
    const stage = makeStage()
    const { user } = await open(stage)
    await user.click(button('Back to Principles'))
    await user.click(button('More for this step'))
    await user.click(await screen.findByRole('menuitemradio', { name: 'Actions' }))
    expect(stage.commands).toEqual([
      { name: 'move', from: at('ideal'), to: at('principles') },
      { name: 'move', from: at('ideal'), to: at('actions') },
    ])
  })

  test.each([
    ['a member', INES],
    ['an observer', OBSERVER],
  ])('%s sees the step and the time, and moves nobody', async (_, as) => {
    const { bar } = await open(makeStage({ as }))
    expect(within(bar).getByText('Open')).toBeDefined()
    expect(screen.getByRole('timer', { name: '25 minutes left' }).textContent).toBe('25:00')
    noButton(/^Next/)
    noButton(/^Back/)
    noButton(/the timer$/)
  })

  test('who looks at another phase alone is offered to rejoin', async () => {
    const { did, user } = await open(makeStage({ as: INES }), 'principles')
    await user.click(button('Rejoin Ideal state'))
    expect(did).toEqual(['rejoin'])
  })

  test.each([
    ['to the next move', MAREN, 'Next: Gaps'],
    ['to the bar’s first button, where there is nothing to do', INES, /^Undo/],
  ])('who rejoins by key comes %s', async (_, as, name) => {
    render(
      <Inside stage={makeStage({ as })}>
        <Looking />
      </Inside>,
    )
    if (as === MAREN) await screen.findByRole('button', { name: 'More for this step' })
    button('Rejoin Ideal state').focus()
    await userEvent.setup().keyboard('{Enter}')
    expect(document.activeElement).toBe(button(name))
  })

  test('at the first step there is no way back, and the button says why', async () => {
    const stage = makeStage({ fields: { at: at('principles') } })
    const { user } = await open(stage, 'principles')
    await user.click(button('Back'))
    expect(stage.commands).toEqual([])
    expect(await screen.findByText('This is the first step.')).toBeDefined()
  })

  test('offline the buttons stay, do nothing, and say why', async () => {
    const stage = makeStage()
    stage.goes({ is: 'offline', waiting: 0 })
    const { user } = await open(stage)
    await user.click(button('Next: Gaps'))
    await user.click(button('Start the timer'))
    expect(button('Next: Gaps').getAttribute('aria-disabled')).toBe('true')
    expect(stage.commands).toEqual([])
    expect(await screen.findByText(/You are offline\./)).toBeDefined()
  })

  test('what the server refuses is said in its own sentence', async () => {
    const stage = makeStage()
    stage.answers({ ok: false, code: 'stale', message: 'Someone moved the workshop at the same moment.' })
    const { user } = await open(stage)
    await user.click(button('Next: Gaps'))
    expect(await screen.findByText('Someone moved the workshop at the same moment.')).toBeDefined()
    noButton('Take back')
  })
})

describe('the way back', () => {
  test('stands for every facilitator, whoever moved, and takes back what happened', async () => {
    const stage = makeStage()
    const { user } = await open(stage)
    act(() => stage.set({ at: at('gaps'), left: left(at('ideal')) }))
    expect(await screen.findByText('Everyone is in Gaps now')).toBeDefined()
    await user.click(button('Take back'))
    expect(stage.commands).toEqual([{ name: 'move', from: at('gaps'), to: at('ideal') }])
  })

  test('is not offered to a member, nor for a move that is long over', async () => {
    await open(makeStage({ as: INES, fields: { at: at('gaps'), left: left(at('ideal')) } }))
    noButton('Take back')
  })

  test('is not offered once ten seconds have passed', async () => {
    await open(makeStage({ fields: { at: at('gaps'), left: left(at('ideal'), 10_001) } }))
    noButton('Take back')
  })

  test('comes again when another message that took its place goes, and stays closed when it was closed', async () => {
    const { user } = await open(makeStage({ fields: { at: at('gaps'), left: left(at('ideal')) } }))
    act(() => showToast({ text: 'Something else' }))
    noButton('Take back')
    act(() => hideToast())
    expect(await screen.findByRole('button', { name: 'Take back' })).toBeDefined()
    await user.click(button('Close message'))
    noButton('Take back')
  })

  test('says what was shown, where the move showed something', async () => {
    const now = Date.now()
    const stage = makeStage({ fields: { agenda: RHYTHM_AGENDA, at: step('ideal', 1) } })
    await open(stage)
    act(() =>
      stage.set({
        at: step('ideal', 2),
        left: { ...left(step('ideal', 1)), movedAt: now },
        reveal: { phase: 'ideal', at: now, count: 9 },
      }),
    )
    expect(await screen.findByText('9 drafts are on the wall')).toBeDefined()
    act(() =>
      stage.set({ at: step('ideal', 5), left: { ...left(step('ideal', 4)), movedAt: now + 1 } }, [
        voteRound({ state: 'closed', closedAt: now + 1, tally: { totals: {}, dots: 45, voted: 9, people: 9 } }),
      ]),
    )
    expect(await screen.findByText('Vote closed, 45 dots counted')).toBeDefined()
  })

  test('says what did not fit where the board is full, and goes on saying how much in the bar', async () => {
    const now = Date.now()
    const stage = makeStage({ fields: { agenda: RHYTHM_AGENDA, at: step('ideal', 1) } })
    await open(stage)
    const reveal = { phase: 'ideal', at: now, count: 9, noRoom: 3 } as const
    act(() => stage.set({ at: step('ideal', 2), left: { ...left(step('ideal', 1)), movedAt: now }, reveal }))
    expect(
      await screen.findByText(/^9 drafts are on the wall\. 3 drafts did not fit, since the board is full: they stay/),
    ).toBeDefined()
    expect(screen.getByText('3 drafts did not fit')).toBeDefined()
    act(() => stage.set({ reveal: { ...reveal, noRoom: 1 } }))
    expect(
      await screen.findByText(/1 draft did not fit, since the board is full: it stays with its author/),
    ).toBeDefined()
    act(() => stage.set({ at: step('ideal', 5), left: { ...left(step('ideal', 4)), movedAt: now + 1 } }))
    expect(await screen.findByText(/^Everyone is in [^.]* now$/)).toBeDefined()
    expect(screen.queryByText(/did not fit/)).toBeNull()
  })
})

describe('what the main button says that it does', () => {
  test('out of Write it shares the drafts, and says how many still type, without waiting for them', async () => {
    const stage = makeStage({ fields: { agenda: RHYTHM_AGENDA, at: step('ideal', 1) } })
    const { user } = await open(stage)
    act(() => stage.set({ progress: { writing: 3, typing: 2, done: 1, voted: 0 } }))
    const share = screen.getByRole('button', { name: 'Share the drafts', description: '2 are still typing' })
    await user.click(share)
    expect(stage.commands).toEqual([{ name: 'move', from: step('ideal', 1), to: step('ideal', 2) }])
  })

  test('during a countdown it stops the one that this screen shows', async () => {
    const stage = makeStage({ fields: { agenda: RHYTHM_AGENDA, at: step('ideal', 1) } })
    const { user } = await open(stage)
    act(() => stage.set({ countdown: { to: step('ideal', 2), does: 'share', endsAt: 17, by: MAREN.id } }))
    noButton('Share the drafts')
    await user.click(button('Stop'))
    expect(stage.commands).toEqual([{ name: 'stop countdown', countdown: 17 }])
  })

  test('it keeps the focus of a keyboard while what it does changes, up to the last step', async () => {
    const stage = makeStage({ fields: { agenda: RHYTHM_AGENDA, at: step('actions', 1) } })
    await open(stage, 'actions')
    button('Share the drafts').focus()
    act(() => stage.set({ countdown: { to: step('actions', 2), does: 'share', endsAt: 17, by: MAREN.id } }))
    expect(document.activeElement).toBe(button('Stop'))
    act(() => stage.set({ countdown: null, at: step('actions', 5) }))
    expect(document.activeElement).toBe(button('Next: Owners'))
  })

  test('in an open vote it closes the vote, in a closed one it goes on', async () => {
    const stage = makeStage({ fields: { agenda: RHYTHM_AGENDA, at: step('ideal', 4) } })
    await open(stage)
    act(() => stage.set({}, [voteRound({ state: 'open' })]))
    expect(button('Close vote')).toBeDefined()
    act(() => stage.set({}, [voteRound({ state: 'closed', closedAt: 2 })]))
    expect(button('Next: Decide')).toBeDefined()
  })

  test('the menu goes to any step of the phase, reopens a closed vote with its dots, and votes again', async () => {
    const stage = makeStage({ fields: { agenda: RHYTHM_AGENDA, at: step('ideal', 5) } })
    const { user } = await open(stage)
    act(() => stage.set({}, [voteRound({ state: 'closed', closedAt: 2 })]))
    for (const entry of ['Group', 'Reopen the vote, with its dots', 'Vote again, from the start']) {
      await user.click(button('More for this step'))
      await user.click(await screen.findByText(entry, { selector: '[role^=menuitem] *' }))
    }
    expect(stage.commands).toEqual([
      { name: 'move', from: step('ideal', 5), to: step('ideal', 3) },
      { name: 'reopen vote', from: step('ideal', 5), round: 'r1' },
      { name: 'vote again', from: step('ideal', 5), step: step('ideal', 4) },
    ])
  })
})

describe('the timer', () => {
  test('starts, pauses, resumes, is extended and reset', async () => {
    const stage = makeStage()
    const { user } = await open(stage)
    await user.click(button('Start the timer'))
    act(() => stage.set({ timer: { state: 'running', duration: 420_000, endsAt: Date.now() + 300_000 } }))
    await user.click(button('Pause the timer'))
    act(() => stage.set({ timer: { state: 'paused', duration: 420_000, left: 252_000, by: MAREN.id } }))
    expect(screen.getByText('Paused by Maren')).toBeDefined()
    expect(screen.getByRole('timer').textContent).toBe('4:12')
    await user.click(button('Resume the timer'))
    await user.click(button(/^Add one minute/))
    await user.click(button('Reset the timer'))
    expect(stage.commands).toEqual([
      { name: 'start timer' },
      { name: 'pause timer' },
      { name: 'resume timer' },
      { name: 'extend timer', by: 60_000 },
      { name: 'reset timer' },
    ])
  })

  test('under one minute and over are said in words', async () => {
    const stage = makeStage({ as: INES })
    await open(stage)
    act(() => stage.set({ timer: { state: 'running', duration: 420_000, endsAt: Date.now() + 38_000 } }))
    expect(screen.getByText('Under one minute')).toBeDefined()
    act(() => stage.set({ timer: { state: 'running', duration: 420_000, endsAt: Date.now() - 42_000 } }))
    expect(screen.getByText('Over, step stays open')).toBeDefined()
    expect(screen.getByRole('timer').textContent).toMatch(/^\+0:4\d$/)
  })
})

describe('closing', () => {
  test('asks first while actions have no owner, and names them', async () => {
    const stage = makeStage({ fields: { at: at('owners') } })
    addAction(stage.session.docs.board, 'Replace the two approvals', null, { threaded: true })
    addAction(stage.session.docs.board, 'Grow disks on their own', INES.id, { threaded: true })
    const { user } = await open(stage, 'owners')
    await user.click(button('Close workshop'))
    const dialog = await screen.findByRole('dialog', { name: 'Close with 1 action unowned?' })
    expect(within(dialog).getByText('Replace the two approvals')).toBeDefined()
    expect(within(dialog).queryByText('Grow disks on their own')).toBeNull()
    await user.click(within(dialog).getByRole('button', { name: 'Find owners' }))
    expect(stage.commands).toEqual([])
    await user.click(button('Close workshop'))
    await user.click(await screen.findByRole('button', { name: 'Close anyway' }))
    expect(stage.commands).toEqual([{ name: 'close workshop', from: at('owners') }])
  })

  test('asks first where the thread is broken elsewhere, with a checklist', async () => {
    const stage = makeStage({ fields: { at: at('owners') } })
    addAction(stage.session.docs.board, 'Grow disks on their own', INES.id)
    const { user } = await open(stage, 'owners')
    await user.click(button('Close workshop'))
    const dialog = await screen.findByRole('dialog', { name: 'Close with the thread broken in 1 place?' })
    expect(within(dialog).getByRole('term').textContent).toBe('1 action closes no gap')
    expect(within(dialog).getByRole('definition').textContent).toBe('Grow disks on their own')
    await user.click(within(dialog).getByRole('button', { name: 'Close anyway' }))
    expect(stage.commands).toEqual([{ name: 'close workshop', from: at('owners') }])
  })

  test('closes at once when the thread is whole and every action has an owner', async () => {
    const stage = makeStage({ fields: { at: at('owners') } })
    addAction(stage.session.docs.board, 'Grow disks on their own', INES.id, { threaded: true })
    const { user } = await open(stage, 'owners')
    await user.click(button('Close workshop'))
    expect(stage.commands).toEqual([{ name: 'close workshop', from: at('owners') }])
    await user.click(await screen.findByRole('button', { name: 'Reopen' }))
    expect(stage.commands[1]).toEqual({ name: 'reopen workshop' })
  })

  test('a closed workshop leads to the plan; a facilitator can reopen it', async () => {
    const stage = makeStage({ fields: { at: at('owners'), state: 'closed', closedAt: 1 } })
    const { did, user } = await open(stage, 'owners')
    expect(screen.queryByRole('timer')).toBeNull()
    await user.click(button('Open the plan'))
    expect(did).toEqual(['plan'])
    await user.click(button('More for this step'))
    await user.click(await screen.findByRole('menuitem', { name: 'Reopen the workshop' }))
    expect(stage.commands).toEqual([{ name: 'reopen workshop' }])
  })
})
