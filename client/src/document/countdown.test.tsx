import { removeNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { act, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useCountdownSeconds, useLanding } from './countdown.ts'
import { type Alone, Inside, MAREN, put, sessionAlone, setStage } from './workshop.fixture.tsx'

let session: Alone
/** How often each thing was rendered since the counts were cleared. */
const renders = new Map<string, number>()
const count = (what: string) => renders.set(what, (renders.get(what) ?? 0) + 1)
beforeEach(() => {
  session = sessionAlone()
  renders.clear()
})
afterEach(() => session.presence.destroy())

const show = (children: ReactNode) => render(<Inside session={session}>{children}</Inside>)
const change = (edit: ReturnType<typeof removeNote>) => act(() => void edit(session.docs.board))

function Text({ of }: { readonly of: () => unknown }) {
  return <output>{JSON.stringify(of())}</output>
}

function Seconds() {
  count('seconds')
  return <output>{String(useCountdownSeconds())}</output>
}

describe('a countdown', () => {
  const START = 1_800_000_000_000
  beforeEach(() => void vi.useFakeTimers({ now: START }))
  afterEach(() => void vi.useRealTimers())

  const shown = () => screen.getByRole('status').textContent
  const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms))

  it('shows whole seconds of the server’s clock, renders once for each, and is gone when it is stopped', () => {
    // The server's clock is an hour ahead, and started 300 ms ago.
    const server = { ...session, now: () => Date.now() + 3_600_000 }
    session = server
    show(<Seconds />)
    expect(shown()).toBe('null')
    const to = { phase: 'gaps', step: 'gaps-1' as never } as const
    const countdown = { to, does: 'share', endsAt: server.now() + 2_700, by: MAREN.id } as const
    act(() => setStage(session, { countdown }))
    expect(shown()).toBe('3')
    renders.clear()
    pass(700)
    expect(shown()).toBe('2')
    pass(1_000)
    expect(shown()).toBe('1')
    pass(1_000)
    expect(shown()).toBe('0')
    expect(renders.get('seconds')).toBe(3)
    act(() => setStage(session, { countdown: null }))
    expect(shown()).toBe('null')
  })
})

describe('a reveal', () => {
  const reads = () => JSON.parse(screen.getByRole('status').textContent ?? '')

  it('shows a reveal as landing until the board holds all of it, removed notes counted', () => {
    show(<Text of={useLanding} />)
    expect(reads()).toBeNull()
    act(() => setStage(session, { reveal: { phase: 'gaps', at: 77, count: 2 } }))
    expect(reads()).toMatchObject({ count: 2 })
    act(() => void put(session.docs.board, 'n1', { at: 77 }))
    act(() => void put(session.docs.board, 'n2', { at: 78 }))
    act(() => void put(session.docs.board, 'n3', { at: 77, phase: 'actions' }))
    change(removeNote('n1' as NoteId))
    expect(reads()).toMatchObject({ count: 2 })
    act(() => void put(session.docs.board, 'n4', { at: 77 }))
    expect(reads()).toBeNull()
  })
})
