import { describe, expect, it } from 'vitest'
import { type Agenda, withNames } from './agenda.ts'
import type { CommandName } from './commands.ts'
import type { PersonId, StepId } from './ids.ts'
import { GRACE } from './moves.ts'
import { PHASE_IDS, type PhaseId, STEP_KINDS, STEPS, type StepKind } from './phases.ts'
import { type Actor, type BoardAct, may, mayCommand, mayStill, type Subject } from './rules.ts'
import type { StageView } from './stage.ts'
import { EVERY_STEP, INES, lockedSince, MAREN, pointOf, stageOf, TOMASZ } from './workshop.fixture.ts'

const facilitator: Actor = { person: MAREN.id, role: 'facilitator' }
const member: Actor = { person: TOMASZ.id, role: 'member' }
const observer: Actor = { person: 'nobody' as PersonId, role: 'observer' }

const ANONYMOUS = withNames(EVERY_STEP, 'anonymous')
const at = (kind: StepKind, fields: Partial<StageView> = {}) => stageOf({ at: pointOf('gaps', kind), ...fields })
const anonymousAt = (kind: StepKind, fields: Partial<StageView> = {}) => at(kind, { agenda: ANONYMOUS, ...fields })

const EDITS = ['add', 'write', 'remove', 'place', 'hang'] as const satisfies readonly BoardAct[]
const ACTS = [...EDITS, 'share', 'withdraw', 'mark'] as const satisfies readonly BoardAct[]
const inGaps = (author: PersonId | null): Subject => ({ phase: 'gaps', author })
const allowed = (acts: readonly BoardAct[], actor: Actor, stage: StageView, subject: Subject) =>
  acts.filter((act) => may(act, actor, stage, subject).allowed)

describe('an anonymous phase', () => {
  // What a member may with any note, and what with a draft or a note that their notebook says is theirs.
  it.each([
    ['open', ['write', 'place', 'hang', 'share', 'withdraw']],
    ['write', []],
    ['share', ['share', 'withdraw']],
    ['group', ['place', 'hang', 'withdraw']],
    ['vote', []],
    ['decide', ['write', 'place', 'hang', 'share', 'withdraw']],
    ['owners', ['write', 'place', 'hang', 'share', 'withdraw']],
  ] as const)('[P12] in %s allows a member %j, whoever a note says is its author', (kind, expected) => {
    for (const author of [null, member.person, INES.id])
      expect(new Set(allowed(ACTS, member, anonymousAt(kind), inGaps(author)))).toEqual(new Set(expected))
  })

  it.each(STEP_KINDS)(
    '[P12][P7][P15] in %s allows a facilitator no more than to remove any note, and to mark',
    (kind) => {
      for (const author of [null, facilitator.person, INES.id]) {
        const expected = new Set<BoardAct>([
          ...allowed(ACTS, member, anonymousAt(kind), inGaps(null)),
          'remove',
          'mark',
        ])
        expect(new Set(allowed(ACTS, facilitator, anonymousAt(kind), inGaps(author)))).toEqual(expected)
      }
    },
  )

  it.each(STEP_KINDS)(
    '[P12] in %s takes no new note as an edit, not even without a name, and says what to do instead',
    (kind) => {
      for (const actor of [member, facilitator])
        for (const author of [null, actor.person])
          expect(may('add', actor, anonymousAt(kind), inGaps(author))).toMatchObject({ allowed: false })
      const verdict = may('add', member, anonymousAt(kind), inGaps(null))
      if (STEPS[kind].may.newNotes === 'wall')
        expect(verdict).toEqual({
          allowed: false,
          reason: 'Nobody is told whose gaps are: write a draft and share it.',
        })
    },
  )

  it('[P12] that is over is as Decide: written by everyone, added to by command', () => {
    for (const kind of STEP_KINDS) {
      const subject: Subject = { phase: 'ideal', author: null }
      const expected = new Set(['write', 'place', 'hang', 'share', 'withdraw'])
      expect(new Set(allowed(ACTS, member, anonymousAt(kind), subject))).toEqual(expected)
    }
  })

  it('[P12] is anonymous by itself: another phase of the same workshop is signed', () => {
    const agenda: Agenda = {
      phases: EVERY_STEP.phases.map((entry) => ({ ...entry, anonymous: entry.phase === 'ideal' })),
    }
    expect(may('add', member, at('decide', { agenda }), inGaps(member.person)).allowed).toBe(true)
    expect(may('add', member, at('decide', { agenda }), { phase: 'ideal', author: null }).allowed).toBe(false)
  })
})

