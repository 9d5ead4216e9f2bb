import { type AgendaPoint, type AgendaStep, DEFAULT_BUDGET, isAfter, samePoint, stepAt } from './agenda.ts'
import type { RoundId } from './ids.ts'
import { type Countdown, currentStep, type Round, roundOf, type StageChange, type StageView } from './stage.ts'
import { resetTimer } from './timer.ts'

/** How long a countdown runs before a reveal or the close of a vote, ms. */
export const COUNTDOWN = 3_000

/** For so long after a move edits of the step before still count, ms: they were on their way. */
export const GRACE = 3_000

/** For so long a move can be taken back with its timer as it was, ms; later one goes back. */
export const TAKE_BACK = 10_000

/**
 * What a move would make everyone see, which a countdown comes before: a move forward out of Write reveals its drafts,
 * one forward out of an open vote closes it. Going back shows nothing, and whatever was written waits.
 */
export function countdownFor(stage: StageView, to: AgendaPoint): Countdown['does'] | null {
  if (!isAfter(stage.agenda, to, stage.at)) return null
  switch (currentStep(stage).kind) {
    case 'write':
      return 'share'
    case 'vote':
      return roundOf(stage, stage.at)?.state === 'open' ? 'close vote' : null
    default:
      return null
  }
}

/** What it takes to remember a move: where from, and when. */
interface Clock {
  readonly now: number
  readonly newId: () => string
}

/** The change of the stage that moves everyone to a step; a vote that was not opened yet is opened. */
export function enter(stage: StageView, to: AgendaPoint, clock: Clock): StageChange {
  return { ...moveChange(stage, to, clock.now), ...opening(stage, to, clock) }
}

/** The change of the stage with which a workshop that was being prepared begins, at the step where it stands. */
export function begin(stage: StageView, clock: Clock): StageChange {
  return { fields: { state: 'running' }, ...opening(stage, stage.at, clock) }
}

/** The first round of a vote that is entered. */
function opening(stage: StageView, to: AgendaPoint, clock: Clock): StageChange {
  const step = stepAt(stage.agenda, to)
  return step?.kind === 'vote' && !roundOf(stage, to) ? { rounds: [newRound(step, to, clock)] } : {}
}

/** Whether a move to a step takes back the last one, so that everything goes on there as it was. @param now ms since the epoch. */
export function takesBack({ left }: StageView, to: AgendaPoint, now: number): boolean {
  return left !== null && samePoint(left.at, to) && now - left.movedAt <= TAKE_BACK
}

/** A move without what it opens. One that is taken back soon finds the timer as it was. */
export function moveChange(stage: StageView, to: AgendaPoint, now: number): StageChange {
  const { at, left, timer } = stage
  return {
    fields: {
      state: 'running',
      at: to,
      left: { at, movedAt: now, timer },
      resume: { ...stage.resume, [at.phase]: at.step },
      timer: left && takesBack(stage, to, now) ? left.timer : resetTimer(stepAt(stage.agenda, to)?.duration ?? 0),
      countdown: null,
    },
  }
}

/** A round of a vote that has just been opened. */
export function newRound(step: AgendaStep, { phase }: AgendaPoint, { now, newId }: Clock): Round {
  return {
    id: newId() as RoundId,
    phase,
    step: step.id,
    state: 'open',
    budget: step.budget ?? DEFAULT_BUDGET,
    openedAt: now,
    closedAt: null,
    tally: null,
  }
}
