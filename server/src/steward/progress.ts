import type { PersonId } from '@quintet/shared/ids'
import { ballotOf, isSecret, readDrafts } from '@quintet/shared/notebook'
import { currentStep, type Progress, roundOf, type StageView } from '@quintet/shared/stage'
import type * as Y from 'yjs'

/** What one person's notebook adds to the counts of the step. */
export interface BookCount {
  /** There are drafts of this phase with words. */
  readonly writing: boolean
  /** One of them is in the composer. */
  readonly typing: boolean
  readonly voted: boolean
}

/** Reads what a notebook adds to the counts of the step that the group is in. */
export function countBook(book: Y.Doc, stage: StageView): BookCount {
  const { kind } = currentStep(stage)
  const drafting = kind === 'write' || kind === 'share'
  const worded = drafting
    ? readDrafts(book).filter((each) => each.phase === stage.at.phase && isSecret(each) && each.text.trim() !== '')
    : []
  return {
    writing: worded.length > 0,
    typing: worded.some((draft) => !draft.ready),
    voted: kind === 'vote' && hasVoted(book, stage),
  }
}

/**
 * Whether a dot is placed, on whatever it may stand now: if it counted only while it stands, whoever takes a note off
 * the wall would see in the count who had voted for it alone.
 */
function hasVoted(book: Y.Doc, stage: StageView): boolean {
  const round = roundOf(stage, stage.at)
  if (round?.state !== 'open') return false
  return ballotOf(book, round.id, round.budget).some((target) => target !== null)
}

/**
 * The counts of everyone in the workshop. Each stands by itself: whoever has drafts is counted as writing also once they
 * are done, or the moment at which somebody says so would tell whether they have any.
 */
export function progressOf(
  people: Iterable<PersonId>,
  counts: ReadonlyMap<PersonId, BookCount>,
  done: ReadonlySet<PersonId>,
): Progress {
  const progress = { writing: 0, typing: 0, done: 0, voted: 0 }
  for (const person of people) {
    const count = counts.get(person)
    if (done.has(person)) progress.done++
    if (count?.writing) progress.writing++
    if (count?.typing) progress.typing++
    if (count?.voted) progress.voted++
  }
  return progress
}
