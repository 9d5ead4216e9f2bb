import type { PhaseId, StepKind } from '@quintet/shared/phases'
import type { Role, StageView } from '@quintet/shared/stage'
import { EVERY_STEP, pointOf, stageOf } from '@quintet/shared/workshop.fixture'

/**
 * The policy a second time, in plain predicates: what the guard lets through is held against this. It shares no code with the
 * guard, the path table or the rule table, so that a mistake there is not made here as well.
 */

/** Where a workshop is and what its facilitator set, in the words of the step table. */
export interface Facts {
  readonly state: StageView['state']
  /** Ms since the epoch; set where the state is `closed`. */
  readonly closedAt: number | null
  /** When it was reopened last, ms since the epoch. */
  readonly reopenedAt: number | null
  readonly at: Where
  /** Where it was before the last move, and when that was. */
  readonly left: (Where & { readonly movedAt: number }) | null
  /** Since when each locked phase is locked, ms since the epoch. */
  readonly locks: ReadonlyMap<PhaseId, number>
  readonly anonymous: ReadonlySet<PhaseId>
}

export interface Where {
  readonly phase: PhaseId
  readonly kind: StepKind
}

export interface Who {
  readonly person: string
  readonly role: Role
}

/** What somebody does, `own` for what is one's own document's, and `facilitate` for the facilitators': these ask for no step. */
export type Deed = 'add' | 'write' | 'remove' | 'place' | 'hang' | 'plan' | 'own' | 'facilitate' | 'never'

export interface About {
  readonly phase: PhaseId
  readonly author: string | null
}

const ORDER = ['principles', 'ideal', 'gaps', 'actions', 'owners'] as const
const GRACE = 3_000

/** The time at which scenes play, ms since the epoch. */
export const NOW = 1_800_000_000_000

/** What a step opens, as the table of steps says: new notes, own words, others' words, places and groups, the thread. */
const OPENS: Readonly<Record<StepKind, readonly ('new' | 'own words' | 'others’ words' | 'place' | 'thread')[]>> = {
  open: ['new', 'own words', 'others’ words', 'place', 'thread'],
  write: [],
  share: ['own words'],
  group: ['own words', 'place', 'thread'],
  vote: [],
  decide: ['new', 'own words', 'others’ words', 'place', 'thread'],
  owners: ['new', 'own words', 'others’ words', 'place', 'thread'],
}

/** The stage that the facts describe. */
export function stageFor({ state, closedAt, reopenedAt, at, left, locks, anonymous }: Facts): StageView {
  const { phases } = EVERY_STEP
  return stageOf({
    state,
    closedAt,
    reopenedAt,
    at: pointOf(at.phase, at.kind),
    left: left && { at: pointOf(left.phase, left.kind), movedAt: left.movedAt, timer: stageOf().timer },
    locks: Object.fromEntries([...locks].map(([phase, since]) => [phase, { by: 'maren', at: since }])),
    agenda: { phases: phases.map((entry) => ({ ...entry, anonymous: anonymous.has(entry.phase) })) },
  })
}

/** Whether a deed is allowed now, or was just before the last close, reopening, move or lock, at most three seconds ago. */
export function isAllowed(deed: Deed, who: Who, about: About, facts: Facts, now: number): boolean {
  if (deed === 'never' || who.role === 'observer') return false
  if (deed === 'own') return true
  if (deed === 'facilitate') return who.role === 'facilitator'
  return momentsOf(facts, now).some((moment) => isAllowedAt(deed, who, about, moment))
}

function momentsOf(facts: Facts, now: number): readonly Facts[] {
  const isRecent = (time: number) => now - time <= GRACE
  let moments: Facts[] = [facts]
  const alsoWith = (change: Partial<Facts>) => {
    moments = [...moments, ...moments.map((moment) => ({ ...moment, ...change }))]
  }
  if (facts.state === 'closed' && facts.closedAt !== null && isRecent(facts.closedAt)) alsoWith({ state: 'running' })
  if (facts.reopenedAt !== null && isRecent(facts.reopenedAt)) alsoWith({ state: 'closed' })
  if (facts.left && isRecent(facts.left.movedAt)) alsoWith({ at: facts.left })
  const older = [...facts.locks].filter(([, since]) => !isRecent(since))
  if (older.length < facts.locks.size) alsoWith({ locks: new Map(older) })
  return moments
}

function isAllowedAt(
  deed: Exclude<Deed, 'own' | 'facilitate' | 'never'>,
  { person, role }: Who,
  about: About,
  facts: Facts,
): boolean {
  const open = openIn(about.phase, facts)
  const opens = open ?? []
  const isNobodys = facts.anonymous.has(about.phase)
  const isOwn = about.author === person && !isNobodys
  switch (deed) {
    case 'plan':
      return about.phase === 'actions' && isPlanOpen(facts)
    case 'add':
      return opens.includes('new') && about.phase !== 'owners' && !isNobodys && about.author === person
    case 'write':
      return opens.includes(isOwn ? 'own words' : 'others’ words')
    case 'remove':
      return (role === 'facilitator' && open !== null) || (isOwn && opens.includes('own words'))
    case 'place':
      return opens.includes('place')
    case 'hang':
      return opens.includes('thread')
  }
}

/** What is open in a phase, or nothing at all: before it begins, once it is closed, locked, or ahead. */
function openIn(phase: PhaseId, { state, locks, at }: Facts): (typeof OPENS)[StepKind] | null {
  if (state !== 'running' || locks.has(phase)) return null
  const distance = ORDER.indexOf(phase) - ORDER.indexOf(at.phase)
  if (distance > 0) return null
  return distance === 0 ? OPENS[at.kind] : OPENS.decide
}

function isPlanOpen(facts: Facts): boolean {
  if (facts.state === 'closed') return true
  return openIn(facts.at.phase === 'owners' ? 'owners' : 'actions', facts)?.includes('others’ words') === true
}
