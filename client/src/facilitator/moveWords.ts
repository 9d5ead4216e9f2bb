import { stepAt } from '@quintet/shared/agenda'
import { type LeftStep, roundOf, type StageView } from '@quintet/shared/stage'
import { nameOf } from './moves.ts'

/** A reveal or a close, and the move that it came with, are one: they carry nearly the same time, ms. */
const TOGETHER = 1_000

/** What the last move came to, for everyone: what was shown with it, else where the group is now. */
export function moveWords(stage: StageView, left: LeftStep): string {
  const { agenda, at, reveal } = stage
  const kind = stepAt(agenda, left.at)?.kind
  const isNow = (time: number | null | undefined) =>
    typeof time === 'number' && Math.abs(time - left.movedAt) < TOGETHER
  if (kind === 'write' && reveal?.phase === left.at.phase && isNow(reveal.at)) return revealWords(reveal.count)
  const round = kind === 'vote' ? roundOf(stage, left.at) : undefined
  if (round?.tally && isNow(round.closedAt))
    return `Vote closed, ${round.tally.dots} ${round.tally.dots === 1 ? 'dot' : 'dots'} counted`
  return `Everyone is in ${nameOf({ agenda, at: left.at }, at)} now`
}

function revealWords(count: number): string {
  if (count === 0) return 'No draft was ready to share'
  return count === 1 ? '1 draft is on the wall' : `${count} drafts are on the wall`
}