describe('a signed phase', () => {
  it.each([
    ['open', true, true],
    ['write', false, false],
    ['share', true, true],
    ['group', false, true],
    ['vote', false, false],
    ['decide', true, true],
    ['owners', true, true],
  ] as const)(
    '[P5][P6] in %s lets one share a draft: %s, and withdraw what came of it: %s',
    (kind, share, withdraw) => {
      for (const actor of [member, facilitator]) {
        expect(may('share', actor, at(kind), inGaps(actor.person)).allowed).toBe(share)
        expect(may('withdraw', actor, at(kind), inGaps(actor.person)).allowed).toBe(withdraw)
      }
      for (const act of ['share', 'withdraw'] as const)
        expect(may(act, observer, at(kind), inGaps(observer.person)).allowed).toBe(false)
    },
  )

  it('[P5] has no notes in Owners, of no one', () => {
    const stage = stageOf({ at: pointOf('owners', 'owners') })
    for (const act of ['add', 'share'] as const)
      expect(may(act, facilitator, stage, { phase: 'owners', author: facilitator.person })).toEqual({
        allowed: false,
        reason: 'Owners is a table of the actions. It has no notes of its own.',
      })
  })

  it.each(STEP_KINDS)('[P14] in %s groups are changed where notes are moved, by everyone but observers', (kind) => {
    for (const agenda of [EVERY_STEP, ANONYMOUS])
      for (const actor of [member, facilitator, observer]) {
        const expected = actor.role !== 'observer' && STEPS[kind].may.place
        expect(may('place', actor, at(kind, { agenda }), inGaps(null)).allowed).toBe(expected)
      }
  })

  it.each(STEP_KINDS)('[P15] in %s only facilitators mark, this phase and earlier ones', (kind) => {
    for (const phase of PHASE_IDS) {
      const isOpen = phase === 'principles' || phase === 'ideal' || phase === 'gaps'
      expect(may('mark', facilitator, at(kind), { phase, author: null }).allowed).toBe(isOpen)
      for (const actor of [member, observer])
        expect(may('mark', actor, at(kind), { phase, author: null }).allowed).toBe(false)
    }
  })
})

describe('for a moment after a move', () => {
  const NOW = 1_800_000_000_000
  const moved = (from: StepKind, to: StepKind, fields: Partial<StageView> = {}) =>
    at(to, { left: { at: pointOf('gaps', from), movedAt: NOW, timer: { state: 'idle', duration: 0 } }, ...fields })
  const still = (act: BoardAct, actor: Actor, stage: StageView, later: number, subject = inGaps(member.person)) =>
    mayStill(act, actor, stage, subject, NOW + later).allowed

  it('[P11] every act is allowed that the step before or the step now allows, and then only what the step now allows', () => {
    for (const from of STEP_KINDS)
      for (const to of STEP_KINDS)
        for (const actor of [member, facilitator, observer])
          for (const act of ACTS) {
            const now = may(act, actor, at(to), inGaps(member.person)).allowed
            const before = may(act, actor, at(from), inGaps(member.person)).allowed
            for (const later of [0, GRACE]) expect(still(act, actor, moved(from, to), later)).toBe(now || before)
            expect(still(act, actor, moved(from, to), GRACE + 1)).toBe(now)
          }
  })

  it('[P11] what was on its way when a phase was locked still counts, also as the group moves or the workshop closes', () => {
    const locked = lockedSince(NOW, 'gaps')
    for (const kind of STEP_KINDS)
      for (const actor of [member, facilitator, observer])
        for (const act of ACTS) {
          const open = may(act, actor, at(kind), inGaps(member.person)).allowed
          const shut = may(act, actor, at(kind, { locks: locked }), inGaps(member.person)).allowed
          const stage = at(kind, { locks: locked })
          for (const later of [0, GRACE]) expect([act, still(act, actor, stage, later)]).toEqual([act, open])
          expect(still(act, actor, stage, GRACE + 1)).toBe(shut)
        }
    expect(still('write', member, moved('decide', 'vote', { locks: locked }), GRACE)).toBe(true)
    expect(still('write', member, at('decide', { locks: locked, state: 'closed', closedAt: NOW }), GRACE)).toBe(true)
    expect(still('write', member, at('decide', { locks: lockedSince(NOW, 'ideal') }), GRACE + 1)).toBe(true)
  })

  it('[P11] an older lock and somebody’s name are not got round', () => {
    expect(still('write', member, moved('decide', 'vote', { locks: lockedSince(0, 'gaps') }), 0)).toBe(false)
    expect(still('add', member, moved('decide', 'vote'), 0, inGaps(INES.id))).toBe(false)
    expect(still('add', member, moved('decide', 'vote', { agenda: ANONYMOUS }), 0, inGaps(null))).toBe(false)
  })

  it('[P11] back into an earlier phase what was written in the later one still counts', () => {
    const stage = stageOf({
      at: pointOf('gaps', 'decide'),
      left: { at: pointOf('actions', 'open'), movedAt: NOW, timer: { state: 'idle', duration: 0 } },
    })
    expect(still('add', member, stage, 1, { phase: 'actions', author: member.person })).toBe(true)
    expect(still('add', member, stage, GRACE + 1, { phase: 'actions', author: member.person })).toBe(false)
  })

  it('[P11] words that were on their way as the workshop closed still count, also just after a move', () => {
    const closed = at('decide', { state: 'closed', closedAt: NOW })
    expect(still('write', member, closed, GRACE)).toBe(true)
    expect(still('write', member, closed, GRACE + 1)).toBe(false)
    expect(still('write', member, moved('decide', 'vote', { state: 'closed', closedAt: NOW + 1 }), GRACE)).toBe(true)
    expect(still('write', observer, closed, 0)).toBe(false)
    expect(still('write', member, at('vote', { state: 'closed', closedAt: NOW }), 0)).toBe(false)
  })

  it('[P11] the plan is all that a closed workshop opens; what of it was on its way as it was reopened still counts', () => {
    const opened = new Set<BoardAct>()
    for (const phase of PHASE_IDS)
      for (const kind of STEP_KINDS)
        for (const locks of [{}, lockedSince(0, ...PHASE_IDS)])
          for (const actor of [member, facilitator, observer])
            for (const act of [...ACTS, 'plan'] as const)
              for (const about of PHASE_IDS)
                for (const author of [null, actor.person, INES.id]) {
                  const subject = { phase: about, author }
                  const running = stageOf({ at: pointOf(phase, kind), locks, reopenedAt: NOW })
                  const now = may(act, actor, running, subject).allowed
                  const before = may(act, actor, { ...running, state: 'closed' }, subject).allowed
                  if (before && !now) opened.add(act)
                  for (const later of [0, GRACE]) expect(still(act, actor, running, later, subject)).toBe(now || before)
                  expect(still(act, actor, running, GRACE + 1, subject)).toBe(now)
                }
    expect([...opened]).toEqual(['plan'])
  })

  it('[P11] the plan that was on its way as the workshop was reopened counts also where the group then moved', () => {
    const stage = moved('decide', 'vote', { reopenedAt: NOW - 1 })
    const subject = { phase: 'actions', author: null } as const
    expect(still('plan', member, stage, GRACE - 1, subject)).toBe(true)
    expect(still('plan', member, stage, GRACE, subject)).toBe(false)
  })

  it('[P11] the refusal is that of the step now', () => {
    expect(mayStill('place', member, moved('write', 'vote'), inGaps(null), NOW)).toEqual(
      may('place', member, at('vote'), inGaps(null)),
    )
  })
})

