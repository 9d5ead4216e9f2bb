import { act, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import '../ui/topLayer.fixture.ts'
import { hideToast } from '../ui/toasts.ts'
import { Bar } from './Bar.tsx'
import { addAction, at, INES, Inside, MAREN, makeStage, type Stage } from './stage.fixture.tsx'

const OBSERVER = { id: INES.id, name: 'Observer', role: 'observer' } as const

function open(stage: Stage, shown: 'principles' | 'ideal' | 'gaps' | 'actions' | 'owners' = 'ideal') {
  hideToast()
  const did: string[] = []
  render(
    <Inside stage={stage}>
      <Bar shown={shown} onRejoin={() => did.push('rejoin')} onOpenPlan={() => did.push('plan')} />
    </Inside>,
  )
  return { did, user: userEvent.setup(), bar: screen.getByRole('region', { name: 'This step' }) }
}

const button = (name: string | RegExp) => screen.getByRole('button', { name })
const noButton = (name: string | RegExp) => expect(screen.queryByRole('button', { name })).toBeNull()

describe('who may do what in the bar', () => {
  test('a facilitator moves on from where this screen saw the group, and can take it back', async () => {
    const stage = makeStage()
    const { user } = open(stage)
    await user.click(button('Next: Gaps'))
    expect(stage.commands).toEqual([{ name: 'move', from: at('ideal'), to: at('gaps') }])
    await user.click(await screen.findByRole('button', { name: 'Take back' }))
    expect(stage.commands[1]).toEqual({ name: 'move', from: at('gaps'), to: at('ideal') })
  })

  test('a facilitator goes back, and jumps to any phase from the menu', async () => {
    const stage = makeStage()
    const { user } = open(stage)
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
  ])('%s sees the step and the time, and moves nobody', (_, as) => {
    const { bar } = open(makeStage({ as }))
    expect(within(bar).getByText('Open')).toBeDefined()
    expect(screen.getByRole('timer', { name: '25 minutes left' }).textContent).toBe('25:00')
    noButton(/^Next/)
    noButton(/^Back/)
    noButton(/the timer$/)
  })

  test('who looks at another phase alone is offered to rejoin', async () => {
    const { did, user } = open(makeStage({ as: INES }), 'principles')
    await user.click(button('Rejoin Ideal state'))
    expect(did).toEqual(['rejoin'])
  })

  test('at the first step there is no way back, and the button says why', async () => {
    const stage = makeStage({ fields: { at: at('principles') } })
    const { user } = open(stage, 'principles')
    await user.click(button('Back'))
    expect(stage.commands).toEqual([])
    expect(await screen.findByText('This is the first step.')).toBeDefined()
  })

  test('offline the buttons stay, do nothing, and say why', async () => {
    const stage = makeStage()
    stage.goes({ is: 'offline', waiting: 0 })
    const { user } = open(stage)
    await user.click(button('Next: Gaps'))
    await user.click(button('Start the timer'))
    expect(button('Next: Gaps').getAttribute('aria-disabled')).toBe('true')
    expect(stage.commands).toEqual([])
    expect(await screen.findByText(/You are offline\./)).toBeDefined()
  })

  test('what the server refuses is said in its own sentence', async () => {
    const stage = makeStage()
    stage.answers({ ok: false, code: 'stale', message: 'Someone moved the workshop at the same moment.' })
    const { user } = open(stage)
    await user.click(button('Next: Gaps'))
    expect(await screen.findByText('Someone moved the workshop at the same moment.')).toBeDefined()
    noButton('Take back')
  })
})

describe('the timer', () => {
  test('starts, pauses, resumes, is extended and reset', async () => {
    const stage = makeStage()
    const { user } = open(stage)
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

  test('under one minute and over are said in words', () => {
    const stage = makeStage({ as: INES })
    open(stage)
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
    addAction(stage.session.docs.board, 'Replace the two approvals', null)
    addAction(stage.session.docs.board, 'Grow disks on their own', INES.id)
    const { user } = open(stage, 'owners')
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

  test('closes at once when every action has an owner', async () => {
    const stage = makeStage({ fields: { at: at('owners') } })
    addAction(stage.session.docs.board, 'Grow disks on their own', INES.id)
    const { user } = open(stage, 'owners')
    await user.click(button('Close workshop'))
    expect(stage.commands).toEqual([{ name: 'close workshop', from: at('owners') }])
    await user.click(await screen.findByRole('button', { name: 'Reopen' }))
    expect(stage.commands[1]).toEqual({ name: 'reopen workshop' })
  })

  test('a closed workshop leads to the plan; a facilitator can reopen it', async () => {
    const stage = makeStage({ fields: { at: at('owners'), state: 'closed', closedAt: 1 } })
    const { did, user } = open(stage, 'owners')
    expect(screen.queryByRole('timer')).toBeNull()
    await user.click(button('Open the plan'))
    expect(did).toEqual(['plan'])
    await user.click(button('More for this step'))
    await user.click(await screen.findByRole('menuitem', { name: 'Reopen the workshop' }))
    expect(stage.commands).toEqual([{ name: 'reopen workshop' }])
  })
})
