import type { OutcomeId } from './board.ts'
import { type OutcomeSource, targetOf } from './groups.ts'
import type { GroupId } from './ids.ts'
import type { PhaseId } from './phases.ts'
import type { StandsAs, Tally } from './tally.ts'

/** What a note or group got in a vote. */
export interface Total {
  readonly dots: number
  /** Something else that stands got as many: neither of the two comes before the other. */
  readonly tied: boolean
}

/** What a vote came to on the wall as it is now. */
export interface Totals {
  /** By what stands by itself; what got nothing is left out. */
  readonly on: ReadonlyMap<OutcomeId, Total>
  /** Dots on what does not stand any more. */
  readonly gone: number
}

/** The total of what got nothing. */
export const NO_TOTAL: Total = { dots: 0, tied: false }

/**
 * What a published tally comes to once the board was regrouped: what stands by itself has the dots of all that stands as
 * it. So a note brings its dots into a group and takes them along when it leaves, merged groups have those of both, and
 * whatever is taken back gives each its own again. Dots of a group as such were given to the whole: when it is taken
 * apart they go to none of its notes, but are gone, as those on something removed are, until it stands again.
 */
export function totalsOf(tally: Tally, standsAs: StandsAs): Totals {
  const dots = new Map<OutcomeId, number>()
  let gone = 0
  for (const [id, counted] of Object.entries(tally.totals) as [OutcomeId, number][]) {
    const on = standsAs(id)
    if (on === undefined) gone += counted
    else dots.set(on, (dots.get(on) ?? 0) + counted)
  }
  const having = Map.groupBy(dots.values(), (each) => each)
  const totalWith = (each: number): Total => ({ dots: each, tied: (having.get(each)?.length ?? 0) > 1 })
  return { on: new Map([...dots].map(([id, each]) => [id, totalWith(each)])), gone }
}

/** The totals as they were counted, whatever became of the board since. */
export function totalsAsCounted(tally: Tally): Totals {
  return totalsOf(tally, (id) => id)
}

/** What a thing got; nothing where nothing was counted. */
export function totalOf(totals: Totals | null, id: OutcomeId): Total {
  return totals?.on.get(id) ?? NO_TOTAL
}

/** Things by their dots, most first; equal ones keep their order. */
export function ranked<Thing extends { readonly id: OutcomeId }>(
  things: readonly Thing[],
  totals: Totals | null,
): readonly Thing[] {
  return [...things].sort((a, b) => totalOf(totals, b.id).dots - totalOf(totals, a.id).dots)
}

/**
 * What a dot of a phase's vote stands on: nothing where it is on something removed, on a group in which no note is
 * left, or on something of another phase.
 */
export function standsInPhase(phase: PhaseId, source: OutcomeSource, hasNotes: (group: GroupId) => boolean): StandsAs {
  return (id) => {
    const outcome = targetOf(id, source, hasNotes)
    return outcome?.phase === phase ? outcome.id : undefined
  }
}
