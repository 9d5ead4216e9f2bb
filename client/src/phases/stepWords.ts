import { type PhaseId, STEPS } from '@quintet/shared/phases'
import { positionOf, type StageView } from '@quintet/shared/stage'

const MINUTE = 60_000

/** What stands beside a phase's name: its step now, and how long it is meant to be; or why there is none. */
export function stepWords(stage: StageView, phase: PhaseId): string {
  const steps = stage.agenda.phases.find((entry) => entry.phase === phase)?.steps
  if (!steps) return 'not in this workshop'
  switch (positionOf(stage, phase)) {
    case 'past':
      return 'an earlier phase'
    case 'ahead':
      return 'comes later'
    case 'absent':
      return 'not in this workshop'
    case 'now': {
      const at = steps.findIndex((step) => step.id === stage.at.step)
      const step = steps[at]
      if (!step) return ''
      const { name } = STEPS[step.kind]
      return steps.length > 1
        ? `${name}, step ${at + 1} of ${steps.length}`
        : `${name}, ${Math.round(step.duration / MINUTE)} min`
    }
  }
}
