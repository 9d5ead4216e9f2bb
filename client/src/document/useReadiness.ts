import { markChanging, readyDraft } from '@quintet/shared/draftEdits'
import type { TextTarget } from '@quintet/shared/edits'
import { stepKindIn } from '@quintet/shared/stage'
import { useCallback, useEffect, useMemo } from 'react'
import { useSession } from '../session/SessionContext.tsx'
import { useDocument } from './DocumentProvider.tsx'

/** What a field that writes a draft has to tell. */
export interface Readiness {
  /** To be called in the transaction of whatever is written in the field. */
  readonly onWrite: () => void
  /** To be called when the writing ended. */
  readonly onLeave: () => void
}

/**
 * Keeps a draft from being revealed half-written: from the first letter that is changed here it is not ready, in the same
 * transaction with it. Where drafts are written it is ready again when one leaves it with words in it; in any other step
 * only asking for it makes it so, since it would then be shared. Becoming ready for the first time can be undone: it goes
 * back to where it was composed. A field that goes away while one writes in it leaves its draft unready, so that a move
 * takes nobody's half sentence.
 * @param target of the field; for any but a draft nothing is done.
 */
export function useReadiness(target: TextTarget): Readiness {
  const { notebook } = useSession().docs
  const { notebook: views, stage: stages, undo } = useDocument()
  const id = target.of === 'draft' ? target.id : null

  useEffect(() => {
    if (id) return () => views.rewriting(id, false)
  }, [id, views])

  const onWrite = useCallback(() => {
    if (!id || !notebook || !views.drafts.get(id)?.ready) return
    views.rewriting(id, true)
    markChanging(notebook, id)
  }, [id, notebook, views])

  const onLeave = useCallback(() => {
    const draft = id && views.drafts.get(id)
    if (!draft || !notebook) return
    const stage = stages.stage.getState()
    const ready = readyDraft(draft.id, true)
    if (draft.text.trim() !== '' && !draft.ready && stage && stepKindIn(stage, draft.phase) === 'write')
      if (views.isRewritten(draft.id)) ready(notebook)
      else undo.apply(ready, notebook)
    views.rewriting(draft.id, false)
  }, [id, notebook, views, stages, undo])

  return useMemo(() => ({ onWrite, onLeave }), [onWrite, onLeave])
}
