import type { OutcomeId } from '@quintet/shared/board'
import { bringBackNote, moveNote, removeNote, setOwner, targetText } from '@quintet/shared/edits'
import { mergeGroups, splitGroup } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { Round } from '@quintet/shared/stage'
import { act, render, screen } from '@testing-library/react'
import { memo, type ReactNode } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { documentViews } from './documentViews.ts'
import { TotalsViews, useTotal, useTotals } from './totals.ts'
import { type Alone, Inside, put, putGroup, putMarks, putRound, sessionAlone, setStage } from './workshop.fixture.tsx'

const renders = new Map<string, number>()
let session: Alone
beforeEach(() => {
  session = sessionAlone()
  renders.clear()
})

const count = (what: string) => renders.set(what, (renders.get(what) ?? 0) + 1)
const counted = () => {
  const counts = Object.fromEntries(renders)
  renders.clear()
  return counts
}
const show = (children: ReactNode) => render(<Inside session={session}>{children}</Inside>)
const nid = (id: string) => id as NoteId
const gid = (id: string) => id as GroupId

/** A vote on the gaps that was closed. */
const close = (totals: Readonly<Record<string, number>>, fields: Partial<Round> = {}) => {
  const dots = Object.values(totals).reduce((sum, each) => sum + each, 0)
  const tally = { totals: totals as Record<OutcomeId, number>, dots, voted: 1, people: 1 }
  return putRound(session, 'gaps', { state: 'closed', closedAt: 2, tally, ...fields })
}

const One = memo(function One({ id }: { readonly id: OutcomeId }) {
  const { dots, tied } = useTotal(id)
  count(id)
  return (
    <li>
      {id} {dots}
      {tied && ' tied'}
    </li>
  )
})

function All({ ids }: { readonly ids: readonly string[] }) {
  const totals = useTotals('gaps')
  count('all')
  return (
    <>
      <output>{totals ? `${totals.on.size} on, ${totals.gone} gone` : 'none'}</output>
      <ul>
        {ids.map((id) => (
          <One key={id} id={id as OutcomeId} />
        ))}
      </ul>
    </>
  )
}

const reads = () => [
  ...screen.getAllByRole('listitem').map(({ textContent }) => textContent),
  screen.getByRole('status').textContent,
]
const change = (edit: ReturnType<typeof removeNote>) => act(() => void edit(session.docs.board))

describe('what notes and groups got', () => {
  const ids = ['n1', 'n2', 'n3', 'g1', 'g2']
  beforeEach(() => {
    for (const id of ['n1', 'n2', 'n3', 'n4']) put(session.docs.board, id, { order: id })
  })

  it('is nothing before a vote was closed, and while it is open again', () => {
    show(<All ids={['n1', 'n2']} />)
    expect(reads()).toEqual(['n1 0', 'n2 0', 'none'])
    act(() => void close({ n1: 3 }))
    expect(reads()).toEqual(['n1 3', 'n2 0', '1 on, 0 gone'])
    act(() => void close({ n1: 3 }, { state: 'open', closedAt: null }))
    expect(reads()).toEqual(['n1 0', 'n2 0', 'none'])
  })

  it('goes with what stands as what, and comes back', () => {
    close({ n1: 1, n2: 2, n3: 1 })
    show(<All ids={ids} />)
    expect(reads()).toEqual(['n1 1 tied', 'n2 2', 'n3 1 tied', 'g1 0', 'g2 0', '3 on, 0 gone'])
    act(() => void putGroup(session.docs.board, 'g1', ['n1', 'n3']))
    expect(reads()).toEqual(['n1 0', 'n2 2 tied', 'n3 0', 'g1 2 tied', 'g2 0', '2 on, 0 gone'])
    act(() => void putGroup(session.docs.board, 'g2', ['n2', 'n4']))
    change(mergeGroups(gid('g1'), gid('g2')))
    expect(reads()).toEqual(['n1 0', 'n2 0', 'n3 0', 'g1 0', 'g2 4', '1 on, 0 gone'])
    change(removeNote(nid('n3')))
    expect(reads()).toEqual(['n1 0', 'n2 0', 'n3 0', 'g1 0', 'g2 3', '1 on, 1 gone'])
    change(bringBackNote(nid('n3')))
    change(
      splitGroup(
        gid('g2'),
        ['n1', 'n2', 'n3', 'n4'].map((id) => [nid(id), id]),
      ),
    )
    expect(reads()).toEqual(['n1 1 tied', 'n2 2', 'n3 1 tied', 'g1 0', 'g2 0', '3 on, 0 gone'])
  })

  it('stays with a group that was voted on as long as it has a note', () => {
    putGroup(session.docs.board, 'g1', ['n1', 'n2'])
    close({ g1: 5 })
    show(<All ids={ids} />)
    change(moveNote(nid('n1'), { group: null, order: 'z' }))
    expect(reads()).toEqual(['n1 0', 'n2 0', 'n3 0', 'g1 5', 'g2 0', '1 on, 0 gone'])
    change(moveNote(nid('n2'), { group: null, order: 'z' }))
    expect(reads()).toEqual(['n1 0', 'n2 0', 'n3 0', 'g1 0', 'g2 0', '0 on, 5 gone'])
  })
})

describe('with 500 notes of which each got something', () => {
  const ids = Array.from({ length: 500 }, (_, index) => `n${index}`)
  beforeEach(() => {
    session.docs.board.transact(() => {
      for (const id of ids) put(session.docs.board, id, { order: id })
    })
    close(Object.fromEntries(ids.map((id, index) => [id, 1 + index])))
  })

  it('grouping renders what it gave and took dots, and nothing else', () => {
    show(<All ids={[...ids, 'g1']} />)
    counted()
    act(() => void putGroup(session.docs.board, 'g1', ['n400', 'n401']))
    expect(counted()).toEqual({ all: 1, g1: 1, n400: 1, n401: 1 })
    change(moveNote(nid('n7'), { group: null, order: 'zz' }))
    change(setOwner(nid('n7'), { person: session.me.id }))
    act(() => void put(session.docs.board, 'late', { order: 'zz' }))
    act(() => putMarks(session, 'n7', { kept: true }))
    act(() => setStage(session, { progress: { writing: 1, typing: 1, done: 0, voted: 1 } }))
    expect(counted()).toEqual({})
  })

  it('a keystroke counts nothing again, and a change of places each total once', () => {
    const { stage, board } = documentViews(session)
    let looks = 0
    const note = (id: OutcomeId) => {
      looks++
      return board.note(id)
    }
    const { group, inGroup, shape } = board
    const views = new TotalsViews(stage, { note, group, inGroup, shape })
    expect(looks).toBe(500)
    const before = views.of('gaps').getState()
    looks = 0
    targetText(session.docs.board, { of: 'note', id: nid('n7') })?.insert(0, 'x')
    putMarks(session, 'n7', { kept: true })
    expect(looks).toBe(0)
    put(session.docs.board, 'late', { order: 'zz' })
    expect(looks).toBe(500)
    expect(views.of('gaps').getState()).toBe(before)
  })
})
