/**
 * Where places in a text go when the text changes. A delta is what Yjs tells of a change: keep so many units, insert or
 * delete there, from the start on. All positions are UTF-16 code units.
 */
export type Delta = readonly {
  readonly retain?: number | undefined
  readonly insert?: unknown
  readonly delete?: number | undefined
}[]

/** An insertion's length; an embedded object counts as one unit. */
const lengthOf = (insert: unknown) => (typeof insert === 'string' ? insert.length : 1)

/**
 * Where a gap between two characters is after a change.
 * @param keepsTo which neighbour it stays beside when something is inserted exactly there.
 */
export function mapGap(gap: number, delta: Delta, keepsTo: 'before' | 'after'): number {
  let from = 0
  let shift = 0
  for (const part of delta) {
    if (from > gap) break
    if (part.insert !== undefined) {
      if (from < gap || keepsTo === 'after') shift += lengthOf(part.insert)
    } else if (part.delete !== undefined) {
      shift -= Math.min(part.delete, gap - from)
      from += part.delete
    } else from += part.retain ?? 0
  }
  return gap + shift
}

/** A run of characters, its end not included. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** What is left of a run after a change: those of its own characters that still stand, in pieces where others came between. */
export function mapRange({ start, end }: Range, delta: Delta): readonly Range[] {
  const pieces: Range[] = []
  let from = 0
  let to = 0
  const keep = (count: number) => {
    const first = Math.max(start, from)
    const last = Math.min(end, from + count)
    if (first < last) pieces.push({ start: first - from + to, end: last - from + to })
    from += count
    to += count
  }
  for (const part of delta) {
    if (part.insert !== undefined) to += lengthOf(part.insert)
    else if (part.delete !== undefined) from += part.delete
    else keep(part.retain ?? 0)
  }
  keep(Math.max(0, end - from))
  return pieces
}

/** Where the last change of a delta ends, in the text after it. */
export function endOfChange(delta: Delta): number {
  let at = 0
  for (const part of delta) at += part.insert === undefined ? (part.retain ?? 0) : lengthOf(part.insert)
  return at
}
