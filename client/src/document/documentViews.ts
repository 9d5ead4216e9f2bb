import type { Session } from '../session/session.ts'
import { BoardViews } from './boardViews.ts'
import { PresenceViews } from './presenceViews.ts'
import { StageViews } from './stageViews.ts'
import { watchBreaks, watchPlans } from './threadViews.ts'
import { UndoStack } from './undoStack.ts'

/** All that a session's documents come to on the screen. */
export interface DocumentViews {
  readonly stage: StageViews
  readonly board: BoardViews
  readonly presence: PresenceViews
  readonly breaks: ReturnType<typeof watchBreaks>
  readonly plans: ReturnType<typeof watchPlans>
  readonly undo: UndoStack
}

const bySession = new WeakMap<Session, DocumentViews>()

/** The views of a session: made once, and living as long as its documents, however often screens come and go. */
export function documentViews(session: Session): DocumentViews {
  let views = bySession.get(session)
  if (!views) {
    const board = new BoardViews(session.docs.board)
    views = {
      stage: new StageViews(session.docs.stage),
      board,
      presence: new PresenceViews(session.presence, { id: session.me.id, observes: session.me.role === 'observer' }),
      breaks: watchBreaks(board),
      plans: watchPlans(board),
      undo: new UndoStack(session.docs.board),
    }
    bySession.set(session, views)
  }
  return views
}
