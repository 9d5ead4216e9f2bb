import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Agenda,
  type AgendaPoint,
  agendaPoints,
  DEFAULT_BUDGET,
  RHYTHM_AGENDA,
  samePoint,
  stepAt,
} from './agenda.ts'
import { type Command, type CommandActor, type Decision, decide } from './commands.ts'
import type { CommandId, RoundId, StepId } from './ids.ts'
import { COUNTDOWN, countdownFor, enter, TAKE_BACK } from './moves.ts'
import type { PhaseId, StepKind } from './phases.ts'
import { currentStep, lastTally, type Round, roundOf, type StageView } from './stage.ts'
import type { Tally } from './tally.ts'
import type { Timer } from './timer.ts'
import {
  INES,
  lockedSince,
  MAREN,
  pointOf,
  roundWith,
  stageAfter,
  stageOf,
  stageOnce,
  TOMASZ,
  worldOf,
} from './workshop.fixture.ts'

const NOW = 1_800_000_000_000
const id = 'c1' as CommandId
const facilitator: CommandActor = { person: MAREN.id, role: 'facilitator' }
const second: CommandActor = { person: INES.id, role: 'facilitator' }

const at = (kind: StepKind, fields: Partial<StageView> = {}) => stageOf({ at: pointOf('gaps', kind), ...fields })
const VOTE = pointOf('gaps', 'vote')
const TALLY: Tally = { totals: {}, dots: 0, voted: 0, people: 3 }
const closedRound = (name: string, fields: Partial<Round> = {}) =>
  roundWith(name, { state: 'closed', closedAt: 20, tally: TALLY, ...fields })

const command = (stage: StageView, command: Command, now = NOW, actor = facilitator): Decision =>
  decide(stage, actor, command, worldOf({ now }))
const move = (stage: StageView, from: AgendaPoint, to: AgendaPoint, now = NOW, actor = facilitator): Decision =>
  command(stage, { id, name: 'move', from, to }, now, actor)
const go = (stage: StageView, to: AgendaPoint, now = NOW): StageView => stageOnce(stage, move(stage, stage.at, to, now))
const NO_CHANGE: Decision = { ok: true, change: {} }

describe('a lock', () => {
  const lock = (stage: StageView, locked: boolean, phase: PhaseId = 'gaps', by = facilitator) =>
    command(stage, { id, name: 'lock phase', phase, locked }, NOW, by)

  it('says who locked a phase and when, and is taken away again; other phases stay as they are', () => {
    const open = at('decide', { locks: lockedSince(7, 'ideal') })
    const locked = stageOnce(open, lock(open, true))
    expect(locked.locks).toEqual({ ...lockedSince(7, 'ideal'), gaps: { by: facilitator.person, at: NOW } })
    expect(stageOnce(locked, lock(locked, false)).locks).toEqual(lockedSince(7, 'ideal'))
  })

  it('that is said twice is the first one’s', () => {
    const locked = at('decide', { locks: lockedSince(7, 'gaps') })
    expect(lock(locked, true, 'gaps', second)).toEqual(NO_CHANGE)
    expect(lock(at('decide'), false)).toEqual(NO_CHANGE)
  })

  it.each(['preparing', 'closed'] as const)('is possible while the workshop is %s', (state) => {
    expect(lock(at('decide', { state }), true)).toMatchObject({ ok: true })
  })

  it('is none where the agenda has no such phase', () => {
    const agenda = { phases: at('decide').agenda.phases.filter(({ phase }) => phase !== 'ideal') }
    expect(lock(at('decide', { agenda }), true, 'ideal')).toMatchObject({ ok: false, code: 'invalid' })
  })
})

