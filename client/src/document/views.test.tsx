import type { OutcomeId } from '@quintet/shared/board'
import { removeDraft } from '@quintet/shared/draftEdits'
import { hangNote, removeNote, setOwner, targetText } from '@quintet/shared/edits'
import { mergeGroups } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId } from '@quintet/shared/ids'
import { writeStage } from '@quintet/shared/stage'
import { act, render, screen } from '@testing-library/react'
import { memo, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Note } from '../board/Note.tsx'
import { useCountdownSeconds, useLanding } from './countdown.ts'
import { useEdit, useNotebookEdit, useUndo } from './editing.ts'
import { useDraft, useIsOwn } from './ownDrafts.ts'
import { useBreaks, useKeptCount, useOutcomes, useThread } from './thread.ts'
import {
  useAnonymous,
  useBlocks,
  useBoard,
  useCount,
  useDisplayName,
  useEditors,
  useGroup,
  useHanging,
  useHere,
  useInGroup,
  useMarks,
  useMay,
  useNote,
  useOutcome,
  usePeople,
  usePlan,
  useStage,
  useStageLoaded,
  useStepKind,
  useUnhung,
  useWall,
  useWords,
} from './views.ts'
import { useDots, useRound, useTally, useTotal } from './votes.ts'
import {
  type Alone,
  goTo,
  hear,
  INES,
  Inside,
  loadStage,
  MAREN,
  put,
  putDot,
  putDraft,
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
      {note?.text ?? group?.name} {marks.kept} {dots} {total} {below.length}
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

function Text({ of }: { readonly of: () => unknown }) {
  return <output>{JSON.stringify(of())}</output>
}

function Part() {
  const { title, state } = useStage((stage) => ({ title: stage.title, state: stage.state }))
  count('part')
  return (
    <output>
      {title} {state}
    </output>
  )
}

function Here() {
  const { people, observers } = useHere()
  count('here')
  return <output>{`${people.join()} and ${observers}`}</output>
}

function Editors() {
  return <output>{`${useEditors('n1').join()} / ${useEditors('n1', 'measure').join()}`}</output>
}

function Buttons() {
  const edit = useEdit()
  const editNotebook = useNotebookEdit()
  const { undo, redo, undoName, redoName } = useUndo()
  return (
    <>
      <button type="button" onClick={() => edit(removeNote('n1' as NoteId))}>
        remove
      </button>
      <button type="button" onClick={() => editNotebook(removeDraft('d1' as NoteId))}>
        discard
      </button>
      <button type="button" onClick={undo}>{`undo ${undoName}`}</button>
      <button type="button" onClick={redo}>{`redo ${redoName}`}</button>
    </>
  )
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

describe('what the hooks read', () => {
  const reads = () => JSON.parse(screen.getByRole('status').textContent ?? '')

  it('waits for the stage', () => {
    session = sessionAlone({ loaded: false })
    show(<Text of={useStageLoaded} />)
    expect(reads()).toBe(false)
    act(() => loadStage(session))
    expect(reads()).toBe(true)
  })

  it('renders again for the part of the stage that changed, though the selector makes an object', () => {
    show(<Part />)
    act(() => writeStage(session.docs.stage, { fields: { timer: { state: 'idle', duration: 5 } } }, 'server'))
    expect(renders.get('part')).toBe(1)
    act(() => writeStage(session.docs.stage, { fields: { title: 'Another' } }, 'server'))
    expect(screen.getByText('Another running')).toBeTruthy()
    expect(renders.get('part')).toBe(2)
  })

  it('follows one’s role, which the stage knows', () => {
    put(session.docs.board, 'n1')
    show(<Text of={() => useMay('remove', { phase: 'gaps', author: MAREN.id })} />)
    expect(reads()).toMatchObject({ allowed: false })
    act(() => writeStage(session.docs.stage, { people: [{ ...INES, role: 'facilitator' }] }, 'server'))
    expect(reads()).toEqual({ allowed: true })
  })

  it.each([
    [MAREN.id, 'Maren'],
    [null, 'Anonymous'],
    ['nobody' as PersonId, 'Somebody'],
  ])('calls %s by name', (id, name) => {
    show(<Text of={() => useDisplayName(id)} />)
    expect(reads()).toBe(name)
  })

  it('keeps the name of somebody who was removed', () => {
    act(() => writeStage(session.docs.stage, { removed: [MAREN] }, 'server'))
    show(<Text of={() => [useDisplayName(MAREN.id), [...usePeople().keys()]]} />)
    expect(reads()).toEqual(['Maren', ['ines']])
  })

  it('tells people of the same name apart', () => {
    act(() => writeStage(session.docs.stage, { people: [{ ...MAREN, id: 'm2' as PersonId, joinedAt: 9 }] }, 'server'))
    show(<Text of={() => useDisplayName('m2' as PersonId)} />)
    expect(reads()).not.toBe('Maren')
  })

  it('lets the author of an anonymous note remove it where own words are changed', () => {
    goTo(session, 'gaps', 'share', { anonymous: true })
    for (const id of ['mine', 'theirs']) put(session.docs.board, id, { author: null })
    putDraft(session, 'd1', { became: 'mine' })
    const isAllowed = (note: string) => useMay('remove', { phase: 'gaps', author: null, note: note as NoteId }).allowed
    show(<Text of={() => [isAllowed('mine'), isAllowed('theirs'), useIsOwn('mine' as NoteId)]} />)
    expect(reads()).toEqual([true, false, true])
    act(() => goTo(session, 'gaps', 'vote', { anonymous: true }))
    expect(reads()).toEqual([false, false, true])
  })

  it('lets a facilitator remove their own anonymous note in any step, as any other', () => {
    session = sessionAlone({ me: MAREN })
    goTo(session, 'gaps', 'vote', { anonymous: true })
    put(session.docs.board, 'mine', { author: null })
    putDraft(session, 'd1', { became: 'mine' })
    show(<Text of={() => useMay('remove', { phase: 'gaps', author: null, note: 'mine' as NoteId })} />)
    expect(reads()).toEqual({ allowed: true })
  })

  it('knows a signed note for one’s own', () => {
    put(session.docs.board, 'n1', { author: INES.id })
    put(session.docs.board, 'n2')
    show(<Text of={() => [useIsOwn('n1' as NoteId), useIsOwn('n2' as NoteId)]} />)
    expect(reads()).toEqual([true, false])
  })

  it('knows the kind of step that rules in a phase, and whether it is anonymous', () => {
    goTo(session, 'gaps', 'write', { anonymous: true })
    show(<Text of={() => [useStepKind('ideal'), useStepKind('gaps'), useStepKind('actions'), useAnonymous('gaps')]} />)
    expect(reads()).toEqual(['decide', 'write', null, true])
  })

  it('reads what an id stands as, and its words', () => {
    put(session.docs.board, 'n1', { text: 'First', order: 'a0' })
    put(session.docs.board, 'n2', { text: 'Second', order: 'a1' })
    putGroup(session.docs.board, 'g1', ['n1', 'n2'], { name: '' })
    putGroup(session.docs.board, 'g2', [], { name: 'Waiting' })
    const of = (id: string) => [useOutcome(id as NoteId)?.id, useWords(id as NoteId)]
    show(<Text of={() => [of('n1'), of('g1'), of('g2'), of('none')]} />)
    expect(reads()).toEqual([
      ['g1', 'First'],
      ['g1', 'First'],
      ['g2', 'Waiting'],
      [null, ''],
    ])
    change(mergeGroups('g1' as GroupId, 'g2' as GroupId))
    expect(reads()).toEqual([
      ['g2', 'First'],
      ['g2', 'Waiting'],
      ['g2', 'Waiting'],
      [null, ''],
    ])
    act(() => targetText(session.docs.board, { of: 'group', id: 'g2' as GroupId })?.insert(0, 'Still '))
    expect(reads()[1]).toEqual(['g2', 'Still Waiting'])
    change(removeNote('n1' as NoteId))
    expect(reads()[0]).toEqual([null, 'First'])
  })

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

  it('counts what was kept', () => {
    for (const id of ['n1', 'n2', 'n3']) put(session.docs.board, id)
    show(<Text of={() => [useKeptCount('gaps'), useOutcomes('gaps').length]} />)
    expect(reads()).toEqual([0, 3])
    act(() => putMarks(session, 'n2', { kept: true }))
    expect(reads()).toEqual([1, 1])
  })

  it('looks things up at the moment of asking, without what was put aside', () => {
    put(session.docs.board, 'i', { phase: 'ideal' })
    for (const id of ['n1', 'n2', 'n3']) put(session.docs.board, id, { order: id, under: id === 'n3' ? null : 'i' })
    putGroup(session.docs.board, 'g1', ['n1'])
    const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
    show(
      <Text
        of={() => {
          const board = useBoard()
          useMarks('n3' as NoteId)
          return [
            board.blocks('gaps'),
            board.hanging('i' as NoteId, 'gaps'),
            board.unhung('gaps'),
            board.wall('gaps'),
          ].map(ids)
        }}
      />,
    )
    expect(reads()).toEqual([['g1', 'n2', 'n3'], ['g1', 'n2'], ['n3'], ['n1', 'n2', 'n3']])
    act(() => putMarks(session, 'n3', { parked: true }))
    expect(reads()).toEqual([['g1', 'n2'], ['g1', 'n2'], [], ['n1', 'n2', 'n3']])
  })

  it('finds what is broken in the thread', () => {
    put(session.docs.board, 'n1')
    show(<Text of={() => useBreaks().map(({ kind }) => kind)} />)
    expect(reads()).toEqual(['gap without a statement', 'gap without an action'])
  })
})

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

describe('who is here', () => {
  const says = (person: string, editing: object | null = null, observer = false) => ({ person, observer, editing })
  const here = () => screen.getByRole('status').textContent

  it('is oneself first, each person once, observers as a number, and nobody malformed', () => {
    show(<Here />)
    expect(here()).toBe('ines and 0')
    act(() => {
      hear(session, 1, says('maren'))
      hear(session, 2, says('maren'))
      hear(session, 3, says('wall', null, true))
      hear(session, 4, { person: 'ghost' })
      hear(session, 5, says('a/b'))
      hear(session, 6, says('ines'))
    })
    expect(here()).toBe('ines,maren and 1')
    act(() => hear(session, 1, null))
    expect(here()).toBe('ines,maren and 1')
    act(() => hear(session, 2, null))
    expect(here()).toBe('ines and 1')
  })

  it('does not render again because somebody opens a field', () => {
    show(<Here />)
    act(() => hear(session, 1, says('maren')))
    renders.clear()
    act(() => hear(session, 1, says('maren', { id: 'n1', field: 'text' })))
    expect(renders.get('here')).toBeUndefined()
  })

  it('names the others who have a field open, never oneself in another tab', () => {
    show(<Editors />)
    act(() => {
      hear(session, 1, says('maren', { id: 'n1', field: 'text' }))
      hear(session, 2, says('ines', { id: 'n1', field: 'measure' }))
      hear(session, 3, says('kofi', { id: 'n1', field: 'measure' }))
      hear(session, 4, says('kofi', { id: 'n2', field: 'text' }))
      hear(session, 5, says('wall', { id: 'n1', field: 'text' }, true))
    })
    expect(here()).toBe('maren,kofi / kofi')
    act(() => hear(session, 3, says('kofi')))
    expect(here()).toBe('maren / ')
  })
})

describe('undo', () => {
  const click = (name: RegExp) => act(() => screen.getByRole('button', { name }).click())
  const isRemoved = () => session.docs.board.getMap<never>('notes').toJSON().n1.removed

  it('takes back one’s own edits and does them again, by name', () => {
    put(session.docs.board, 'n1')
    show(<Buttons />)
    click(/^remove/)
    expect(isRemoved()).toBe(true)
    click(/^undo remove note/)
    expect(isRemoved()).toBe(false)
    click(/^redo bring back note|^redo remove note/)
    expect(isRemoved()).toBe(true)
    expect(screen.getByRole('button', { name: /^redo null/ })).toBeTruthy()
  })

  it('does nothing again once one edited something else', () => {
    put(session.docs.board, 'n1')
    show(<Buttons />)
    click(/^remove/)
    click(/^undo/)
    expect(screen.queryByRole('button', { name: /^redo null/ })).toBeNull()
    click(/^remove/)
    expect(screen.getByRole('button', { name: /^redo null/ })).toBeTruthy()
  })

  it('lets an edit fall away that somebody overtook, and leaves the one before it', () => {
    put(session.docs.board, 'n1')
    put(session.docs.board, 'n2')
    show(<Buttons />)
    click(/^remove/)
    act(() => void session.docs.board.getMap<Map<string, unknown>>('notes').get('n1')?.set('removed', false))
    click(/^undo remove note/)
    expect(isRemoved()).toBe(false)
    expect(screen.getByRole('button', { name: /^undo null/ })).toBeTruthy()
  })

  it('is nothing for an observer, who edits nothing', () => {
    session = sessionAlone({ role: 'observer' })
    put(session.docs.board, 'n1')
    show(<Buttons />)
    click(/^remove/)
    expect(isRemoved()).toBe(false)
  })

  it('takes back edits of the board and of the notebook in the order in which they were made', () => {
    put(session.docs.board, 'n1')
    putDraft(session, 'd1')
    show(
      <>
        <Buttons />
        <Text of={() => [useNote('n1' as NoteId)?.removed, useDraft('d1' as NoteId)?.removed]} />
      </>,
    )
    const removed = () => JSON.parse(screen.getByRole('status').textContent ?? '')
    click(/^remove/)
    click(/^discard/)
    expect(removed()).toEqual([true, true])
    click(/^undo remove draft/)
    expect(removed()).toEqual([true, false])
    click(/^undo remove note/)
    expect(removed()).toEqual([false, false])
    click(/^redo/)
    click(/^redo/)
    expect(removed()).toEqual([true, true])
  })
})
