import { targetText } from '@quintet/shared/edits'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { useUndo } from './editing.ts'
import { useDraft, useDrafts, useUnfinished } from './ownDrafts.ts'
import { TextField } from './TextField.tsx'
import { useGroup, useNote } from './views.ts'
import { type Alone, goTo, Inside, put, putDraft, putGroup, sessionAlone } from './workshop.fixture.tsx'

const TARGET = { of: 'note', id: 'n1' as NoteId } as const

let session: Alone
const done = vi.fn()
beforeEach(() => {
  done.mockReset()
  session = sessionAlone()
  put(session.docs.board, 'n1', { text: 'Docs' })
  // What the page itself says at the start is not the field's.
  session.said.length = 0
})

interface Wanted {
  readonly multiline?: boolean
  readonly onEscape?: () => void
  readonly readOnly?: boolean
  readonly most?: number
  readonly onLimit?: () => void
}

function show(wanted: Wanted = {}) {
  const user = userEvent.setup()
  const view = render(
    <Inside session={session}>
      <TextField target={TARGET} most={LIMITS.note} label="Words" autoFocus onDone={done} {...wanted} />
      <Words />
      <button type="button">Elsewhere</button>
    </Inside>,
  )
  return { user, ...view, field: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Words' }) }
}

function Words() {
  return <output>{useNote(TARGET.id)?.text}</output>
}
const words = () => screen.getByRole('status').textContent

describe('a text field', () => {
  it('takes the focus with the caret at the end, and writes what is typed', async () => {
    const { user, field } = show()
    expect(document.activeElement).toBe(field)
    await user.keyboard(' before tickets')
    expect(words()).toBe('Docs before tickets')
  })

  it('says while it has the focus that one writes here, and takes it back', async () => {
    const { user, unmount } = show()
    expect(session.said).toEqual([{ id: 'n1', field: 'text' }])
    await user.click(screen.getByRole('button'))
    expect(session.said.at(-1)).toBeNull()
    expect(done).toHaveBeenCalledExactlyOnceWith(false)
    await user.click(screen.getByRole('textbox'))
    unmount()
    expect(session.said.at(-1)).toBeNull()
    expect(session.said).toHaveLength(4)
  })

  it.each([
    ['Enter in a field of one line', {}, '{Enter}'],
    ['Escape', {}, '{Escape}'],
    ['Enter in a field of several lines', { multiline: true }, '{Enter}'],
    ['Ctrl and Enter in a field of several lines', { multiline: true }, '{Control>}{Enter}{/Control}'],
  ])('ends once by key: %s', async (_how, wanted, keys) => {
    const { user } = show(wanted)
    await user.keyboard(keys)
    expect(done).toHaveBeenCalledExactlyOnceWith(true)
    expect(words()).toBe('Docs')
  })

  it('makes a line with Shift and Enter in a field of several lines', async () => {
    const { user } = show({ multiline: true })
    await user.keyboard('{Shift>}{Enter}{/Shift}more')
    expect(words()).toBe('Docs\nmore')
    expect(done).not.toHaveBeenCalled()
  })

  it('puts pasted lines into one where it has one line', async () => {
    const { user } = show()
    await user.paste(' one\r\ntwo')
    expect(words()).toBe('Docs one two')
  })

  it('leaves Escape to whoever asks for it', async () => {
    const onEscape = vi.fn()
    const { user } = show({ onEscape })
    await user.keyboard('{Escape}')
    expect(onEscape).toHaveBeenCalledOnce()
    expect(done).not.toHaveBeenCalled()
  })

  it('does not end by the Enter that ends a composition', () => {
    const { field } = show()
    act(() => {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))
    })
    expect(done).not.toHaveBeenCalled()
  })

  it('stops at its end, and says so', async () => {
    const onLimit = vi.fn()
    const { user } = show({ most: 6, onLimit })
    await user.keyboard('12345')
    expect(words()).toBe('Docs12')
    expect(onLimit).toHaveBeenCalled()
  })

  it.each([
    ['it is read only', { readOnly: true }, 'member'],
    ['an observer looks', {}, 'observer'],
  ] as const)('takes nothing and says nothing when %s', async (_why, wanted, role) => {
    session = sessionAlone({ role })
    put(session.docs.board, 'n1', { text: 'Docs' })
    const { user, field } = show(wanted)
    await user.keyboard('x')
    expect(field.readOnly).toBe(true)
    expect(words()).toBe('Docs')
    expect(session.said.filter(Boolean)).toEqual([])
  })

  it('begins when its text comes, if the note is not there yet', () => {
    session = sessionAlone()
    const { field } = show()
    expect(field.readOnly).toBe(true)
    act(() => void put(session.docs.board, 'n1', { text: 'Late' }))
    expect(field.value).toBe('Late')
    expect(field.readOnly).toBe(false)
  })
})