describe('a countdown', () => {
  // EVERY_STEP runs open, write, share, group, vote, decide, owners in each phase.
  it.each([
    ['write', pointOf('gaps', 'share'), 'share'],
    ['write', pointOf('gaps', 'vote'), 'share'],
    ['write', pointOf('actions', 'open'), 'share'],
    ['write', pointOf('gaps', 'open'), null],
    ['write', pointOf('ideal', 'decide'), null],
    ['share', pointOf('gaps', 'group'), null],
    ['share', pointOf('gaps', 'write'), null],
    ['vote', pointOf('gaps', 'decide'), 'close vote'],
    ['vote', pointOf('actions', 'write'), 'close vote'],
    ['vote', pointOf('gaps', 'group'), null],
    ['decide', pointOf('actions', 'open'), null],
  ] as const)('comes before a move from %s to %j: %s', (kind, to, does) => {
    const stage = at(kind, { rounds: [roundWith('r1')] })
    expect(countdownFor(stage, to)).toBe(does)
    const countdown = does && { to, does, endsAt: NOW + COUNTDOWN, by: MAREN.id }
    if (countdown) expect(move(stage, stage.at, to)).toEqual({ ok: true, change: { fields: { countdown } } })
    else expect(go(stage, to)).toMatchObject({ at: to, countdown: null })
  })

  it('does not come where the vote was counted already', () => {
    const stage = at('vote', { rounds: [closedRound('r1')] })
    expect(go(stage, pointOf('gaps', 'decide'))).toMatchObject({ at: pointOf('gaps', 'decide'), countdown: null })
  })

  it('moves nobody before it ends: step, timer and rounds stay as they are', () => {
    const stage = at('vote', { rounds: [roundWith('r1')] })
    const { countdown, ...rest } = go(stage, pointOf('gaps', 'decide'))
    expect(countdown).not.toBeNull()
    expect({ ...rest, countdown: null }).toEqual(stageAfter(stage))
  })

  const counting = go(at('write'), pointOf('gaps', 'share'))

  it('is begun once by a double click, and by two facilitators', () => {
    expect(move(counting, counting.at, pointOf('gaps', 'share'), NOW + 5)).toEqual(NO_CHANGE)
    expect(move(counting, counting.at, pointOf('gaps', 'share'), NOW + 5, second)).toEqual(NO_CHANGE)
  })

  it.each<Command>([
    { id, name: 'move', from: counting.at, to: pointOf('gaps', 'vote') },
    { id, name: 'move', from: counting.at, to: pointOf('gaps', 'open') },
    { id, name: 'close workshop', from: counting.at },
    { id, name: 'vote again', from: counting.at, step: VOTE },
    { id, name: 'reopen vote', from: counting.at, round: 'r1' as RoundId },
  ])('is not passed by %j', (other) => {
    const stage = { ...counting, rounds: [closedRound('r1')] }
    expect(command(stage, other)).toMatchObject({ ok: false, code: 'stale' })
  })

  it('is stopped by any facilitator, once, and then moves nobody', () => {
    const stop: Command = { id, name: 'stop countdown', countdown: NOW + COUNTDOWN }
    const stopped = stageOnce(counting, command(counting, stop, NOW + 1_000, second))
    expect(stopped).toEqual(stageAfter(at('write')))
    expect(command(stopped, stop)).toMatchObject({ ok: false, code: 'stale' })
    expect(command(counting, { ...stop, countdown: NOW })).toMatchObject({ ok: false, code: 'stale' })
  })

  it('can be begun again once it was stopped', () => {
    const stopped = stageAfter(counting, { fields: { countdown: null } })
    expect(go(stopped, pointOf('gaps', 'share'), NOW + 9_000).countdown).toMatchObject({
      endsAt: NOW + 9_000 + COUNTDOWN,
    })
  })
})

describe('a move that is taken back', () => {
  const RUNNING: Timer = { state: 'running', duration: 60_000, endsAt: NOW + 20_000 }
  const moved = go(at('decide', { timer: RUNNING }), pointOf('actions', 'open'))

  it.each([
    [0, RUNNING],
    [TAKE_BACK, RUNNING],
    [TAKE_BACK + 1, { state: 'idle', duration: 60_000 }],
  ])('%d ms later finds the timer %j', (later, timer) => {
    expect(go(moved, pointOf('gaps', 'decide'), NOW + later)).toMatchObject({ at: pointOf('gaps', 'decide'), timer })
  })

  it('finds the timer of the step it goes back to alone', () => {
    expect(go(moved, pointOf('gaps', 'group'), NOW + 1).timer).toEqual({ state: 'idle', duration: 60_000 })
  })

  it('is taken back in turn, with the timer that ran there', () => {
    const started = stageAfter(moved, { fields: { timer: RUNNING } })
    const back = go(started, pointOf('gaps', 'decide'), NOW + 2_000)
    expect(go(back, pointOf('actions', 'open'), NOW + 4_000).timer).toEqual(RUNNING)
  })

  it('out of a counted vote shows it as counted: nothing is opened by going back', () => {
    const stage = at('decide', { rounds: [closedRound('r1')] })
    expect(go(stage, VOTE).rounds).toEqual([closedRound('r1')])
  })
})

