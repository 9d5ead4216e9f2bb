import { readyDraft } from '@quintet/shared/draftEdits'
import { readDrafts } from '@quintet/shared/notebook'
import type { PhaseId } from '@quintet/shared/phases'
import type { Role } from '@quintet/shared/stage'
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { goTo, Inside, put, putDraft, sessionAlone, setStage } from '../document/workshop.fixture.tsx'
import { Announcer } from '../ui/Announcer.tsx'
import { ToastHost } from '../ui/ToastHost.tsx'
import { hideToast } from '../ui/toasts.ts'
import '../ui/topLayer.fixture.ts'
import { PhaseView } from './PhaseView.tsx'

function setUp(
  phase: PhaseId = 'principles',
  { role = 'member', anonymous = false }: { role?: Role; anonymous?: boolean } = {},
) {
  const session = sessionAlone({ role })
  goTo(session, phase, 'write', { anonymous })
  const show = () =>
    render(
      <Inside session={session}>
        <PhaseView phase={phase} />
        <ToastHost />
        <Announcer />
      </Inside>,
    )
  const drafts = () => (session.docs.notebook ? readDrafts(session.docs.notebook) : [])
  return {
    session,
    show,
    user: userEvent.setup(),
    field: () => screen.getByRole('textbox', { name: /^New/ }) as HTMLTextAreaElement,
    /** The words of one's secret drafts, and whether each is ready. */
    drafts: () => drafts().flatMap(({ text, ready, removed }) => (text === '' || removed ? [] : [[text, ready]])),
    under: () => drafts().flatMap(({ text, under }) => (text === '' ? [] : [under])),
  }
}

const mine = () => screen.getByRole('region', { name: /^Your drafts/ })

beforeEach(() => {
  hideToast()
})

