import { readBoard } from '@quintet/shared/board'
import { addNote, bringBackNote, removeNote, targetText } from '@quintet/shared/edits'
import type { NoteId, RequestId } from '@quintet/shared/ids'
import { askedRoot } from '@quintet/shared/notebook'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Alone, goTo, INES, Inside, MAREN, put, sessionAlone, setStage } from '../document/workshop.fixture.tsx'
import type { ChangePiece, NotePiece, Piece, WordsPiece } from '../session/pieces.ts'
import { forget, keep, readTray } from '../session/tray.ts'
import { Announcer } from '../ui/Announcer.tsx'
import { ToastHost } from '../ui/ToastHost.tsx'
import { hideToast } from '../ui/toasts.ts'
import { HandedBack } from './HandedBack.tsx'
// What comes lazily in a browser is here already: no test waits for it to be read from a disk.
import './Tray.tsx'

const OWNER = { workshop: sessionAlone().workshop, person: INES.id }
/** Half past two in the afternoon, where the test runs. */
const LOCKED_AT = new Date(2026, 10, 26, 14, 31).getTime()

let count = 0
/** A note that was handed back; each has an id of its own, since one is only news once. */
function noteOf(text: string, more: Partial<NotePiece['note']> = {}): NotePiece {
  const id = `n${count++}` as NoteId
  const note = { id, phase: 'gaps', author: INES.id, at: LOCKED_AT + 120_000 + count, text, group: null } as const
  const whole = { ...note, order: 'a0', under: null, removed: false, ...more }
  return { is: 'note', key: `notes/${id} 0`, at: whole.at, touched: false, note: whole, plan: null }
}
function wordsOf(id: string, theirs: string, mine: string, gone = false): WordsPiece {
  const target = { of: 'note', id: id as NoteId } as const
  const owned = { phase: 'gaps', author: INES.id } as const
  return {
    is: 'words',
    key: `notes/${id}/text ${count++}`,
    at: LOCKED_AT,
    touched: false,
    target,
    ...owned,
    mine,
    theirs,
    gone,
  }
}

let session: Alone
beforeEach(() => {
  localStorage.clear()
  hideToast()
  session = sessionAlone()
})

const keepAll = (pieces: readonly Piece[], why: string | null = null) =>
  act(() => {
    keep(
      OWNER,
      pieces.map((piece) => ({ piece, handedAt: LOCKED_AT + 180_000, why, asked: null })),
    )
  })
const lock = (locked: boolean) =>
  act(() => setStage(session, { locks: locked ? { gaps: { by: MAREN.id, at: LOCKED_AT } } : {} }))

function show(pieces: readonly Piece[], why?: string) {
  const shown = render(
    <Inside session={session}>
      <HandedBack as="button" />
      <main tabIndex={-1}>
        <HandedBack as="tray" />
      </main>
      <button type="button">Elsewhere</button>
      <Announcer />
      <ToastHost />
    </Inside>,
  )
  keepAll(pieces, why)
  return { ...shown, user: userEvent.setup() }
}
const tray = () => screen.getByRole('region')
const piece = (text: string) => within(tray()).getByRole('article', { name: text })
const button = (text: string, name: string) => within(piece(text)).getByRole('button', { name })
const announced = () => screen.getByRole('log').textContent
const onBoard = () => [...readBoard(session.docs.board).notes.values()].map(({ text }) => text)