describe('a vote', () => {
  it('is opened as it is entered, with the budget of its step', () => {
    const agenda: Agenda = {
      phases: [
        {
          phase: 'gaps',
          steps: [
            { id: 'g1' as StepId, kind: 'group', duration: 1 },
            { id: 'v1' as StepId, kind: 'vote', duration: 1 },
            { id: 'v2' as StepId, kind: 'vote', duration: 1, budget: 3 },
          ],
        },
      ],
    }
    const stage = go(stageOf({ agenda, at: { phase: 'gaps', step: 'g1' as StepId } }), {
      phase: 'gaps',
      step: 'v1' as StepId,
    })
    const round = { id: 'id-1', phase: 'gaps', step: 'v1', state: 'open', openedAt: NOW, closedAt: null, tally: null }
    expect(stage.rounds).toEqual([{ ...round, budget: DEFAULT_BUDGET }])
    const counted = stageAfter(stage, { rounds: [closedRound('id-1', { step: 'v1' as StepId })] })
    expect(go(counted, { phase: 'gaps', step: 'v2' as StepId }).rounds.at(-1)).toMatchObject({ step: 'v2', budget: 3 })
  })

  it('is opened also where the workshop begins with it', () => {
    const stage = at('vote', { state: 'preparing' })
    expect(go(stage, VOTE)).toMatchObject({ state: 'running', rounds: [{ state: 'open', step: VOTE.step }] })
    expect(go(go(stage, VOTE), VOTE).rounds).toHaveLength(1)
  })

  it('is left open by going back, and found as it was', () => {
    const stage = at('vote', { rounds: [roundWith('r1')] })
    const back = go(stage, pointOf('gaps', 'group'))
    expect(back.rounds).toEqual([roundWith('r1')])
    expect(go(back, VOTE).rounds).toEqual([roundWith('r1')])
  })

  const reopen = (from: AgendaPoint, round = 'r1'): Command => ({
    id,
    name: 'reopen vote',
    from,
    round: round as RoundId,
  })
  const again = (from: AgendaPoint, step = VOTE): Command => ({ id, name: 'vote again', from, step })
  const decided = at('decide', { rounds: [closedRound('r1')] })

  it('is reopened with its totals, which were seen, and everyone goes there', () => {
    const stage = stageOnce(decided, command(decided, reopen(decided.at)))
    expect(stage).toMatchObject({ at: VOTE, left: { at: decided.at, movedAt: NOW } })
    expect(stage.rounds).toEqual([{ ...closedRound('r1'), state: 'open', closedAt: null }])
  })

  it('is reopened where the group stands at it without a move', () => {
    const stage = at('vote', { rounds: [closedRound('r1')], timer: { state: 'idle', duration: 7 } })
    const opened = stageOnce(stage, command(stage, reopen(VOTE)))
    expect(opened).toMatchObject({ at: VOTE, left: null, timer: { duration: 7 }, rounds: [{ state: 'open' }] })
    expect(stageOnce(opened, command(opened, reopen(VOTE)))).toEqual(opened)
  })

  it('runs once more in a new round, and the one before stays in its history', () => {
    const stage = stageOnce(decided, command(decided, again(decided.at)))
    expect(stage).toMatchObject({ at: VOTE, left: { at: decided.at } })
    expect(stage.rounds).toEqual([
      closedRound('r1'),
      expect.objectContaining({ id: 'id-1', state: 'open', tally: null }),
    ])
    expect(roundOf(stage, VOTE)?.id).toBe('id-1')
    expect(lastTally(stage, 'gaps')).toEqual(TALLY)
  })

  it('that was counted with somebody who was removed since is run once more, and not reopened', () => {
    const stage = stageOnce(decided, command(decided, { id, name: 'remove person', person: TOMASZ.id }))
    const refused = command(stage, reopen(stage.at))
    expect(refused.ok ? '' : refused.message).toMatch(/would tell their dots. Vote again instead/)
    expect(command(stage, again(stage.at))).toMatchObject({ ok: true })
  })

  it('that was run once more is not reopened in its first round', () => {
    const stage = at('decide', { rounds: [closedRound('r1'), closedRound('r2', { openedAt: 30 })] })
    expect(command(stage, reopen(stage.at))).toMatchObject({ ok: false, code: 'invalid' })
    expect(command(stage, reopen(stage.at, 'r2'))).toMatchObject({ ok: true })
  })

  it.each([
    ['reopened where there is no such round', decided, reopen(decided.at, 'none'), 'invalid'],
    [
      'reopened once a voter was removed',
      at('decide', { rounds: [closedRound('r1', { sealed: true })] }),
      reopen(decided.at),
      'invalid',
    ],
    ['reopened after somebody moved', decided, reopen(VOTE), 'stale'],
    ['reopened in a closed workshop', { ...decided, state: 'closed', closedAt: 7 }, reopen(decided.at), 'closed'],
    ['run again in a step that is none', decided, again(decided.at, pointOf('gaps', 'group')), 'invalid'],
    [
      'run again in a step that the agenda lacks',
      decided,
      again(decided.at, { ...VOTE, step: 'x' as StepId }),
      'invalid',
    ],
    ['run again after somebody moved', decided, again(VOTE), 'stale'],
    ['run again while it is open', at('decide', { rounds: [roundWith('r1')] }), again(decided.at), 'stale'],
    ['run again in a closed workshop', { ...decided, state: 'closed', closedAt: 7 }, again(decided.at), 'closed'],
    ['run again past drafts that a reveal would take', at('write'), again(pointOf('gaps', 'write')), 'invalid'],
    ['reopened past them', at('write', { rounds: [closedRound('r1')] }), reopen(pointOf('gaps', 'write')), 'invalid'],
    [
      'run again past an open vote that a move would count',
      at('vote', { rounds: [roundWith('r1')] }),
      again(VOTE, pointOf('actions', 'vote')),
      'invalid',
    ],
  ] as const)('is not %s', (_, stage, each, code) => {
    const refusal = command(stage, each)
    expect(refusal).toMatchObject({ ok: false, code, message: expect.stringMatching(/^[A-Z][^!]*\.$/) })
  })

  it('is run again once, however many press', () => {
    const first = stageOnce(decided, command(decided, again(decided.at)))
    expect(command(first, again(decided.at), NOW, second)).toMatchObject({ ok: false, code: 'stale' })
    expect(command(first, again(VOTE), NOW, second)).toMatchObject({ ok: false, code: 'stale' })
  })
})

