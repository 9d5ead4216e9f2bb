import type { PersonId } from '@quintet/shared/ids'
import { ballotOf, isSecret, readDrafts } from '@quintet/shared/notebook'
import { currentStep, type Progress, roundOf, type StageView } from '@quintet/shared/stage'
import type * as Y from 'yjs'
import { standsIn } from './closeVote.ts'

/** What one person's notebook adds to the counts of the step. */
export interface BookCount {
  /** There are drafts of this phase with words. */
  readonly writing: boolean
  /** One of them is in the composer. */
  readonly typing: boolean
  readonly voted: boolean
}

/** Reads what a notebook adds to the counts of the step that the group is in. */
export function countBook(book: Y.Doc, stage: StageView, board: Y.Doc): BookCount {
  const { kind } = currentStep(stage)
  const drafting = kind === 'write' || kind === 'share'
  const worded = drafting
    ? readDrafts(book).filter((each) => each.phase === stage.at.phase && isSecret(each) && each.text.trim() !== '')
    : []
  return {
    writing: worded.length > 0,
    typing: worded.some((draft) => !draft.ready),
    voted: kind === 'vote' && hasVoted(book, stage, board),
  }
}

function hasVoted(book: Y.Doc, stage: StageView, board: Y.Doc): boolean {
  const round = roundOf(stage, stage.at)
  if (round?.state !== 'open') return false
  const standsAs = standsIn(round, board)
  return ballotOf(book, round.id, round.budget).some((target) => target !== null && standsAs(target) !== undefined)
}

/** The counts of everyone in the workshop. */
export function progressOf(
  people: Iterable<PersonId>,
  counts: ReadonlyMap<PersonId, BookCount>,
  done: ReadonlySet<PersonId>,
): Progress {
  const progress = { writing: 0, typing: 0, done: 0, voted: 0 }
  for (const person of people) {
    const count = counts.get(person)
    const isDone = done.has(person)
    if (isDone) progress.done++
    else if (count?.writing) progress.writing++
    if (count?.typing) progress.typing++
    if (count?.voted) progress.voted++
  }
  return progress
}
