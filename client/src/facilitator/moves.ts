import { type AgendaPoint, pointAfter, stepAt } from '@quintet/shared/agenda'
import { countdownFor } from '@quintet/shared/moves'
import { PHASES, type PhaseId, STEPS } from '@quintet/shared/phases'
import type { Countdown, StageFields, StageView } from '@quintet/shared/stage'

/** What a move needs to know of the stage. */
type Place = Pick<StageFields, 'agenda' | 'at' | 'resume'>

/** A move that a button offers. */
export interface Move {
  readonly to: AgendaPoint
  /** Where it leads: the phase's name, or the step's within the same phase. */
  readonly name: string
}

/** The move to the step before or after this one; undefined past either end. */
export function neighbour({ agenda, at }: Pick<Place, 'agenda' | 'at'>, by: 1 | -1): Move | undefined {
  const to = pointAfter(agenda, at, by)
  return to && { to, name: nameOf({ agenda, at }, to) }
}

/** What a step is called from where the workshop stands: a step of the same phase by its own name. */
export function nameOf({ agenda, at }: Pick<Place, 'agenda' | 'at'>, to: AgendaPoint): string {
  const step = stepAt(agenda, to)
  return to.phase === at.phase && step ? STEPS[step.kind].name : PHASES[to.phase].name
}

/** The move to a phase: to the step at which it was left, else to its first. Undefined if the agenda lacks the phase. */
export function moveTo({ agenda, resume }: Place, phase: PhaseId): Move | undefined {
  const entry = agenda.phases.find((each) => each.phase === phase)
  const left = resume[phase]
  const step = entry?.steps.find((each) => each.id === left) ?? entry?.steps[0]
  return step && { to: { phase, step: step.id }, name: PHASES[phase].name }
}

/** What the one main button of a facilitator does now; `close` after the last step. */
export type Forward =
  | { readonly is: 'stop'; readonly countdown: Countdown }
  | { readonly is: 'move'; readonly move: Move; readonly label: string }
  | { readonly is: 'close' }

/** What each countdown is begun with: the words say what everyone will see. */
const SHOWS: Readonly<Record<Countdown['does'], string>> = { share: 'Share the drafts', 'close vote': 'Close vote' }

/** The next stage change from where the workshop stands, in words that say what it does. */
export function forward(stage: StageView): Forward {
  if (stage.countdown) return { is: 'stop', countdown: stage.countdown }
  const move = neighbour(stage, 1)
  if (!move) return { is: 'close' }
  const does = countdownFor(stage, move.to)
  return { is: 'move', move, label: does ? SHOWS[does] : `Next: ${move.name}` }
}