describe('the tray', () => {
  it('says how many could not be added, who locked what and when, and that nothing is lost', async () => {
    lock(true)
    show([noteOf('Quota requests go by mail'), noteOf('Nobody owns the test cluster')])
    expect(await screen.findByRole('region', { name: '2 notes could not be added' })).toBeDefined()
    expect(tray().textContent).toMatch(
      /Maren locked Gaps at .*2:31.*, while you were offline\. Nothing is lost: they are here, for you alone\./,
    )
    expect(piece('Quota requests go by mail').textContent).toMatch(/2:33/)
  })

  it('says so politely, and takes no focus', async () => {
    lock(true)
    const { user } = show([])
    await user.click(screen.getByRole('button', { name: 'Elsewhere' }))
    keepAll([noteOf('Quota requests go by mail')])
    await waitFor(() => expect(announced()).toMatch(/^1 note could not be added\. Maren locked Gaps/))
    expect(document.activeElement?.textContent).toBe('Elsewhere')
  })

  it('says it to the eye too where it is out of sight', async () => {
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, -300, 600, 200))
    show([noteOf('Quota requests go by mail')])
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('1 note could not be added'))
    expect(screen.getByRole('button', { name: 'Show' })).toBeDefined()
  })

  it('is not there for who has nothing handed back', () => {
    show([])
    expect(screen.queryByRole('region')).toBeNull()
  })

  it('puts a note back as it was, once that is possible, and goes with its last piece', async () => {
    lock(true)
    const { user } = show([noteOf('Quota requests go by mail')])
    await screen.findByRole('region')
    const putBack = button('Quota requests go by mail', 'Put back')
    expect(putBack.getAttribute('aria-disabled')).toBe('true')
    expect(putBack.title).toBe('Gaps is locked. A facilitator can unlock it.')
    await user.click(putBack)
    expect(screen.getByRole('status').textContent).toContain('Gaps is locked')
    expect(onBoard()).toEqual([])

    lock(false)
    expect(tray().textContent).toContain('It can be put back now.')
    await user.click(button('Quota requests go by mail', 'Put back'))
    expect(onBoard()).toEqual(['Quota requests go by mail'])
    expect(screen.queryByRole('region')).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('main'))
    expect(readTray(OWNER)).toEqual([])
  })

  it('follows the step', async () => {
    goTo(session, 'gaps', 'write')
    show([noteOf('Quota requests go by mail')])
    await screen.findByRole('region')
    expect(button('Quota requests go by mail', 'Put back').title).toMatch(/^New gaps are drafts now/)
    act(() => goTo(session, 'gaps', 'decide'))
    expect(button('Quota requests go by mail', 'Put back').getAttribute('aria-disabled')).toBeNull()
  })

  it('puts several back at once', async () => {
    const { user } = show([noteOf('Quota requests go by mail'), noteOf('Nobody owns the test cluster')])
    await user.click(await screen.findByRole('button', { name: 'Put back both' }))
    expect(onBoard().sort()).toEqual(['Nobody owns the test cluster', 'Quota requests go by mail'])
  })

  it('keeps the focus inside while pieces go', async () => {
    const { user } = show([noteOf('Quota requests go by mail'), noteOf('Nobody owns the test cluster')])
    await screen.findByRole('region')
    await user.click(button('Quota requests go by mail', 'Discard'))
    expect(document.activeElement).toBe(button('Nobody owns the test cluster', 'Put back'))
  })

  it('discards a piece, and gives it back as long as a toast says so', async () => {
    const { user } = show([noteOf('Quota requests go by mail')])
    await screen.findByRole('region')
    await user.click(button('Quota requests go by mail', 'Discard'))
    expect(screen.queryByRole('region')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(piece('Quota requests go by mail')).toBeDefined()
  })

  it('copies one piece, and all of them', async () => {
    const { user } = show([noteOf('Quota requests go by mail'), noteOf('Nobody owns the test cluster')])
    await screen.findByRole('region')
    await user.click(button('Nobody owns the test cluster', 'Copy'))
    expect(await navigator.clipboard.readText()).toBe('Nobody owns the test cluster')
    await user.click(screen.getByRole('button', { name: 'Copy both' }))
    expect(await navigator.clipboard.readText()).toBe('Quota requests go by mail\n\nNobody owns the test cluster')
  })

  it('is put away behind a button with their number, and comes back with it and with what is new', async () => {
    const { user } = show([noteOf('Quota requests go by mail')])
    await user.click(await screen.findByRole('button', { name: 'Put away' }))
    expect(screen.queryByRole('region')).toBeNull()
    const back = screen.getByRole('button', { name: '1 thing handed back to you' })
    expect(document.activeElement).toBe(back)
    await user.click(back)
    expect(piece('Quota requests go by mail')).toBeDefined()
    expect(document.activeElement).toBe(tray())
    await user.click(screen.getByRole('button', { name: 'Put away' }))
    keepAll([noteOf('Nobody owns the test cluster')])
    expect(tray().textContent).toContain('2 notes could not be added')
  })

  it('loses what another tab put back or discarded, and what came to stand on the board', async () => {
    const [one, other] = [noteOf('Quota requests go by mail'), noteOf('Nobody owns the test cluster')]
    show([one, other])
    await screen.findByRole('region')
    act(() => forget(OWNER, [one.key]))
    expect(within(tray()).getAllByRole('article')).toHaveLength(1)
    act(() => void addNote(other.note)(session.docs.board))
    expect(screen.queryByRole('region')).toBeNull()
  })
})

