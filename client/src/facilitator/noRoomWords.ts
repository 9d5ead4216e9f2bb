import { stepAt } from '@quintet/shared/agenda'
import type { LeftStep, StageView } from '@quintet/shared/stage'

/** How many ready drafts of the phase that the group is in found no room on the board. */
export function noRoomIn({ at, reveal, state }: Pick<StageView, 'at' | 'reveal' | 'state'>): number {
  return state === 'running' && reveal?.phase === at.phase ? (reveal.noRoom ?? 0) : 0
}

/** What a move that brings drafts to the wall did not bring, what is safe, and what to do; empty where it brought all. */
export function noRoomWords(stage: StageView, left: LeftStep): string {
  const kind = stepAt(stage.agenda, left.at)?.kind
  const count = kind === 'write' || kind === 'share' ? noRoomIn(stage) : 0
  if (count === 0) return ''
  if (count === 1)
    return '1 draft did not fit, since the board is full: it stays with its author. Where words are changed, its words can go into a note that is there'
  return `${count} drafts did not fit, since the board is full: they stay with their authors. Where words are changed, theirs can go into notes that are there`
}
