import { type AgendaPoint, samePoint, stepAt } from './agenda.ts'
import type { CommandActor, Decision, World } from './commands.ts'
import { done, refuse } from './decisions.ts'
import type { RoundId } from './ids.ts'
import { begin, COUNTDOWN, countdownFor, enter, moveChange, newRound } from './moves.ts'
import { PHASES, type PhaseId } from './phases.ts'
import { mayReopen } from './rules.ts'
import { currentStep, positionOf, roundOf, type StageView } from './stage.ts'
import { resetTimer } from './timer.ts'

/**
 * The commands that move everyone, decided as {@link decide} does. Each names where its sender saw the workshop, so that
 * two facilitators or a double click move once, and none passes a running countdown. And the lock of a phase, which may
 * be said twice.
 */

/** Moves to a step, or begins the countdown to what everyone then sees. */
export function move(
  stage: StageView,
  actor: CommandActor,
  from: AgendaPoint,
  to: AgendaPoint,
  world: World,
): Decision {
  if (stage.state === 'closed')
    return refuse('closed', 'The workshop is closed, and stays where it is. Reopen it to move on.')
  // The second click of two finds the countdown that the first began.
  if (samePoint(stage.at, from) && stage.countdown && samePoint(stage.countdown.to, to)) return done({})
  const early = mayMoveFrom(stage, from)
  if (early) return early
  if (!stepAt(stage.agenda, to))
    return refuse('invalid', 'The agenda has no such step. The workshop stays where it is.')
  // A workshop that is being prepared begins with a move to where it stands.
  if (samePoint(from, to)) return done(stage.state === 'preparing' ? begin(stage, world) : {})
  const does = countdownFor(stage, to)
  if (!does) return done(enter(stage, to, world))
  return done({ fields: { countdown: { to, does, endsAt: world.now + COUNTDOWN, by: actor.person } } })
}

function mayMoveFrom(stage: StageView, from: AgendaPoint): Decision | undefined {
  if (!samePoint(stage.at, from))
    return refuse(
      'stale',
      'Someone moved the workshop at the same moment. Nothing was moved twice: look where it is now.',
    )
  if (stage.countdown) return refuse('stale', 'A countdown is running. Stop it first, or wait until it is over.')
  return undefined
}

/** Goes back to a closed round, with its ballots and, for what was seen, its totals. */
export function reopenVote(stage: StageView, from: AgendaPoint, id: RoundId, now: number): Decision {
  const early = mayVoteFrom(stage, from)
  if (early) return early
  const known = stage.rounds.find((each) => each.id === id)
  if (!known || !stepAt(stage.agenda, known)) return refuse('invalid', 'There is no such vote. Nothing was changed.')
  if (roundOf(stage, known)?.id !== id)
    return refuse('invalid', 'A newer round of this vote was opened. Nothing was changed.')
  const verdict = mayReopen(known)
  if (!verdict.allowed) return refuse('invalid', verdict.reason)
  const point = { phase: known.phase, step: known.step }
  const shows = countdownFor(stage, point)
  if (shows) return refuse('invalid', SHOWS_FIRST[shows])
  const rounds = [{ ...known, state: 'open' as const, closedAt: null }]
  return done(samePoint(from, point) ? { rounds } : { ...moveChange(stage, point, now), rounds })
}

/** Opens another round of a vote step, and goes there. */
export function voteAgain(stage: StageView, from: AgendaPoint, to: AgendaPoint, world: World): Decision {
  const early = mayVoteFrom(stage, from)
  if (early) return early
  const step = stepAt(stage.agenda, to)
  if (step?.kind !== 'vote') return refuse('invalid', 'This step is no vote. Nothing was changed.')
  if (roundOf(stage, to)?.state === 'open') return refuse('stale', 'This vote is open already. Nothing was changed.')
  const shows = countdownFor(stage, to)
  if (shows) return refuse('invalid', SHOWS_FIRST[shows])
  const rounds = [newRound(step, to, world)]
  return done(samePoint(from, to) ? { rounds } : { ...moveChange(stage, to, world.now), rounds })
}

/** What a step shows as it ends is shown by a move, which counts down to it: a vote further on does not pass it by. */
const SHOWS_FIRST = {
  share: 'Move on first, so that the drafts are shared. Nothing was changed.',
  'close vote': 'Move on first, so that this vote is counted. Nothing was changed.',
} as const

function mayVoteFrom(stage: StageView, from: AgendaPoint): Decision | undefined {
  if (stage.state === 'closed') return refuse('closed', 'The workshop is closed. Reopen it first.')
  return mayMoveFrom(stage, from)
}

/**
 * Closes the workshop where it is. Nothing is revealed or counted by it: drafts stay their authors' alone, an open round
 * keeps its ballots without being counted, and both go on where they were once the workshop is reopened.
 */
export function close(stage: StageView, from: AgendaPoint, now: number): Decision {
  if (stage.state === 'closed') return done({})
  if (!samePoint(stage.at, from))
    return refuse('stale', 'Someone moved the workshop at the same moment, so it was not closed. Look where it is now.')
  if (stage.countdown) return refuse('stale', 'A countdown is running. Stop it first, or wait until it is over.')
  const stopped = resetTimer(currentStep(stage).duration)
  return done({ fields: { state: 'closed', closedAt: now, timer: stopped } })
}

/** Goes on with a workshop that was closed, where it stands. A repeat, or one that was never closed, stays as it is. */
export function reopen(stage: StageView, world: World): Decision {
  if (stage.state !== 'closed') return done({})
  const change = begin(stage, world)
  return done({ ...change, fields: { ...change.fields, closedAt: null, reopenedAt: world.now } })
}

/** Locks a phase, or opens it again. What is on its way is taken for a moment yet. */
export function lock(
  stage: StageView,
  actor: CommandActor,
  { phase, locked }: { readonly phase: PhaseId; readonly locked: boolean },
  now: number,
): Decision {
  const { name } = PHASES[phase]
  if (positionOf(stage, phase) === 'absent')
    return refuse('invalid', `${name} is not part of this workshop. Nothing was changed.`)
  const { [phase]: was, ...others } = stage.locks
  // Who was first stays who locked it.
  if ((was !== undefined) === locked) return done({})
  return done({ fields: { locks: locked ? { ...others, [phase]: { by: actor.person, at: now } } : others } })
}
