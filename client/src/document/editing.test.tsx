import { removeDraft } from '@quintet/shared/draftEdits'
import { removeNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { act, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useEdit, useNotebookEdit, useUndo } from './editing.ts'
import { useDraft } from './ownDrafts.ts'
import { useNote } from './views.ts'
import { type Alone, Inside, put, putDraft, sessionAlone } from './workshop.fixture.tsx'

let session: Alone
beforeEach(() => {
  session = sessionAlone()
})
afterEach(() => session.presence.destroy())

const show = (children: ReactNode) => render(<Inside session={session}>{children}</Inside>)

function Text({ of }: { readonly of: () => unknown }) {
  return <output>{JSON.stringify(of())}</output>
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