const GROUP = { of: 'group', id: 'g1' as GroupId } as const

function GroupName() {
  return <output>{useGroup(GROUP.id)?.name}</output>
}

describe('the name of a group', () => {
  it('is written like the words of a note, and others see who writes it', async () => {
    putGroup(session.docs.board, 'g1', ['n1'], { name: 'Docs' })
    const user = userEvent.setup()
    render(
      <Inside session={session}>
        <TextField target={GROUP} most={LIMITS.groupName} label="Name" autoFocus />
        <GroupName />
      </Inside>,
    )
    await user.keyboard(' first')
    expect(words()).toBe('Docs first')
    expect(session.said).toEqual([{ id: 'g1', field: 'text' }])
  })
})

const DRAFT = { of: 'draft', id: 'd1' as NoteId } as const

function Drafts() {
  const [ready, unfinished] = [useDrafts('gaps'), useUnfinished('gaps')]
  const draft = useDraft(DRAFT.id)
  const { undo, undoName } = useUndo()
  return (
    <>
      <output>{`${draft?.text} ${draft?.ready ? 'ready' : 'not ready'}: ${ready.join()} / ${unfinished.join() || null}`}</output>
      <button type="button" onClick={undo}>{`Undo ${undoName}`}</button>
    </>
  )
}

describe('a draft', () => {
  const showDraft = () => {
    goTo(session, 'gaps', 'write')
    const user = userEvent.setup()
    const view = render(
      <Inside session={session}>
        <TextField target={DRAFT} most={LIMITS.note} label="Words" onDone={done} />
        <Drafts />
      </Inside>,
    )
    return { user, ...view }
  }
  const type = async (user: ReturnType<typeof userEvent.setup>, words: string) => {
    await user.click(screen.getByRole('textbox'))
    await user.keyboard(words)
  }

  it('is nobody’s to know of: writing it is not told', async () => {
    putDraft(session, 'd1', { text: 'Mine' })
    const { user, unmount } = showDraft()
    await type(user, '!')
    await user.click(screen.getByRole('button'))
    await user.click(screen.getByRole('textbox'))
    unmount()
    expect(session.said).toEqual([])
  })

  it('is not ready from the first letter that changes, keeps its place, and is ready when one leaves it', async () => {
    putDraft(session, 'd1', { text: 'Mine' })
    const { user } = showDraft()
    await user.click(screen.getByRole('textbox'))
    expect(words()).toBe('Mine ready: d1 / null')
    await user.keyboard('!')
    expect(words()).toBe('Mine! not ready: d1 / null')
    await user.keyboard('{Enter}')
    expect(words()).toBe('Mine! ready: d1 / null')
    expect(done).toHaveBeenCalledOnce()
    // Rewriting is no step of its own to take back.
    expect(screen.getByRole('button', { name: 'Undo null' })).toBeTruthy()
  })

  it('becomes ready when one leaves it with words, and goes back to the composer with Undo', async () => {
    putDraft(session, 'd1', { text: '', ready: false })
    const { user } = showDraft()
    await type(user, 'Docs first')
    expect(words()).toBe('Docs first not ready:  / d1')
    await user.keyboard('{Enter}')
    expect(words()).toBe('Docs first ready: d1 / null')
    await user.click(screen.getByRole('button', { name: 'Undo add draft' }))
    expect(words()).toBe('Docs first not ready:  / d1')
  })

  it('stays unready without words', async () => {
    putDraft(session, 'd1', { text: '', ready: false })
    const { user } = showDraft()
    await type(user, '  {Enter}')
    expect(words()).toContain('not ready:  / d1')
  })

  it('stays unready, and in the composer, when its field goes away while one writes', async () => {
    putDraft(session, 'd1', { text: 'Mine' })
    const { user, rerender } = showDraft()
    await type(user, ' and')
    rerender(
      <Inside session={session}>
        <Drafts />
      </Inside>,
    )
    expect(words()).toBe('Mine and not ready:  / d1')
  })

  it('is not made unready by words that come from another device', async () => {
    putDraft(session, 'd1', { text: 'Mine' })
    const { user } = showDraft()
    await user.click(screen.getByRole('textbox'))
    const phone = new Y.Doc()
    if (session.docs.notebook) {
      Y.applyUpdate(phone, Y.encodeStateAsUpdate(session.docs.notebook))
      targetText(phone, DRAFT)?.insert(0, 'All ')
      const update = Y.encodeStateAsUpdate(phone)
      act(() => session.docs.notebook && Y.applyUpdate(session.docs.notebook, update))
    }
    expect(words()).toBe('All Mine ready: d1 / null')
  })
})
