import { describe, expect, it } from 'vitest'
import { OPEN_AGENDA } from './agenda.ts'
import type { CommandName } from './commands.ts'
import type { PersonId, StepId } from './ids.ts'
import { STEP_KINDS, type StepKind } from './phases.ts'
import { type Actor, type BoardAct, may, mayCommand } from './rules.ts'
import { INES, lockedSince, MAREN, pointOf, stageOf, TOMASZ } from './workshop.fixture.ts'

const facilitator: Actor = { person: MAREN.id, role: 'facilitator' }
const member: Actor = { person: TOMASZ.id, role: 'member' }
const observer: Actor = { person: 'nobody' as PersonId, role: 'observer' }
const ACTS: readonly BoardAct[] = ['add', 'write', 'remove', 'place', 'hang', 'plan']
const NOTE_ACTS = ACTS.filter((act) => act !== 'plan')

const own = (actor: Actor, phase: 'gaps' | 'actions' = 'gaps') => ({ phase, author: actor.person })
const others = { phase: 'gaps', author: INES.id } as const
const anonymous = { phase: 'gaps', author: null } as const
const at = (kind: StepKind) => stageOf({ at: pointOf('gaps', kind) })

const allowedActs = (actor: Actor, stage: ReturnType<typeof stageOf>, subject: Parameters<typeof may>[3]) =>
  ACTS.filter((act) => may(act, actor, stage, subject).allowed)

