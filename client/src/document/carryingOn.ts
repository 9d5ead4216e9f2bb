import { boardEntry, boardRoot, readNote } from '@quintet/shared/board'
import { carryOn } from '@quintet/shared/draftEdits'
import type { NoteId } from '@quintet/shared/ids'
import { draftEntry, drafts, readDraft } from '@quintet/shared/notebook'
import * as Y from 'yjs'
import { observeDeep } from '../session/observeDeep.ts'
import type { Session } from '../session/session.ts'

/** How long another of one's tabs may take to carry on what was written there, ms. */
export const OTHERS_FIRST = 3_000

/**
 * Loses no words that were written into a draft while it was shared: offline, on their way, or in an input method. The
 * wall has what stood there before, so they are carried on as a draft of their own. The tab in which they were written
 * does so at once; any other leaves it a moment, and does it where that tab is gone.
 * @param here drafts whose words were changed in this tab, since everything was saved.
 * @returns ends it, for other documents in place of these, and tells of which drafts that is so now.
 */
export function carryOnDrafts(
  { docs: { board, notebook }, state, unsaved }: Pick<Session, 'docs' | 'state' | 'unsaved'>,
  here: Set<NoteId> = new Set(),
): () => Set<NoteId> {
  if (!notebook) return () => here
  /** Shared drafts that may have words that the wall has not. */
  const open = new Set<NoteId>()
  let isOver = false
  const draftOf = (id: NoteId) => readDraft(id, draftEntry(notebook, id))

  const settle = () => {
    // What stands on the wall is known once all documents are.
    if (isOver || open.size === 0 || state.getState().is !== 'live') return
    for (const id of open) {
      const became = draftOf(id)?.became
      const note = became && readNote(became, boardEntry(board, 'notes', became))
      if (!note) continue
      open.delete(id)
      here.delete(id)
      carryOn(id, note.text)(notebook)
    }
  }
  const look = (id: NoteId) => {
    const draft = draftOf(id)
    if (!draft || draft.became === null) return
    if (here.has(id)) open.add(id)
    else if (!draft.ready)
      setTimeout(() => {
        if (!isOver && draftOf(id)?.ready === false) open.add(id)
        settle()
      }, OTHERS_FIRST)
  }

  const endDrafts = observeDeep(drafts(notebook), (events, { local }) => {
    const touched = new Set<NoteId>()
    for (const { target, path, keys } of events) {
      const id = path[0] as NoteId | undefined
      if (id === undefined) for (const key of keys.keys()) touched.add(key as NoteId)
      else touched.add(id)
      if (local && id !== undefined && target instanceof Y.Text) here.add(id)
    }
    for (const id of touched) look(id)
    settle()
  })
  const notes = boardRoot(board, 'notes')
  notes.observe(settle)
  // What is unsaved before anything was connected was read from this device's copy: the tab that wrote it is gone.
  const endUnsaved = unsaved.subscribe((ids) => {
    if (state.getState().is !== 'joining') return
    for (const id of ids as ReadonlySet<NoteId>) {
      if (!draftOf(id)) continue
      here.add(id)
      look(id)
    }
  })
  const endState = state.subscribe((now) => {
    // Nothing waits to be sent: the server knew all of it before it shared anything since.
    if (now.is === 'offline' && now.waiting === 0) here.clear()
    settle()
  })
  for (const id of drafts(notebook).keys()) look(id as NoteId)
  settle()
  return () => {
    isOver = true
    notes.unobserve(settle)
    for (const end of [endDrafts, endUnsaved, endState]) end()
    return here
  }
}
