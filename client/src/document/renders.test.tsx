import type { OutcomeId } from '@quintet/shared/board'
import { hangNote, type removeNote, setOwner, targetText } from '@quintet/shared/edits'
import { mergeGroups } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import { act, render, screen } from '@testing-library/react'
import { memo, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Note } from '../board/Note.tsx'
import { useThread } from './thread.ts'
import { useTotal } from './totals.ts'
import {
  useBlocks,
  useCount,
  useEditors,
  useGroup,
  useHanging,
  useHere,
  useInGroup,
  useMarks,
  useMay,
  useNote,
  usePlan,
  useStage,
  useUnhung,
  useWall,
} from './views.ts'
import { useDots } from './votes.ts'
import {
  type Alone,
  goTo,
  INES,
  Inside,
  put,
  putDot,
  putGroup,
  putMarks,
  putRound,
  sessionAlone,
  setStage,
} from './workshop.fixture.tsx'

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
const write = (id: string, words = 'x') =>
  act(() => targetText(session.docs.board, { of: 'note', id: id as NoteId })?.insert(0, words))
const change = (edit: ReturnType<typeof removeNote>) => act(() => void edit(session.docs.board))

const OneNote = memo(function OneNote({ id }: { readonly id: NoteId }) {
  const note = useNote(id)
  const thread = useThread(id)
  const plan = usePlan(id)
  const editors = useEditors(id)
  const may = useMay('write', { phase: 'gaps', author: note?.author ?? null })
  count(id)
  return (
    <li>
      {note?.text} {thread.length} {plan.status} {editors.length} {String(may.allowed)}
    </li>
  )
})

function WholeWall() {
  const wall = useWall('gaps')
  const unhung = useUnhung('gaps')
  count('wall')
  return (
    <>
      <p>{unhung.length} unhung</p>
      <ul>
        {wall.map((id) => (
          <OneNote key={id} id={id} />
        ))}
      </ul>
    </>
  )
}

const OneBlock = memo(function OneBlock({ id }: { readonly id: OutcomeId }) {
  const [note, group] = [useNote(id as NoteId), useGroup(id as GroupId)]
  const inside = useInGroup(id as GroupId)
  const [marks, dots, total] = [useMarks(id), useDots(id), useTotal(id)]
  const below = useHanging(id, 'actions')
  count(id)
  return (
    <li>
      {note?.text ?? group?.name} {marks.kept} {dots} {total.dots} {below.length}
      {inside.map((each) => (
        <Inner key={each} id={each} />
      ))}
    </li>
  )
})

const Inner = memo(function Inner({ id }: { readonly id: NoteId }) {
  const note = useNote(id)
  count(`${id} in`)
  return <p>{note?.text}</p>
})

function Blocks() {
  const blocks = useBlocks('gaps')
  count('blocks')
  return (
    <ul>
      {blocks.map((id) => (
        <OneBlock key={id} id={id} />
      ))}
    </ul>
  )
}

function Frame() {
  const gaps = useCount('gaps')
  const hanging = useHanging('i' as NoteId, 'gaps')
  const title = useStage((stage) => stage.title)
  const here = useHere()
  count('frame')
  return (
    <p>
      {gaps} {hanging.length} {title} {here.people.length}
    </p>
  )
}

/** How many of the 500 are real ones: a real note is a hundred times the work. */
const REAL = 60

function RealWall() {
  const wall = useWall('gaps')
  count('real wall')
  return wall.slice(0, REAL).map((id) => <Note key={id} id={id} list={{ kind: 'wall', phase: 'gaps' }} />)
}

