import type { NoteId } from '@quintet/shared/ids'
import { act, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useRound, useTally, useTotal } from './votes.ts'
import { type Alone, goTo, Inside, put, putRound, sessionAlone } from './workshop.fixture.tsx'

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

  it('knows the totals of a closed round, and none before', () => {
    put(session.docs.board, 'n1')
    put(session.docs.board, 'n2')
    putRound(session, 'gaps')
    show(<Text of={() => [useTotal('n1' as NoteId), useTotal('n2' as NoteId), useTally('gaps')?.dots ?? null]} />)
    expect(reads()).toEqual([null, null, null])
    const tally = { totals: { n1: 3 } as Record<NoteId, number>, dots: 3, voted: 2, people: 2 }
    act(() => void putRound(session, 'gaps', { state: 'closed', closedAt: 9, tally }))
    expect(reads()).toEqual([3, 0, 3])
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