describe('who may do what to the board', () => {
  it.each(STEP_KINDS)('[P1] an observer changes nothing in %s', (kind) => {
    for (const subject of [own(observer), others, anonymous])
      expect(allowedActs(observer, at(kind), subject)).toEqual([])
    expect(may('plan', observer, stageOf({ state: 'closed' }), own(observer, 'actions')).allowed).toBe(false)
  })

  it('[P2] nothing is written before the workshop runs, and after its close only the plan', () => {
    for (const actor of [facilitator, member]) {
      expect(allowedActs(actor, stageOf({ state: 'preparing' }), own(actor))).toEqual([])
      expect(allowedActs(actor, stageOf({ state: 'preparing' }), own(actor, 'actions'))).toEqual([])
      expect(allowedActs(actor, stageOf({ state: 'closed' }), own(actor))).toEqual([])
      expect(allowedActs(actor, stageOf({ state: 'closed' }), own(actor, 'actions'))).toEqual(['plan'])
    }
  })

  it('[P3] a locked phase is read, not changed, even by a facilitator', () => {
    const stage = stageOf({ locks: lockedSince(0, 'gaps') })
    expect(allowedActs(facilitator, stage, own(facilitator))).toEqual([])
    expect(allowedActs(facilitator, stage, { phase: 'ideal', author: null })).not.toEqual([])
  })

  it('[P3] neither is a phase that comes later, or that the agenda leaves out', () => {
    expect(allowedActs(facilitator, stageOf(), own(facilitator, 'actions'))).toEqual([])
    const agenda = { phases: OPEN_AGENDA.phases.filter(({ phase }) => phase !== 'ideal') }
    const stage = stageOf({ agenda, at: { phase: 'gaps', step: 'gaps-1' as StepId } })
    expect(allowedActs(facilitator, stage, { phase: 'ideal', author: null })).toEqual([])
    expect(may('add', member, stage, { phase: 'ideal', author: null })).toMatchObject({
      reason: 'Ideal state is not part of this workshop.',
    })
  })

  it.each(STEP_KINDS)('[P4] an earlier phase allows what Decide allows, while the workshop is in %s', (kind) => {
    const earlier = { phase: 'ideal', author: member.person } as const
    const decided = allowedActs(member, stageOf({ at: pointOf('ideal', 'decide') }), earlier)
    expect(decided).toEqual(NOTE_ACTS)
    expect(allowedActs(member, at(kind), earlier)).toEqual(decided)
  })

  // [P4] to [P8]: what a member may with a note of their own, and with another's, in the phase the workshop is in.
  it.each([
    ['open', ['add', 'write', 'remove', 'place', 'hang'], ['write', 'place', 'hang']],
    ['write', [], []],
    ['share', ['write', 'remove'], []],
    ['group', ['write', 'remove', 'place', 'hang'], ['place', 'hang']],
    ['vote', [], []],
    ['decide', ['add', 'write', 'remove', 'place', 'hang'], ['write', 'place', 'hang']],
    ['owners', ['add', 'write', 'remove', 'place', 'hang'], ['write', 'place', 'hang']],
  ] as const)('[P5][P6][P7][P8] in %s a member may %j with their own, %j with another’s', (kind, mine, theirs) => {
    expect(allowedActs(member, at(kind), own(member))).toEqual(mine)
    expect(allowedActs(member, at(kind), others)).toEqual(theirs)
  })

  it('[P5] nobody adds a note in another’s name, not even a facilitator', () => {
    for (const actor of [member, facilitator]) {
      expect(may('add', actor, stageOf(), others)).toEqual({
        allowed: false,
        reason: 'A note is added in one’s own name.',
      })
      expect(may('add', actor, stageOf(), own(actor)).allowed).toBe(true)
    }
  })

  it.each(STEP_KINDS)('[P6] anonymous words are nobody’s own in %s', (kind) => {
    const words: readonly BoardAct[] = ['write', 'remove']
    const allowed = (subject: Parameters<typeof may>[3]) =>
      words.filter((act) => may(act, member, at(kind), subject).allowed)
    expect(allowed(anonymous)).toEqual(allowed(others))
  })

  it.each(STEP_KINDS)('[P7] a facilitator may remove any note in %s, and else no more than a member', (kind) => {
    for (const subject of [others, anonymous]) {
      const expected = new Set<BoardAct>([...allowedActs(member, at(kind), subject), 'remove'])
      expect(new Set(allowedActs(facilitator, at(kind), subject))).toEqual(expected)
    }
  })

  it.each([
    ['open', true],
    ['write', false],
    ['share', false],
    ['group', false],
    ['vote', false],
    ['decide', true],
    ['owners', true],
  ] as const)('[P9] the plan is open to everyone in %s of Actions: %s', (kind, open) => {
    const stage = stageOf({ at: pointOf('actions', kind) })
    for (const actor of [member, facilitator])
      for (const author of [actor.person, INES.id, null])
        expect(may('plan', actor, stage, { phase: 'actions', author }).allowed).toBe(open)
  })

  it('[P9] the plan is open in Owners, where the lock of Owners counts and that of Actions does not', () => {
    const owners = { at: pointOf('owners', 'owners') }
    expect(may('plan', member, stageOf(owners), own(member, 'actions')).allowed).toBe(true)
    expect(
      may('plan', member, stageOf({ ...owners, locks: lockedSince(0, 'actions') }), own(member, 'actions')).allowed,
    ).toBe(true)
    expect(
      may('plan', member, stageOf({ ...owners, locks: lockedSince(0, 'owners') }), own(member, 'actions')).allowed,
    ).toBe(false)
    const actions = stageOf({ at: pointOf('actions', 'decide'), locks: lockedSince(0, 'actions') })
    expect(may('plan', member, actions, own(member, 'actions')).allowed).toBe(false)
  })

  it('[P9] only actions are planned', () => {
    for (const phase of ['principles', 'ideal', 'gaps', 'owners'] as const)
      for (const stage of [stageOf({ at: pointOf('owners', 'owners') }), stageOf({ state: 'closed' })])
        expect(may('plan', facilitator, stage, { phase, author: null }).allowed).toBe(false)
  })

  it('says in a sentence why not', () => {
    const reasons = [
      stageOf({ state: 'preparing' }),
      stageOf({ state: 'closed' }),
      stageOf({ locks: lockedSince(0, 'gaps') }),
    ]
      .concat(STEP_KINDS.map(at))
      .flatMap((stage) => ACTS.map((act) => may(act, member, stage, others)))
      .flatMap((verdict) => (verdict.allowed ? [] : [verdict.reason]))
    expect(reasons.length).toBeGreaterThan(20)
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z][^!]*\.$/)
  })
})

const COMMANDS: readonly CommandName[] = [
  'move',
  'start timer',
  'pause timer',
  'resume timer',
  'extend timer',
  'reset timer',
  'rename workshop',
  'close workshop',
  'reopen workshop',
  'rename person',
]

describe('who may command', () => {
  it.each(COMMANDS)('[P10] %s is the facilitator’s', (command) => {
    expect(mayCommand(command, facilitator).allowed).toBe(true)
    expect(mayCommand(command, member).allowed).toBe(false)
    expect(mayCommand(command, observer).allowed).toBe(false)
  })

  it('[P10] but for one’s own name', () => {
    expect(mayCommand('rename person', member, member.person).allowed).toBe(true)
    expect(mayCommand('rename person', member, INES.id).allowed).toBe(false)
    expect(mayCommand('rename person', facilitator, INES.id).allowed).toBe(true)
    expect(mayCommand('rename person', observer, observer.person).allowed).toBe(false)
    expect(mayCommand('move', member, member.person).allowed).toBe(false)
  })
})
