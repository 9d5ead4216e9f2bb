import { addDraft } from '@quintet/shared/draftEdits'
import type { NoteId, PersonId, WorkshopId } from '@quintet/shared/ids'
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { INES, put } from '../document/workshop.fixture.tsx'
import { openCopy } from '../session/copies.ts'
import { stubDevice } from '../session/device.fixture.ts'
import { copyName, type KeptDocument, newCopyLine, rememberCopyLine } from '../session/deviceMemory.ts'
import { readLeftSessions } from '../session/leftSessions.ts'
import { unsavedWords } from './unsavedWords.ts'
import { WorkshopPage } from './WorkshopPage.tsx'
// What comes lazily in a browser is here already.
import './UnsavedWords.tsx'

const WORKSHOP = 'workshop-of-the-test' as WorkshopId
const OWNER = { workshop: WORKSHOP, person: INES.id as PersonId }
const LINE = newCopyLine('e')

/** Keeps a document as a session of Ines did, and ends that. */
async function keep(document: KeptDocument, things: readonly string[], write: (doc: Y.Doc) => void): Promise<void> {
  const doc = new Y.Doc()
  const options = { name: copyName(OWNER, document, LINE), isServers: () => false, onEnd: () => undefined }
  const copy = await openCopy({ ...options, doc, unsaved: () => ({ things, since: new Map() }) })
  write(doc)
  await waitFor(() => expect(copy.isWritten).toBe(true), { interval: 1 })
  copy.detach()
}

beforeEach(async () => {
  localStorage.clear()
  stubDevice()
  rememberCopyLine(OWNER, LINE)
  await keep('board', ['n1'], (board) => {
    put(board, 'n1', { text: 'Written on the train', author: INES.id })
    put(board, 'n2', { text: 'Saved long ago', author: INES.id })
  })
  await keep('notebook', ['d1', 'r1'], (notebook) => {
    const draft = {
      id: 'd1' as NoteId,
      phase: 'gaps',
      author: INES.id,
      at: 1,
      text: 'A draft',
      order: 'a0',
      under: null,
    } as const
    addDraft({ ...draft, ready: true })(notebook)
  })
})

const WORDS = { name: 'What you wrote, and was not saved' }

it.each([
  ['was removed', () => Promise.resolve(Response.json({ people: [], epoch: 'e' })), 'Open your link once more'],
  ['was removed, with no network', () => Promise.reject(new TypeError()), 'The workshop cannot be opened'],
])('offers somebody who %s and loads the page again what was not saved, to copy', async (_who, answer, title) => {
  vi.stubGlobal('fetch', answer)
  render(<WorkshopPage params={{ workshop: WORKSHOP }} />)
  expect(await screen.findByRole('heading', { name: title })).toBeDefined()
  const own = await screen.findByRole('region', WORDS)
  const items = within(own).getAllByRole('listitem')
  expect(items.map(({ textContent }) => textContent)).toEqual(['Written on the train', 'A draft'])
  await userEvent.setup().click(within(own).getByRole('button', { name: 'Copy' }))
  expect(await navigator.clipboard.readText()).toBe('Written on the train\n\nA draft')
})

it('offers nothing where everything was saved', async () => {
  stubDevice()
  rememberCopyLine(OWNER, LINE)
  await keep('board', [], (board) => put(board, 'n2', { text: 'Saved long ago', author: INES.id }))
  expect((await readLeftSessions(WORKSHOP)).flatMap(unsavedWords)).toEqual([])
})