describe('the composer of drafts', () => {
  it('keeps every key in the notebook, not ready, and nothing on the board', async () => {
    const { session, show, user, field, drafts } = setUp()
    show()
    await user.type(field(), 'Docs before')
    expect(drafts()).toEqual([['Docs before', false]])
    expect(session.docs.board.getMap('notes').size).toBe(0)
  })

  it('adds with Enter, which makes it ready, and begins the next', async () => {
    const { show, user, field, drafts } = setUp()
    show()
    await user.type(field(), 'Docs before tickets{Enter}Paved')
    expect(drafts()).toEqual([
      ['Docs before tickets', true],
      ['Paved', false],
    ])
    expect(field().value).toBe('Paved')
    expect(document.activeElement).toBe(field())
    expect(await within(mine()).findByText('Docs before tickets')).toBeTruthy()
  })

  it('adds with its button, and begins the next', async () => {
    const { show, user, field, drafts } = setUp()
    show()
    await user.type(field(), 'Docs before tickets')
    await user.click(screen.getByRole('button', { name: /^Add ?note$/ }))
    expect(field().value).toBe('')
    await user.keyboard('Paved')
    expect(drafts()).toEqual([
      ['Docs before tickets', true],
      ['Paved', false],
    ])
    expect(await within(mine()).findByText('Docs before tickets')).toBeTruthy()
  })

  it('shows after a reload what stood in it', async () => {
    const { show, user, field } = setUp()
    const first = show()
    await user.type(field(), 'Half a thought')
    first.unmount()
    show()
    expect(field().value).toBe('Half a thought')
    expect(within(mine()).queryByRole('article')).toBeNull()
  })

  it('makes ready what is left with words, and drops nothing', async () => {
    const { show, user, field, drafts } = setUp()
    show()
    await user.type(field(), 'Docs before tickets{Escape}')
    expect(document.activeElement).not.toBe(field())
    expect(drafts()).toEqual([['Docs before tickets', true]])
    expect(field().value).toBe('')
  })

  it('leaves a half sentence unready when the group moves on in the middle of it', async () => {
    const { session, show, user, field, drafts } = setUp()
    show()
    await user.type(field(), 'Half a')
    act(() => goTo(session, 'principles', 'share'))
    expect(drafts()).toEqual([['Half a', false]])
    const goesOn = await screen.findByRole('textbox', { name: 'Words of this principle' })
    expect((goesOn as HTMLTextAreaElement).value).toBe('Half a')
    expect(document.activeElement).toBe(goesOn)
  })

  it('stays at what is being written though another tab makes it ready, and makes it unready with the next letter', async () => {
    const { session, show, user, field, drafts } = setUp()
    show()
    await user.type(field(), 'Half a')
    const { notebook } = session.docs
    if (!notebook) throw new Error('There is no notebook.')
    const [draft] = readDrafts(notebook)
    act(() => void (draft && readyDraft(draft.id, true)(notebook)))
    expect(drafts()).toEqual([['Half a', true]])
    await user.keyboard(' s')
    expect(drafts()).toEqual([['Half a s', false]])
    expect(within(mine()).queryByRole('article')).toBeNull()
    await user.keyboard('{Enter}')
    expect(drafts()).toEqual([['Half a s', true]])
    expect(field().value).toBe('')
  })

  it('stays unready while one only looks into another window', async () => {
    const { show, user, field, drafts } = setUp()
    show()
    await user.type(field(), 'Half a')
    // A window that loses focus blurs its field, which stays the active one.
    fireEvent.blur(field(), { relatedTarget: null })
    expect(drafts()).toEqual([['Half a', false]])
  })

  it('stays unready while one chooses what it hangs under, and hangs the next ones there too', async () => {
    const { session, show, user, field, drafts, under } = setUp('gaps')
    put(session.docs.board, 's1', { phase: 'ideal', text: 'I have a database in ten minutes' })
    show()
    await user.type(field(), 'Teams wait 3 days')
    await user.click(await screen.findByRole('button', { name: /Hangs under/ }))
    await user.click(await screen.findByRole('option', { name: /database/ }))
    expect(drafts()).toEqual([['Teams wait 3 days', false]])
    await user.type(field(), '{Enter}Nobody sees costs{Enter}')
    expect(drafts()).toEqual([
      ['Teams wait 3 days', true],
      ['Nobody sees costs', true],
    ])
    expect(under()).toEqual(['s1', 's1'])
  })

  it('asks about several pasted lines and makes a draft of each', async () => {
    const { show, user, field, drafts } = setUp()
    show()
    await user.click(field())
    await user.paste('- Docs before tickets\n- We run what we recommend')
    expect(drafts()).toEqual([])
    await user.click(screen.getByRole('button', { name: 'One note a line' }))
    expect(drafts()).toEqual([
      ['Docs before tickets', true],
      ['We run what we recommend', true],
    ])
    expect(field().value).toBe('')
  })

  it('keeps several pasted lines as one draft where that is wanted', async () => {
    const { show, user, field, drafts } = setUp()
    show()
    await user.click(field())
    await user.paste('Docs\nbefore tickets')
    await user.click(screen.getByRole('button', { name: 'As one note' }))
    expect(field().value).toBe('Docs\nbefore tickets')
    expect(drafts()).toEqual([['Docs\nbefore tickets', false]])
  })

  it('stops where a note is full and says so', async () => {
    const { show, user, field } = setUp()
    show()
    await user.click(field())
    await user.paste('x'.repeat(2000))
    await user.type(field(), 'y')
    expect(field().value.length).toBe(2000)
    expect(screen.getByText(/^This holds 2,000 characters and is full/)).toBeTruthy()
  })
})

