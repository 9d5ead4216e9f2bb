import type { OutcomeId, PlanView } from '@quintet/shared/board'
import { isGroup, type Outcome } from '@quintet/shared/groups'
import type { PhaseId } from '@quintet/shared/phases'
import {
  isKept,
  outcomesOf,
  type ThreadBoard,
  type ThreadBreak,
  type ThreadLink,
  threadBreaks,
  threadOf,
} from '@quintet/shared/thread'
import type { StoreApi } from 'zustand/vanilla'
import { watchReading } from './boardReading.ts'
import type { BoardViews } from './boardViews.ts'
import type { StageViews } from './stageViews.ts'
import { perFrame, sameItems, type Watched, watchList } from './watched.ts'

/** The board with what facilitators said of it, as it is at the moment of asking. */
export function markedBoard(board: BoardViews, stage: StageViews): ThreadBoard {
  return {
    note: board.note,
    group: board.group,
    inGroup: board.inGroup,
    wall: board.wall,
    plan: board.plan,
    marks: (id) => stage.marks.get(id),
    agenda: stage.stage.getState()?.agenda,
  }
}

/** The chain that ends at a note or group. It listens to what the chain goes through, and to what it breaks off at. */
export function watchThread(board: BoardViews, id: OutcomeId): Watched<readonly ThreadLink[]> {
  return watchReading<readonly ThreadLink[]>(
    board,
    (source) => {
      const outcome = source.note(id as never) ?? source.group(id as never)
      return outcome ? threadOf(outcome, source) : []
    },
    (a, b) => sameItems(a, b, (one, other) => one.outcome === other.outcome),
  )
}

/** Every break of the thread. Where only words changed, the breaks stay and only take over the words. */
export function watchBreaks(board: BoardViews, stage: StageViews): Watched<readonly ThreadBreak[]> {
  let seen: readonly unknown[] = []
  const find = (last: readonly ThreadBreak[]) => {
    const now = [board.shape.getState(), stage.allMarks.getState()]
    if (sameItems(seen, now, Object.is)) return last.map((each) => withWords(each, board))
    seen = now
    return threadBreaks(markedBoard(board, stage))
  }
  const same = (a: ThreadBreak, b: ThreadBreak) => a.kind === b.kind && a.outcome === b.outcome
  return perFrame([board.revision, stage.allMarks], find, same)
}

/** The plans of what Actions handed on, in the order of the wall. */
export function watchPlans(board: BoardViews, stage: StageViews): Watched<readonly PlanView[]> {
  const find = () => outcomesOf('actions', markedBoard(board, stage)).map(({ id }) => board.plan(id))
  return perFrame<PlanView>([board.revision, stage.allMarks], find, Object.is)
}

/** What a phase hands on: what the team kept, or all that stands and is not parked while it kept nothing. */
export function watchOutcomes(board: BoardViews, stage: StageViews, phase: PhaseId): Watched<readonly OutcomeId[]> {
  return watchList([board.shape, stage.allMarks], () =>
    outcomesOf(phase, markedBoard(board, stage)).map(({ id }) => id),
  )
}

/** What of a phase the team kept, and what still stands. */
export function watchKept(board: BoardViews, stage: StageViews, phase: PhaseId): Watched<readonly OutcomeId[]> {
  const marked = markedBoard(board, stage)
  const isOut = (outcome: Outcome) => !marked.marks(outcome.id)?.parked && isKept(outcome, marked)
  return watchList([board.shape, stage.allMarks], () =>
    board
      .wall(phase)
      .filter(isOut)
      .map(({ id }) => id),
  )
}

/** A list of outcomes without those that were put aside. */
export function watchUnparked(
  list: StoreApi<readonly OutcomeId[]>,
  { allMarks }: StageViews,
): Watched<readonly OutcomeId[]> {
  return watchList([list, allMarks], () => list.getState().filter((id) => !allMarks.getState().get(id)?.parked))
}

/** What of a phase was put aside: groups, and notes loose or in groups, in the order of the wall. */
export function watchParked(board: BoardViews, stage: StageViews, phase: PhaseId): Watched<readonly OutcomeId[]> {
  return watchList([board.shape, stage.allMarks], () =>
    board
      .wall(phase)
      .flatMap((outcome) => (isGroup(outcome) ? [outcome, ...board.inGroup(outcome.id)] : [outcome]))
      .map(({ id }) => id)
      .filter((id) => stage.marks.get(id).parked),
  )
}

function withWords(each: ThreadBreak, board: BoardViews): ThreadBreak {
  const { id } = each.outcome
  const outcome = isGroup(each.outcome) ? board.group(id) : board.note(id)
  return outcome && outcome !== each.outcome ? { ...each, outcome } : each
}
