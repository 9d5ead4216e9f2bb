import { removeNote, targetText } from '@quintet/shared/edits'
import { mergeGroups } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId } from '@quintet/shared/ids'
import { writeStage } from '@quintet/shared/stage'
import { act, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useIsOwn } from './ownDrafts.ts'
import { useBreaks, useKeptCount, useOutcomes } from './thread.ts'
import {
  useAnonymous,
  useBoard,
  useDisplayName,
  useEditors,
  useHere,
  useMarks,
  useMay,
  useOutcome,
  usePeople,
  useStage,
  useStageLoaded,
  useStepKind,
  useWords,
} from './views.ts'
import {
  type Alone,
  goTo,
  hear,
  INES,
  Inside,
  loadStage,
  MAREN,
  put,
  putDraft,
  putGroup,
  putMarks,
  sessionAlone,
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
const change = (edit: ReturnType<typeof removeNote>) => act(() => void edit(session.docs.board))

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

  it('allows nothing once the session has ended, for nothing would be sent', () => {
    show(<Text of={() => useMay('add', { phase: 'gaps', author: INES.id })} />)
    expect(reads()).toEqual({ allowed: true })
    act(() => session.state.setState({ is: 'refused', reason: 'A new version is ready.' }, true))
    expect(reads()).toMatchObject({ allowed: false })
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
