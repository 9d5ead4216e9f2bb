import * as Y from 'yjs'
import type { OutcomeId } from './board.ts'
import {
  type Edit,
  entryWords,
  type NewNote,
  replaceValue,
  smallestChange,
  targetText,
  transact,
  writeText,
} from './edits.ts'
import type { NoteId } from './ids.ts'
import { type DraftView, draftEntry, drafts, isSecret, readDraft } from './notebook.ts'

/** The edits of one's own notebook by name: drafts. They are applied to the notebook, never to the board. */
export type NewDraft = NewNote & { readonly ready: boolean }

/** Begins a draft. The one in the composer is not ready; a reveal takes the ready ones. */
export function addDraft(draft: NewDraft): Edit {
  return (doc) => {
    if (drafts(doc).has(draft.id)) return null
    transact(doc, () =>
      drafts(doc).set(
        draft.id,
        new Y.Map<unknown>([
          ['phase', draft.phase],
          ['author', draft.author],
          ['at', draft.at],
          ['text', new Y.Text(draft.text)],
          ['place', [draft.group ?? null, draft.order]],
          ['under', draft.under],
          ['removed', false],
          ['ready', draft.ready],
        ]),
      ),
    )
    return { name: 'add draft', apply: removeDraftIfUnchanged(draft.id, entryWords(draftEntry(doc, draft.id))) }
  }
}

/** Says that a draft is done, so that the next reveal takes it, or that it is being typed again. */
export function readyDraft(id: NoteId, ready: boolean): Edit {
  return onSecret(
    id,
    replaceValue('add draft', (doc) => draftEntry(doc, id), 'ready', ready),
  )
}

/**
 * Says that a draft's words are being changed, in the same transaction as the first of them. It is no {@link Edit}: there
 * is nothing to take back. Also a draft that was shared meanwhile is marked, so that what is written in it is not lost:
 * see {@link carryOn}.
 */
export function markChanging(doc: Y.Doc, id: NoteId): void {
  const entry = draftEntry(doc, id)
  if (entry?.get('ready') === true) transact(doc, () => entry.set('ready', false))
}

/**
 * Carries on a draft whose words were changed while it was shared: the wall has the words before that, and nobody sees
 * the others any more. They become a new secret draft, which is not ready; the shared one is marked as settled. Two tabs
 * that do so name the new one alike, so that it is there once. Words that came later go into the same draft while that
 * takes no letter from it, else into another.
 * @param wall the words on the wall, where they are known: if they are the draft's, there is nothing to carry on.
 */
export function carryOn(id: NoteId, wall?: string): Edit {
  return (doc) => {
    const draft = readDraft(id, draftEntry(doc, id))
    if (!draft || draft.became === null || draft.removed) return null
    return transact(doc, () => {
      const carried = draft.text.trim() === '' || draft.text === wall ? null : carryWords(doc, draft)
      if (!draft.ready) draftEntry(doc, id)?.set('ready', true)
      return carried && { name: 'add draft', apply: removeDraftIfUnchanged(carried, draft.text) }
    })
  }
}

/** @returns the draft that the words were written into; null where they stand already. */
function carryWords(doc: Y.Doc, { id, phase, author, at, text, order, under }: DraftView): NoteId | null {
  for (let nth = 2; ; nth++) {
    const carried = carriedId(id, nth)
    const there = readDraft(carried, draftEntry(doc, carried))
    if (there?.text === text) return null
    if (!there) {
      addDraft({ id: carried, phase, author, at, text, order, under, ready: false })(doc)
      return carried
    }
    const change = smallestChange(there.text, text)
    const into = targetText(doc, { of: 'draft', id: carried })
    if (!isSecret(there) || there.ready || !into || !change || change.remove > 0) continue
    writeText(into, change)
    return carried
  }
}

/** The id of the nth draft of the same words: no longer than ids are. */
function carriedId(id: NoteId, nth: number): NoteId {
  const end = `-${nth}`
  return (id.slice(0, LONGEST_ID - end.length) + end) as NoteId
}

/** Whether a draft may be the one that carries on another. */
export function carriesOn(id: NoteId, before: NoteId): boolean {
  const [, nth] = /-(\d+)$/.exec(id) ?? []
  return nth !== undefined && id !== before && id === carriedId(before, Number(nth))
}

/** Characters, as `ID_PATTERN` says. */
const LONGEST_ID = 40

export function removeDraft(id: NoteId): Edit {
  return onSecret(
    id,
    replaceValue('remove draft', (doc) => draftEntry(doc, id), 'removed', true),
  )
}

export function bringBackDraft(id: NoteId): Edit {
  return onSecret(
    id,
    replaceValue('remove draft', (doc) => draftEntry(doc, id), 'removed', false),
  )
}

/** Hangs a draft under an outcome of the board, or under nothing. */
export function hangDraft(id: NoteId, under: OutcomeId | null): Edit {
  return onSecret(
    id,
    replaceValue('hang note', (doc) => draftEntry(doc, id), 'under', under),
  )
}

function removeDraftIfUnchanged(id: NoteId, was: string | undefined): Edit {
  const remove = removeDraft(id)
  return (doc) => (entryWords(draftEntry(doc, id)) === was ? remove(doc) : null)
}

/** A draft that was shared is a note of the board: what is done to the draft has no effect any more, nor is it taken back. */
function onSecret(id: NoteId, edit: Edit): Edit {
  return (doc) => {
    const inverse = draftEntry(doc, id)?.get('became') ? null : edit(doc)
    return inverse && { name: inverse.name, apply: onSecret(id, inverse.apply) }
  }
}