describe('closing the workshop', () => {
  const close = (stage: StageView) => stageOnce(stage, command(stage, { id, name: 'close workshop', from: stage.at }))
  const reopened = (stage: StageView) => stageOnce(stage, command(stage, { id, name: 'reopen workshop' }))

  it.each(['write', 'vote'] as const)(
    'in %s reveals and counts nothing: all goes on where it was once it is reopened',
    (kind) => {
      const stage = at(kind, { rounds: [roundWith('r1')] })
      const closed = close(stage)
      expect(closed).toMatchObject({
        state: 'closed',
        at: stage.at,
        rounds: [roundWith('r1')],
        reveal: null,
        countdown: null,
      })
      expect(move(closed, stage.at, pointOf('gaps', 'decide'))).toMatchObject({ ok: false, code: 'closed' })
      const again = reopened(closed)
      expect(go(again, pointOf('gaps', 'decide')).countdown).toMatchObject({
        does: kind === 'write' ? 'share' : 'close vote',
      })
    },
  )
})

describe('reopening the workshop', () => {
  it('opens the vote at which it stands, where it was closed before it had begun', () => {
    const closed = at('vote', { state: 'closed', closedAt: 7 })
    const stage = stageOnce(closed, command(closed, { id, name: 'reopen workshop' }))
    expect(stage).toMatchObject({ state: 'running', closedAt: null, rounds: [{ state: 'open', step: VOTE.step }] })
  })
})