describe('what was written into something', () => {
  it('is put back where nobody changed it since, else says why not', async () => {
    put(session.docs.board, 'w1', { text: 'Test data is copied', author: INES.id })
    const { user } = show([wordsOf('w1', 'Test data is copied', 'Test data is copied by hand')])
    await screen.findByRole('region', { name: '1 change could not be saved' })
    act(() => targetText(session.docs.board, { of: 'note', id: 'w1' as NoteId })?.insert(0, 'Our '))
    const putBack = button('Test data is copied by hand', 'Put back')
    expect(putBack.title).toMatch(/^Somebody changed it since/)
    act(() => targetText(session.docs.board, { of: 'note', id: 'w1' as NoteId })?.delete(0, 4))
    await user.click(button('Test data is copied by hand', 'Put back'))
    expect(onBoard()).toEqual(['Test data is copied by hand'])
  })

  it('in a note that was removed can be asked for, and goes when the note is brought back with it', async () => {
    put(session.docs.board, 'w2', { text: 'Test data is copied by hand', author: INES.id })
    act(() => void removeNote('w2' as NoteId)(session.docs.board))
    show([wordsOf('w2', 'Test data is copied by hand', 'Test data is copied by hand', true)])
    await screen.findByRole('region')
    expect(button('Test data is copied by hand', 'Put back').title).toMatch(/^It was removed meanwhile/)
    expect(button('Test data is copied by hand', 'Ask to add').title).toBe('')
    act(() => void bringBackNote('w2' as NoteId)(session.docs.board))
    expect(screen.queryByRole('region')).toBeNull()
  })

  it('as a value is named in words, and put back', async () => {
    put(session.docs.board, 'w3', { text: 'Test data', order: 'a0' })
    const change: ChangePiece = {
      ...{ is: 'change', key: 'notes/w3/place 0', at: LOCKED_AT, touched: true, root: 'notes', id: 'w3' as NoteId },
      ...{
        field: 'place',
        mine: [null, 'b0'],
        theirs: [null, 'a0'],
        phase: 'gaps',
        author: INES.id,
        words: 'Test data',
      },
    }
    const { user } = show([change])
    await screen.findByRole('region')
    expect(piece('“Test data” moved').textContent).toContain('Somebody else changed it too')
    await user.click(button('“Test data” moved', 'Put back'))
    expect(readBoard(session.docs.board).notes.get('w3' as NoteId)?.order).toBe('b0')
  })
})

