import { isId } from './ids.ts'

/**
 * Readers of what comes from outside, for the first page: a browser that reads answers, presence and its own storage
 * with these fetches no schema library. What only the server reads has schemas, which say more about what is wrong.
 *
 * A shape gives the value back as what it is, without anything that is no part of it, or undefined where it is not of
 * the shape.
 */
export type Shape<T> = (value: unknown) => T | undefined

/** What a shape reads. */
export type Shaped<S> = S extends Shape<infer T> ? T : never

export const text: Shape<string> = (value) => (typeof value === 'string' ? value : undefined)

export const bool: Shape<boolean> = (value) => (typeof value === 'boolean' ? value : undefined)

/** A number that is not negative. */
export const amount: Shape<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined

/** An id of the kind that its place calls for: whether such a thing exists is asked later. */
export function idOf<Kind extends string>(): Shape<Kind> {
  return (value) => (isId(value) ? (value as Kind) : undefined)
}

/** One of a few plain values. */
export function oneOf<const Value>(...values: readonly Value[]): Shape<Value> {
  return (value) => values.find((each) => each === value)
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value) => (value === null ? null : shape(value))
}

/** A list whose items are all of one shape. */
export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value) => {
    const items = Array.isArray(value) ? value.map(shape) : [undefined]
    return items.includes(undefined) ? undefined : (items as readonly T[])
  }
}

/** An object with fields of its own, each of its shape; further ones are left out. */
export function fields<const Shapes extends Readonly<Record<string, Shape<unknown>>>>(
  shapes: Shapes,
): Shape<{ readonly [Field in keyof Shapes]: Shaped<Shapes[Field]> }> {
  const wanted = Object.entries(shapes)
  return (value) => {
    if (typeof value !== 'object' || value === null) return undefined
    const read: Record<string, unknown> = {}
    for (const [field, shape] of wanted) {
      const found = Object.hasOwn(value, field) ? shape((value as Record<string, unknown>)[field]) : undefined
      if (found === undefined) return undefined
      read[field] = found
    }
    return read as { readonly [Field in keyof Shapes]: Shaped<Shapes[Field]> }
  }
}
