import * as z from 'zod/mini'
import { isId } from './ids.ts'

/** An id that comes from outside, as the kind that its place calls for: whether such a thing exists is asked later. */
export function idSchema<Kind extends string>(): z.ZodMiniPipe<z.ZodMiniString, z.ZodMiniTransform<Kind, string>> {
  return z.pipe(
    z.string().check(z.refine(isId)),
    z.transform((text) => text as Kind),
  )
}
