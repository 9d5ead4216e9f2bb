import type { Session } from '../session/session.ts'
import { BallotViews } from './ballotViews.ts'
import { BoardViews } from './boardViews.ts'
import { carryOnDrafts } from './carryingOn.ts'
import { NotebookViews } from './notebookViews.ts'
import { PresenceViews } from './presenceViews.ts'
import { StageViews } from './stageViews.ts'
import { watchBreaks, watchPlans } from './threadViews.ts'
import { UndoStack } from './undoStack.ts'

/** All that a session's documents come to on the screen. */
export interface DocumentViews {
  readonly stage: StageViews
  readonly board: BoardViews
  readonly notebook: NotebookViews
  readonly ballot: BallotViews
  readonly presence: PresenceViews
  readonly breaks: ReturnType<typeof watchBreaks>
  readonly plans: ReturnType<typeof watchPlans>
  readonly undo: UndoStack
}

const byDocuments = new WeakMap<Session['docs'], DocumentViews>()
/** Ends what carries on the drafts of a session in documents that were replaced. */
const carried = new WeakMap<Session, ReturnType<typeof carryOnDrafts>>()

/** The views of a session: made once, and living as long as its documents, however often screens come and go. */
export function documentViews(session: Session): DocumentViews {
  let views = byDocuments.get(session.docs)
  if (!views) {
    const stage = new StageViews(session.docs.stage)
    const board = new BoardViews(session.docs.board)
    const notebook = new NotebookViews(session.docs.notebook)
    views = {
      stage,
      board,
      notebook,
      ballot: new BallotViews(stage, board, notebook, session.docs.notebook !== undefined),
      presence: new PresenceViews(session.presence, { id: session.me.id, observes: session.me.role === 'observer' }),
      breaks: watchBreaks(board, stage),
      plans: watchPlans(board, stage),
      undo: new UndoStack(),
    }
    byDocuments.set(session.docs, views)
    carried.set(session, carryOnDrafts(session, carried.get(session)?.()))
  }
  return views
}
