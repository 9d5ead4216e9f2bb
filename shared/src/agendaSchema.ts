import * as z from 'zod/mini'
import { idSchema } from './idSchema.ts'
import type { StepId } from './ids.ts'
import { LIMITS } from './limits.ts'
import { PHASE_IDS, STEP_KINDS } from './phases.ts'

/** Agendas and places in them as they come from outside. Only the server reads any: a browser has them from the stage. */
export const stepIdSchema = idSchema<StepId>()

export const agendaPointSchema = z.object({ phase: z.enum(PHASE_IDS), step: stepIdSchema })

const stepSchema = z.strictObject({
  id: stepIdSchema,
  kind: z.enum(STEP_KINDS),
  duration: z.int().check(z.minimum(0), z.maximum(LIMITS.timer)),
  budget: z.optional(z.int().check(z.minimum(1), z.maximum(LIMITS.budget))),
})

const phaseSchema = z
  .strictObject({
    phase: z.enum(PHASE_IDS),
    steps: z.array(stepSchema).check(z.minLength(1), z.maxLength(LIMITS.stepsPerPhase)),
    anonymous: z.optional(z.boolean()),
  })
  .check(z.refine(({ phase, steps }) => steps.every(({ kind }) => (kind === 'owners') === (phase === 'owners'))))

/** An agenda from outside: phases in the product's order, each at most once, ids of steps used once; Owners is a table. */
export const agendaSchema = z
  .strictObject({ phases: z.array(phaseSchema).check(z.minLength(1), z.maxLength(PHASE_IDS.length)) })
  .check(
    z.refine(({ phases }) => {
      const places = phases.map(({ phase }) => PHASE_IDS.indexOf(phase))
      const steps = phases.flatMap((each) => each.steps.map(({ id }) => id))
      return places.every((at, i) => i === 0 || at > (places[i - 1] ?? 0)) && new Set(steps).size === steps.length
    }),
  )
