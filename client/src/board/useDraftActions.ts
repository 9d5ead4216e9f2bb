import type { OutcomeId } from '@quintet/shared/board'
import { addDraft, bringBackDraft, hangDraft, readyDraft, removeDraft } from '@quintet/shared/draftEdits'
import { rewrite } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { type DraftView, draftEntry, readDraft } from '@quintet/shared/notebook'
import { keyAt } from '@quintet/shared/order'
import type { PhaseId } from '@quintet/shared/phases'
import { useMemo } from 'react'
import { useNotebookEdit } from '../document/editing.ts'
import { useSession } from '../session/SessionContext.tsx'
import { announce } from '../ui/announcements.ts'
import { showToast } from '../ui/toasts.ts'
import { newId } from './newId.ts'
import { sharing } from './sharing.ts'
import { named } from './words.ts'

/** What can be done to one's own drafts. Nobody else is told of any of it but sharing. */
export interface DraftActions {
  /** Begins a draft without words, which no reveal takes yet. */
  readonly begin: (phase: PhaseId, under: OutcomeId | null) => NoteId
  /** Says that a draft is done: the next reveal takes it. */
  readonly finish: (id: NoteId) => void
  /** Says that a draft is not to be shared for now. */
  readonly keep: (id: NoteId) => void
  /** Adds drafts that are done. */
  readonly add: (phase: PhaseId, texts: readonly string[], under: OutcomeId | null) => void
  /** Writes other words into a draft. */
  readonly write: (id: NoteId, text: string) => void
  /** Puts a draft away; a toast brings it back. */
  readonly remove: (draft: DraftView) => void
  readonly hang: (id: NoteId, under: OutcomeId | null) => void
  /** Puts a draft on the wall, where the step allows it; a refusal is told, and the draft stays. */
  readonly share: (id: NoteId) => Promise<void>
  /** Adds drafts and shares them at once, in order. */
  readonly addShared: (phase: PhaseId, texts: readonly string[], under: OutcomeId | null) => Promise<void>
}

/** Where a draft would stand: the reveal finds its place on the wall. */
const ANYWHERE = keyAt([], 0)

/** The actions on the drafts of whoever is in the session. */
export function useDraftActions(): DraftActions {
  const edit = useNotebookEdit()
  const session = useSession()
  return useMemo(() => {
    const { notebook } = session.docs
    const create = (phase: PhaseId, text: string, under: OutcomeId | null, ready: boolean) => {
      const id = newId<NoteId>()
      const draft = { id, phase, author: session.me.id, at: session.now(), text, order: ANYWHERE, under, ready }
      // A composer that opens is nothing that one would take back.
      if (ready) edit(addDraft(draft))
      else if (notebook) addDraft(draft)(notebook)
      return id
    }
    const actions: DraftActions = {
      begin: (phase, under) => create(phase, '', under, false),
      finish: (id) => edit(readyDraft(id, true)),
      keep: (id) => edit(readyDraft(id, false)),
      add: (phase, texts, under) => {
        for (const text of texts) create(phase, text, under, true)
      },
      write: (id, text) => {
        const draft = notebook && readDraft(id, draftEntry(notebook, id))
        if (draft) rewrite({ of: 'draft', id }, draft.text, text)(notebook)
      },
      remove: (draft) => {
        edit(removeDraft(draft.id))
        showToast({
          icon: 'remove',
          text: `Removed ${named(draft.text)}`,
          action: { label: 'Undo', run: () => edit(bringBackDraft(draft.id)) },
        })
      },
      hang: (id, under) => edit(hangDraft(id, under)),
      share: async (id) => {
        sharing(id, true)
        const reply = await session.command({ name: 'share draft', draft: id })
        if (reply.ok) {
          announce('Shared.')
          return
        }
        sharing(id, false)
        showToast({ text: reply.message, icon: 'warning' })
      },
      addShared: async (phase, texts, under) => {
        const ids = texts.map((text) => create(phase, text, under, true))
        for (const id of ids) await actions.share(id)
      },
    }
    return actions
  }, [edit, session])
}
