import * as Y from 'yjs'
import type { OutcomeId } from './board.ts'
import { type Edit, entryWords, type NewNote, replaceValue, transact } from './edits.ts'
import type { NoteId } from './ids.ts'
import { draftEntry, drafts } from './notebook.ts'

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