describe('one’s drafts', () => {
  it('says who will reveal them, counts them, and lists what an interruption left', async () => {
    const { session, show } = setUp()
    putDraft(session, 'd1', { phase: 'principles', text: 'Docs before tickets', at: 1 })
    putDraft(session, 'd2', { phase: 'principles', text: 'Interrupted', ready: false, at: 2 })
    putDraft(session, 'd3', { phase: 'principles', text: 'In the composer', ready: false, at: 3 })
    show()
    expect(screen.getByText('Nobody else can see these until Maren reveals them')).toBeTruthy()
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Your drafts 1')
    const papers = await within(mine()).findAllByRole('article')
    expect(papers.map((paper) => paper.textContent)).toEqual([
      'Docs before ticketsOnly you',
      'InterruptedOnly you · not finished, so no reveal takes it',
    ])
    expect((screen.getByRole('textbox') as HTMLTextAreaElement).value).toBe('In the composer')
  })

  it('is edited in place, unready while its words are changed', async () => {
    const { session, show, user, drafts } = setUp()
    putDraft(session, 'd1', { phase: 'principles', text: 'Docs' })
    show()
    await user.click(await screen.findByText('Docs'))
    await user.type(screen.getByRole('textbox', { name: 'Words of this principle' }), ' first')
    expect(drafts()).toEqual([['Docs first', false]])
    await user.keyboard('{Enter}')
    expect(drafts()).toEqual([['Docs first', true]])
  })

  it('is never half new and ready: its first changed letter comes in one update', async () => {
    const { session, show, user, drafts } = setUp()
    putDraft(session, 'd1', { phase: 'principles', text: 'Docs' })
    show()
    await user.click(await screen.findByText('Docs'))
    const [states, elsewhere] = [new Set<string>(), new Y.Doc()]
    const { notebook } = session.docs
    if (notebook) Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(notebook))
    notebook?.on('update', (update: Uint8Array) => {
      Y.applyUpdate(elsewhere, update)
      for (const { text, ready } of readDrafts(elsewhere)) if (text !== '') states.add(`${text} ${ready}`)
    })
    await user.keyboard('!')
    expect([...states]).toEqual(['Docs! false'])
    expect(drafts()).toEqual([['Docs!', false]])
    await user.keyboard('{Enter}')
    expect(drafts()).toEqual([['Docs!', true]])
  })

  it('is removed by its menu, and brought back', async () => {
    const { session, show, user, drafts } = setUp()
    putDraft(session, 'd1', { phase: 'principles', text: 'Docs' })
    show()
    await user.click(await screen.findByRole('button', { name: 'More for: Docs' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Remove' }))
    expect(drafts()).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(drafts()).toEqual([['Docs', true]])
  })

  it('leads back to the composer by its last tile', async () => {
    const { show, user, field } = setUp()
    show()
    await user.click(screen.getByRole('button', { name: 'Add another draft' }))
    expect(document.activeElement).toBe(field())
  })
})

describe('Write', () => {
  it('says in words that notes are anonymous', () => {
    setUp('principles', { anonymous: true }).show()
    expect(screen.getByText(/^The principles are anonymous: nobody is told whose they are/)).toBeTruthy()
  })

  it('shows what was revealed before, to be read', async () => {
    const { session, show } = setUp()
    put(session.docs.board, 'n1', { phase: 'principles', text: 'Docs before tickets' })
    show()
    const shown = screen.getByRole('region', { name: 'Already on the wall' })
    expect(await within(shown).findByText('Docs before tickets')).toBeTruthy()
  })

  it('gives observers nothing to write in', () => {
    const { session, show } = setUp('principles', { role: 'observer' })
    setStage(session, { progress: { writing: 3, typing: 1, done: 2, voted: 0 } })
    show()
    expect(screen.queryByRole('textbox')).toBeNull()
    expect(screen.getByText(/^Everyone writes in silence/)).toBeTruthy()
  })

  it('leaves one’s own drafts to be read and copied once the workshop is closed', async () => {
    const { session, show } = setUp()
    putDraft(session, 'd1', { phase: 'principles', text: 'Docs before tickets' })
    setStage(session, { state: 'closed', closedAt: 2 })
    show()
    const strip = await screen.findByRole('region', { name: 'Still yours alone' })
    expect(within(strip).getByText('Docs before tickets')).toBeTruthy()
    expect(within(strip).getByRole('button', { name: 'Copy: Docs before tickets' })).toBeTruthy()
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  it('says why nothing can be written before the workshop begins', () => {
    const { session, show } = setUp()
    setStage(session, { state: 'preparing' })
    show()
    expect(screen.queryByRole('textbox')).toBeNull()
    expect(screen.getByText('The workshop has not begun. A facilitator begins it.')).toBeTruthy()
  })
})