describe('asking to add', () => {
  it('sends the words, and shows what became of it', async () => {
    lock(true)
    const { user } = show([noteOf('Quota requests go by mail')])
    await screen.findByRole('region')
    await user.click(button('Quota requests go by mail', 'Ask to add'))
    const [command] = session.commands
    expect(command).toMatchObject({ name: 'ask to add', phase: 'gaps', text: 'Quota requests go by mail', note: null })
    const request = (command as { request: RequestId }).request
    const answer = (as: 'waiting' | 'added' | 'declined') =>
      act(() => {
        if (session.docs.notebook) askedRoot(session.docs.notebook).set(request, as)
      })
    answer('waiting')
    expect(piece('Quota requests go by mail').textContent).toContain('Asked')
    expect(screen.queryByRole('button', { name: 'Ask to add' })).toBeNull()
    answer('declined')
    expect(piece('Quota requests go by mail').textContent).toContain('Declined')
    answer('added')
    expect(screen.getByRole('region', { name: '1 note was added' }).textContent).toContain('Added')
    await user.click(screen.getByRole('button', { name: 'Clear' }))
    expect(readTray(OWNER)).toEqual([])
  })

  it('counts what was added meanwhile no more among what could not be', async () => {
    lock(true)
    const { user } = show([noteOf('Quota requests go by mail'), noteOf('Nobody owns the test cluster')])
    await screen.findByRole('region', { name: '2 notes could not be added' })
    await user.click(button('Quota requests go by mail', 'Ask to add'))
    const request = (session.commands[0] as { request: RequestId }).request
    act(() => void (session.docs.notebook && askedRoot(session.docs.notebook).set(request, 'added')))
    expect(screen.getByRole('region', { name: '1 note could not be added' })).toBeDefined()
  })

  it('leaves nothing to put back while a request waits, so that nothing is added twice', async () => {
    const { user } = show([noteOf('Quota requests go by mail'), noteOf('Nobody owns the test cluster')])
    await screen.findByRole('region')
    await user.click(button('Quota requests go by mail', 'Ask to add'))
    const request = (session.commands[0] as { request: RequestId }).request
    const answer = (as: 'waiting' | 'declined') =>
      act(() => void (session.docs.notebook && askedRoot(session.docs.notebook).set(request, as)))
    answer('waiting')
    const putBack = () => button('Quota requests go by mail', 'Put back')
    expect(putBack().title).toBe('You asked to add it. If a facilitator declines, you can put it back.')
    await user.click(putBack())
    expect(onBoard()).toEqual([])
    expect(screen.queryByRole('button', { name: /^Put back (both|all)/ })).toBeNull()
    answer('declined')
    await user.click(putBack())
    expect(onBoard()).toEqual(['Quota requests go by mail'])
  })

  it('shows what was planned with an action, copies it, and keeps it once the words were added', async () => {
    const action = noteOf('Order a second cluster', { phase: 'actions' })
    const planned = {
      firstStep: 'Ask for an offer',
      measure: '',
      owner: { person: MAREN.id },
      due: '2026-12-24',
    } as const
    const { user } = show([{ ...action, plan: { id: action.note.id, status: 'open', ...planned } }])
    await screen.findByRole('region')
    const lines = () => within(piece('Order a second cluster')).getByRole('list').textContent
    expect(lines()).toMatch(/First step: Ask for an offer.*Owned by Maren.*Due .*24/)
    await user.click(button('Order a second cluster', 'Copy'))
    expect(await navigator.clipboard.readText()).toMatch(
      /^Order a second cluster\nFirst step: Ask for an offer\nOwned by Maren\nDue .*24/,
    )
    await user.click(button('Order a second cluster', 'Ask to add'))
    const request = (session.commands[0] as { request: RequestId }).request
    act(() => void (session.docs.notebook && askedRoot(session.docs.notebook).set(request, 'added')))
    expect(screen.getByRole('region', { name: 'The plan of 1 action could not be added' })).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Clear' })).toBeNull()
    expect(lines()).toMatch(/First step: Ask for an offer/)
  })

  it('takes the refusal of a request as one that was never made', async () => {
    lock(true)
    session.command = (body) => {
      session.commands.push(body)
      return Promise.resolve({ ok: false, code: 'invalid', message: 'Too many requests are waiting.' })
    }
    const { user } = show([noteOf('Quota requests go by mail')])
    await screen.findByRole('region')
    await user.click(button('Quota requests go by mail', 'Ask to add'))
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Too many requests'))
    expect(readTray(OWNER)[0]?.asked).toBeNull()
    expect(button('Quota requests go by mail', 'Ask to add').textContent).toBe('Ask to add')
  })

  it('waits for the network', async () => {
    lock(true)
    session.state.setState({ is: 'offline', waiting: 0 }, true)
    const { user } = show([noteOf('Quota requests go by mail')])
    await screen.findByRole('region')
    await user.click(button('Quota requests go by mail', 'Ask to add'))
    expect(session.commands).toEqual([])
    expect(screen.getByRole('status').textContent).toContain('You are offline.')
  })

  it('is nothing for a facilitator, who unlocks instead', async () => {
    session = sessionAlone({ me: MAREN })
    lock(true)
    render(
      <Inside session={session}>
        <HandedBack as="tray" />
      </Inside>,
    )
    act(
      () => void keep({ ...OWNER, person: MAREN.id }, [{ piece: noteOf('Mine'), handedAt: 1, why: null, asked: null }]),
    )
    await screen.findByRole('region')
    expect(screen.queryByRole('button', { name: 'Ask to add' })).toBeNull()
  })
})