/** A workshop that random facilitators lead through the rhythm, with the server's part in it. */
describe('whatever facilitators do', () => {
  const POINTS = agendaPoints(RHYTHM_AGENDA)
  const point = fc.constantFrom(...POINTS)
  const act = fc.oneof(
    fc.record({ name: fc.constant('move' as const), to: point, stale: fc.boolean() }),
    fc.record({ name: fc.constant('next' as const) }),
    fc.record({
      name: fc.constantFrom('wait' as const, 'stop' as const, 'close' as const, 'reopen' as const, 'back' as const),
    }),
    fc.record({ name: fc.constant('reopen vote' as const), round: fc.nat(5) }),
    fc.record({ name: fc.constant('vote again' as const), step: point }),
    fc.record({ name: fc.constant('remove' as const), whom: fc.constantFrom(TOMASZ.id, INES.id, MAREN.id) }),
  )

  it('the stage stands at a step, nothing that was counted is lost, and nothing is shown without its countdown', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80, size: 'max' }), (acts) => {
        let made = 0
        let now = NOW
        let stage = stageOf({ agenda: RHYTHM_AGENDA, at: POINTS[0] as AgendaPoint })
        const world = () => worldOf({ now, newId: () => `r${++made}` })
        for (const each of acts) {
          now += 700
          const before = stage
          const answer = commandFor(each, stage)
          if (answer === 'over') stage = stageAfter(stage, overOf(stage, world()))
          else {
            const decision = decide(stage, facilitator, answer, world())
            if (decision.ok) stage = stageAfter(stage, decision.change)
          }
          check(before, stage, answer === 'over')
        }
      }),
      { numRuns: 60 },
    )
  })

  /** The command that an act stands for, or that a countdown is over. */
  function commandFor(each: typeof act extends fc.Arbitrary<infer T> ? T : never, stage: StageView): Command | 'over' {
    const here = POINTS.findIndex((one) => samePoint(one, stage.at))
    switch (each.name) {
      case 'move':
        return { id, name: 'move', from: each.stale ? (POINTS[0] as AgendaPoint) : stage.at, to: each.to }
      case 'next':
        return { id, name: 'move', from: stage.at, to: POINTS[here + 1] ?? stage.at }
      case 'back':
        return { id, name: 'move', from: stage.at, to: stage.left?.at ?? stage.at }
      case 'wait':
        return stage.countdown ? 'over' : { id, name: 'reset timer' }
      case 'stop':
        return { id, name: 'stop countdown', countdown: stage.countdown?.endsAt ?? 0 }
      case 'close':
        return { id, name: 'close workshop', from: stage.at }
      case 'reopen':
        return { id, name: 'reopen workshop' }
      case 'reopen vote':
        return { id, name: 'reopen vote', from: stage.at, round: `r${each.round}` as RoundId }
      case 'vote again':
        return { id, name: 'vote again', from: stage.at, step: each.step }
      case 'remove':
        return { id, name: 'remove person', person: each.whom }
    }
  }

  /** What the server does at the end of a countdown. */
  function overOf(stage: StageView, world: ReturnType<typeof worldOf>) {
    const { countdown } = stage
    if (!countdown) return {}
    const round = roundOf(stage, stage.at)
    const counted =
      countdown.does === 'close vote' && round
        ? [{ ...round, state: 'closed' as const, closedAt: world.now, tally: TALLY }]
        : []
    const change = enter(stage, countdown.to, world)
    return { ...change, rounds: [...counted, ...(change.rounds ?? [])] }
  }

  function check(before: StageView, stage: StageView, over: boolean): void {
    expect(stepAt(stage.agenda, stage.at)).toBeDefined()
    const moved = !samePoint(before.at, stage.at)
    if (moved) {
      expect(before.state).not.toBe('closed')
      expect(stage.left).toMatchObject({ at: before.at })
      expect(stage.countdown).toBeNull()
      if (!over) expect(countdownFor(before, stage.at)).toBeNull()
    }
    if (stage.countdown) expect(countdownFor(stage, stage.countdown.to)).toBe(stage.countdown.does)
    if (currentStep(stage).kind === 'vote' && moved) expect(roundOf(stage, stage.at)).toBeDefined()
    for (const round of before.rounds) {
      const after = stage.rounds.find((each) => each.id === round.id)
      expect(after).toMatchObject({ step: round.step, budget: round.budget, openedAt: round.openedAt })
      if (round.tally) expect(after?.tally).not.toBeNull()
      if (round.state === 'open' && after?.state === 'closed') expect(over).toBe(true)
    }
    for (const round of stage.rounds) if (round.state === 'open') expect(roundOf(stage, round)).toBe(round)
    for (const person of stage.people.keys()) expect(stage.former.has(person)).toBe(false)
    expect([...stage.people.keys(), ...stage.former.keys()].sort()).toEqual([INES.id, MAREN.id, TOMASZ.id])
    expect(stage.people.has(MAREN.id)).toBe(true)
  }
})
