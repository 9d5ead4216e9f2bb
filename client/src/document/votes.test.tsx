import type { NoteId } from '@quintet/shared/ids'
import { act, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useRound, useTally } from './votes.ts'
import { type Alone, goTo, Inside, putRound, sessionAlone } from './workshop.fixture.tsx'

let session: Alone
beforeEach(() => {
  session = sessionAlone()
})
afterEach(() => session.presence.destroy())

const show = (children: ReactNode) => render(<Inside session={session}>{children}</Inside>)

function Text({ of }: { readonly of: () => unknown }) {
  return <output>{JSON.stringify(of())}</output>
}

describe('the hooks of a vote', () => {
  const reads = () => JSON.parse(screen.getByRole('status').textContent ?? '')

  it('knows what a closed round came to, and nothing before', () => {
    putRound(session, 'gaps')
    show(<Text of={() => useTally('gaps')} />)
    expect(reads()).toBeNull()
    const tally = { totals: { n1: 3 } as Record<NoteId, number>, dots: 3, voted: 2, people: 2 }
    act(() => void putRound(session, 'gaps', { state: 'closed', closedAt: 9, tally }))
    expect(reads()).toEqual(tally)
  })

  it('knows the round of the step that the group is in', () => {
    goTo(session, 'gaps', 'decide')
    putRound(session, 'gaps')
    show(<Text of={() => useRound()?.id ?? null} />)
    expect(reads()).toBeNull()
    act(() => goTo(session, 'gaps', 'vote'))
    expect(reads()).toBe('round-gaps')
  })
})
