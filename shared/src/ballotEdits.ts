import * as Y from 'yjs'
import type { Entry, OutcomeId } from './board.ts'
import { type Edit, type EditName, together, transact } from './edits.ts'
import type { RoundId } from './ids.ts'
import { ballotOf, ballots } from './notebook.ts'
import type { StandsAs } from './tally.ts'

/** The edits of one's own ballot by name. A ballot has one slot per dot, so a dot past the budget cannot be expressed. */

/**
 * Puts a dot on something, in the first slot that is free: empty, or on something that does not stand any more.
 * Null (nothing is written) when all dots are placed.
 */
export function placeDot(round: RoundId, budget: number, target: OutcomeId, standsAs: StandsAs): Edit {
  return (doc) => {
    const slot = ballotOf(doc, round, budget).findIndex((each) => each === null || standsAs(each) === undefined)
    return slot < 0 ? null : setSlot('place dot', round, budget, slot, target)(doc)
  }
}

/** Takes a dot back from something, the one placed last. Null when there is none. */
export function takeDotBack(round: RoundId, budget: number, target: OutcomeId, standsAs: StandsAs): Edit {
  return (doc) => {
    const slot = ballotOf(doc, round, budget).findLastIndex((each) => each !== null && standsAs(each) === target)
    return slot < 0 ? null : setSlot('take dot back', round, budget, slot, null)(doc)
  }
}

function setSlot(
  name: EditName,
  round: RoundId,
  budget: number,
  slot: number,
  target: OutcomeId | null,
  expected?: { target: OutcomeId | null },
): Edit {
  return (doc) => {
    const before = ballotOf(doc, round, budget)[slot] ?? null
    if (before === target || (expected && expected.target !== before)) return null
    transact(doc, () => slotsOf(doc, round).set(String(slot), target))
    return { name, apply: setSlot(name, round, budget, slot, before, { target }) }
  }
}

/** The ballot's map, begun with the first dot. */
function slotsOf(doc: Y.Doc, round: RoundId): Entry {
  const begun: unknown = ballots(doc).get(round)
  if (begun instanceof Y.Map) return begun
  const entry: Entry = new Y.Map()
  ballots(doc).set(round, entry)
  return entry
}

/** What stands in a slot of a ballot, and what has to stand there for it to be put in. */
export interface SlotChange {
  readonly slot: number
  readonly target: OutcomeId | null
  readonly was: OutcomeId | null
}

/** Puts several dots where they were meant to stand, each in its own slot and only where nothing else was put in there since. */
export function fillSlots(round: RoundId, slots: readonly SlotChange[]): Edit {
  return together(
    'place dot',
    slots.map(({ slot, target, was }) => setSlot('place dot', round, slot + 1, slot, target, { target: was })),
  )
}