describe('a refusal', () => {
  it('says in which step it will be possible, from the agenda as it is', () => {
    const reason = (act: BoardAct, stage: StageView, subject = inGaps(member.person)) => {
      const verdict = may(act, member, stage, subject)
      return verdict.allowed ? '' : verdict.reason
    }
    expect(reason('place', at('write'))).toBe('Notes stay where they are in this step. It is possible in Group.')
    expect(reason('place', at('vote'))).toBe('Notes stay where they are in this step. It is possible in Decide.')
    expect(reason('write', at('write'))).toBe('Words are not changed in this step. It is possible in Share.')
    expect(reason('write', at('share'), inGaps(INES.id))).toBe(
      'Others’ words are not changed in this step. It is possible in Decide.',
    )
    expect(reason('write', anonymousAt('share'))).toBe(
      'Anonymous words are not changed in this step. It is possible in Decide.',
    )
    expect(reason('share', at('group'))).toBe('New gaps are not added in this step. It is possible in Decide.')
    expect(reason('hang', at('write'))).toBe('The thread is not changed in this step. It is possible in Group.')
    const steps = (...kinds: readonly StepKind[]) =>
      kinds.map((kind) => ({ id: `gaps-${kind}` as StepId, kind, duration: 0 }))
    const last: Agenda = { phases: [{ phase: 'gaps', steps: steps('write', 'vote') }] }
    expect(reason('place', at('write', { agenda: last }))).toBe('Notes stay where they are in this step.')
    const more: Agenda = {
      phases: [...last.phases, { phase: 'actions', steps: [{ id: 'a' as StepId, kind: 'open', duration: 0 }] }],
    }
    expect(reason('place', at('write', { agenda: more }))).toBe(
      'Notes stay where they are in this step. It is possible after this phase.',
    )
  })

  it('is a sentence, for every act, role, step and name', () => {
    const phases: readonly PhaseId[] = ['ideal', 'gaps', 'actions', 'owners']
    let refusals = 0
    for (const stage of STEP_KINDS.flatMap((kind) => [at(kind), anonymousAt(kind)]))
      for (const actor of [member, facilitator, observer])
        for (const act of [...ACTS, 'plan'] as const)
          for (const phase of phases)
            for (const author of [null, member.person, INES.id]) {
              const verdict = may(act, actor, stage, { phase, author })
              if (verdict.allowed) continue
              refusals++
              expect(verdict.reason).toMatch(/^[A-Z][^!]*\.$/)
              expect(verdict.reason).not.toMatch(/undefined|null|\s{2}/)
            }
    expect(refusals).toBeGreaterThan(1_000)
  })
})

describe('who may command', () => {
  it.each<readonly [CommandName, boolean]>([
    ['stop countdown', false],
    ['mark', false],
    ['reopen vote', false],
    ['vote again', false],
    ['remove person', false],
    ['share draft', true],
    ['withdraw note', true],
    ['done', true],
  ])('[P10] %s, and members do: %s', (command, members) => {
    expect(mayCommand(command, facilitator).allowed).toBe(true)
    expect(mayCommand(command, member).allowed).toBe(members)
    expect(mayCommand(command, observer).allowed).toBe(false)
  })
})
