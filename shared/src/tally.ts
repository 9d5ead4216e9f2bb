import type { OutcomeId } from './board.ts'

/** What a vote came to. Only totals: nothing in it says whose a dot was. */
export interface Tally {
  /** Dots by what they stand on; what got none is left out. */
  readonly totals: Readonly<Record<OutcomeId, number>>
  readonly dots: number
  /** People with at least one dot that counts. */
  readonly voted: number
  /** People who could have voted. */
  readonly people: number
}

/** A ballot as its slots: what each dot stands on, or null. Its length is the budget, so nobody can overspend. */
export type Ballot = readonly (OutcomeId | null)[]

/** What a dot on an id counts for now; undefined where it stands on nothing any more and is its owner's again. */
export type StandsAs = (id: OutcomeId) => OutcomeId | undefined

/** Counts the ballots of the people in the workshop, one each. The order of the ballots makes no difference. */
export function tallyOf(ballots: readonly Ballot[], standsAs: StandsAs): Tally {
  const totals = new Map<OutcomeId, number>()
  let voted = 0
  for (const ballot of ballots) {
    const counted = ballot.flatMap((target) => (target === null ? [] : (standsAs(target) ?? [])))
    if (counted.length > 0) voted++
    for (const target of counted) totals.set(target, (totals.get(target) ?? 0) + 1)
  }
  const inOrder = [...totals].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    totals: Object.fromEntries(inOrder) as Record<OutcomeId, number>,
    dots: inOrder.reduce((sum, [, dots]) => sum + dots, 0),
    voted,
    people: ballots.length,
  }
}

/** Dots that a ballot holds on one thing. */
export function dotsOn(ballot: Ballot, target: OutcomeId, standsAs: StandsAs): number {
  return ballot.filter((each) => each !== null && standsAs(each) === target).length
}

/** What became of a person's dots. `returned` stood on something that was removed: they are free again. */
export interface DotsLeft {
  readonly placed: number
  readonly left: number
  readonly returned: number
}

export function dotsLeft(ballot: Ballot, standsAs: StandsAs): DotsLeft {
  const placed = ballot.filter((each) => each !== null && standsAs(each) !== undefined).length
  const returned = ballot.filter((each) => each !== null && standsAs(each) === undefined).length
  return { placed, left: ballot.length - placed, returned }
}
