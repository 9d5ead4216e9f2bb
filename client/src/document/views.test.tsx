import { hangNote, removeNote, setOwner, targetText } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { writeStage } from '@quintet/shared/stage'
import { act, render, screen } from '@testing-library/react'
import { memo, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Note } from '../board/Note.tsx'
import { useEdit, useUndo } from './editing.ts'
import {
  useBreaks,
  useCount,
  useDisplayName,
  useEditors,
  useHanging,
  useHere,
  useMay,
  useNote,
  usePlan,
  useStage,
  useStageLoaded,
  useThread,
  useUnhung,
  useWall,
} from './views.ts'
import { type Alone, hear, INES, Inside, loadStage, MAREN, put, sessionAlone } from './workshop.fixture.tsx'

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
  const { undo, redo, undoName, redoName } = useUndo()
  return (
    <>
      <button type="button" onClick={() => edit(removeNote('n1' as NoteId))}>
        remove
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

  it('tells people of the same name apart', () => {
    act(() => writeStage(session.docs.stage, { people: [{ ...MAREN, id: 'm2' as PersonId, joinedAt: 9 }] }, 'server'))
    show(<Text of={() => useDisplayName('m2' as PersonId)} />)
    expect(reads()).not.toBe('Maren')
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
})
