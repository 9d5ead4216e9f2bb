import { readyDraft } from '@quintet/shared/draftEdits'
import type { TextTarget } from '@quintet/shared/edits'
import { useCallback, useEffect } from 'react'
import type * as Y from 'yjs'
import { useSession } from '../session/SessionContext.tsx'
import { useDocument } from './DocumentProvider.tsx'

/**
 * Keeps a draft from being revealed half-written: from the first letter that is changed here it is not ready, and it is
 * ready when one leaves it with words in it. Becoming ready for the first time can be undone: it goes back to where it
 * was composed. A field that goes away while one writes in it leaves its draft unready, so that a move takes nobody's
 * half sentence.
 * @param text of the draft; for any other target nothing is done.
 * @param focused whether one writes in the field now.
 * @returns to be called when the writing ended.
 */
export function useReadiness(
  target: TextTarget,
  text: Y.Text | undefined,
  focused: { readonly current: boolean },
): () => void {
  const { notebook } = useSession().docs
  const { notebook: views, undo } = useDocument()
  const id = target.of === 'draft' ? target.id : null

  useEffect(() => {
    if (!text || !id || !notebook) return
    const changed = (_event: Y.YTextEvent, { local }: Y.Transaction) => {
      if (!local || !focused.current || !views.drafts.get(id)?.ready) return
      views.rewriting(id, true)
      readyDraft(id, false)(notebook)
    }
    text.observe(changed)
    return () => {
      text.unobserve(changed)
      views.rewriting(id, false)
    }
  }, [text, id, notebook, views, focused])

  return useCallback(() => {
    const draft = id && views.drafts.get(id)
    if (!draft || !notebook) return
    const ready = readyDraft(draft.id, true)
    if (draft.text.trim() !== '' && !draft.ready)
      if (views.isRewritten(draft.id)) ready(notebook)
      else undo.apply(ready, notebook)
    views.rewriting(draft.id, false)
  }, [id, notebook, views, undo])
}
