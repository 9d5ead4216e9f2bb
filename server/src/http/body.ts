import { agendaSchema } from '@quintet/shared/agendaSchema'
import { nameSchema, titleSchema } from '@quintet/shared/commands'
import { LIMITS } from '@quintet/shared/limits'
import { PHASE_IDS } from '@quintet/shared/phases'
import * as z from 'zod/mini'
import { Problem } from './problem.ts'

/** The body that asks for a workshop. Only the example has a title of its own, and it stands in an agenda of its own. */
export const createBody = z
  .object({
    title: z.optional(titleSchema),
    name: z.optional(nameSchema),
    example: z.optional(z.literal(true)),
    agenda: z.optional(agendaSchema),
  })
  .check(
    z.refine(({ title, example }) => title !== undefined || example === true, { path: ['title'] }),
    z.refine(({ agenda, example }) => agenda === undefined || example === undefined, { path: ['agenda'] }),
  )

/** The body that asks for a seat. A key that cannot be one is answered like one that opens nothing. */
export const joinBody = z.object({
  key: z.string().check(z.minLength(1), z.maxLength(200)),
  name: z.optional(nameSchema),
})

const FIELDS: Readonly<Record<string, string>> = {
  title: `The title must be a text of 1 to ${LIMITS.title} characters.`,
  name: `The name must be a text of 1 to ${LIMITS.name} characters.`,
  example: 'The field “example” is either true or left out.',
  agenda: `The agenda must be whole: of the phases ${PHASE_IDS.join(', ')} in this order one to all, each with 1 to ${LIMITS.stepsPerPhase} steps of ids used once, Owners alone with steps of its kind. The example brings its own.`,
  key: 'The field “key” must be the part of the link after the #.',
}

/**
 * Reads a request's body.
 * @throws {Problem} that names the first field that is wrong.
 */
export function readBody<Schema extends z.ZodMiniType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = z.safeParse(schema, body)
  if (parsed.success) return parsed.data
  const field = String(parsed.error.issues[0]?.path[0] ?? '')
  const reason = Object.hasOwn(FIELDS, field) ? FIELDS[field] : 'The request must be a JSON object.'
  throw new Problem(400, 'invalid', `${reason} Nothing was changed. Correct it and send it again.`)
}
