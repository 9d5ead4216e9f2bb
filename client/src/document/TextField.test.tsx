import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { TextField } from './TextField.tsx'
import { useNote } from './views.ts'
import { type Alone, Inside, put, sessionAlone } from './workshop.fixture.tsx'

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