describe('with 500 notes on the wall', () => {
  const fill = () => {
    put(session.docs.board, 'i', { phase: 'ideal' })
    session.docs.board.transact(() => {
      for (let index = 0; index < 500; index++)
        put(session.docs.board, `n${index}`, { under: index % 2 ? 'i' : null, order: `a${index % 10}` })
    })
  }

  it('a keystroke in one note renders that note alone, once', () => {
    fill()
    show(
      <>
        <Frame />
        <WholeWall />
      </>,
    )
    expect(renders.get('n7')).toBe(1)
    renders.clear()
    write('n250')
    expect(Object.fromEntries(renders)).toEqual({ n250: 1 })
    expect(screen.getByText(/^xn250/)).toBeTruthy()
    write('n251', 'y')
    expect(Object.fromEntries(renders)).toEqual({ n250: 1, n251: 1 })
  })

  it('a note that moves, hangs elsewhere or goes renders itself and the lists that it stands in', () => {
    fill()
    show(
      <>
        <Frame />
        <WholeWall />
      </>,
    )
    renders.clear()
    change(hangNote('n4' as NoteId, 'i' as NoteId))
    expect(Object.fromEntries(renders)).toEqual({ n4: 1, wall: 1, frame: 1 })
    renders.clear()
    change(setOwner('n4' as NoteId, { person: INES.id }))
    expect(Object.fromEntries(renders)).toEqual({})
  })

  it('grouping, naming and merging render what they touch, once', () => {
    fill()
    show(
      <>
        <Frame />
        <Blocks />
      </>,
    )
    const rendered = () => {
      const counts = Object.fromEntries(renders)
      renders.clear()
      return counts
    }
    expect(renders.get('n7')).toBe(1)
    rendered()
    act(() => void putGroup(session.docs.board, 'g1', ['n1', 'n3']))
    expect(rendered()).toEqual({ blocks: 1, frame: 1, g1: 1, 'n1 in': 1, 'n3 in': 1 })
    act(() => void putGroup(session.docs.board, 'g2', ['n5', 'n7']))
    rendered()
    act(() => targetText(session.docs.board, { of: 'group', id: 'g1' as GroupId })?.insert(0, 'x'))
    expect(rendered()).toEqual({ g1: 1 })
    write('n3')
    expect(rendered()).toEqual({ 'n3 in': 1 })
    change(mergeGroups('g1' as GroupId, 'g2' as GroupId))
    expect(rendered()).toEqual({ blocks: 1, frame: 1, g2: 1, 'n1 in': 1, 'n3 in': 1 })
  })

  it('marks, dots and a count of who types render what they are about', () => {
    fill()
    goTo(session, 'gaps', 'vote')
    const round = putRound(session, 'gaps')
    show(<Blocks />)
    renders.clear()
    act(() => setStage(session, { progress: { writing: 1, typing: 1, done: 0, voted: 1 } }))
    expect(Object.fromEntries(renders)).toEqual({})
    act(() => putDot(session, round, 'n4'))
    expect(Object.fromEntries(renders)).toEqual({ n4: 1 })
    renders.clear()
    act(() => putMarks(session, 'n6', { kept: true }))
    expect(Object.fromEntries(renders)).toEqual({ n6: 1 })
    renders.clear()
    act(() => putMarks(session, 'n6', { parked: true }))
    expect(Object.fromEntries(renders)).toEqual({ blocks: 1 })
  })

  it('a keystroke in the real note renders that note alone', () => {
    fill()
    const { container } = show(<RealWall />)
    const notes = () => [...container.querySelectorAll<HTMLElement>('[data-note]')]
    expect(notes()).toHaveLength(REAL)
    const touched = new Set<string>()
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        touched.add(element?.closest<HTMLElement>('[data-note]')?.dataset.note ?? 'outside')
      }
    })
    observer.observe(container, { subtree: true, childList: true, characterData: true, attributes: true })
    write('n20', 'New words ')
    for (const { target } of observer.takeRecords()) {
      const element = target instanceof Element ? target : target.parentElement
      touched.add(element?.closest<HTMLElement>('[data-note]')?.dataset.note ?? 'outside')
    }
    observer.disconnect()
    expect([...touched]).toEqual(['n20'])
    expect(renders.get('real wall')).toBe(1)
  })
})
