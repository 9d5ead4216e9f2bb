import { describe, expect, it } from 'vitest'
import type { AgendaPoint } from './agenda.ts'
import {
  type Command,
  type CommandActor,
  type CommandName,
  commandSchema,
  type Decision,
  decide,
  nameSchema,
  titleSchema,
} from './commands.ts'
import type { CommandId, NoteId, PersonId, RequestId, RoundId, StepId } from './ids.ts'
import { LIMITS } from './limits.ts'
import type { StageView } from './stage.ts'
import type { Timer } from './timer.ts'
import {
  draftOf,
  INES,
  MAREN,
  noteOf,
  pointOf,
  roundWith,
  stageOf,
  stageOnce,
  TOMASZ,
  worldOf,
} from './workshop.fixture.ts'

const NOW = 1_800_000_000_000
const id = 'c1' as CommandId
const HERE = pointOf('gaps', 'decide')
const NEXT = pointOf('actions', 'open')
const ELSEWHERE = pointOf('ideal', 'vote')

const facilitator: CommandActor = { person: MAREN.id, role: 'facilitator' }
const member: CommandActor = { person: TOMASZ.id, role: 'member' }
const observer: CommandActor = { person: 'nobody' as PersonId, role: 'observer' }

/** One sound command of each name, as sent from Decide of Gaps. */
const COMMANDS: { readonly [Name in CommandName]: Command & { readonly name: Name } } = {
  move: { id, name: 'move', from: HERE, to: NEXT },
  'start timer': { id, name: 'start timer' },
  'pause timer': { id, name: 'pause timer' },
  'resume timer': { id, name: 'resume timer' },
  'extend timer': { id, name: 'extend timer', by: 60_000 },
  'reset timer': { id, name: 'reset timer' },
  'rename workshop': { id, name: 'rename workshop', title: 'New title' },
  'close workshop': { id, name: 'close workshop', from: HERE },
  'reopen workshop': { id, name: 'reopen workshop' },
  'rename person': { id, name: 'rename person', person: INES.id, to: 'Inês' },
  'remove person': { id, name: 'remove person', person: INES.id },
  'stop countdown': { id, name: 'stop countdown', countdown: NOW + 1 },
  'share draft': { id, name: 'share draft', draft: 'd1' as NoteId },
  'withdraw note': { id, name: 'withdraw note', note: 'n1' as NoteId, removed: true },
  'hide note': { id, name: 'hide note', note: 'n1' as NoteId },
  'bring back note': { id, name: 'bring back note', note: 'n1' as NoteId },
  'ask to add': { id, name: 'ask to add', request: 'q1' as RequestId, phase: 'gaps', text: 'One more', note: null },
  'answer request': { id, name: 'answer request', request: 'q1' as RequestId, accept: true },
  'lock phase': { id, name: 'lock phase', phase: 'gaps', locked: true },
  mark: { id, name: 'mark', outcome: 'n1' as NoteId, mark: 'kept', on: true },
  'reopen vote': { id, name: 'reopen vote', from: HERE, round: 'r1' as RoundId },
  'vote again': { id, name: 'vote again', from: HERE, step: pointOf('gaps', 'vote') },
  done: { id, name: 'done', step: HERE, done: true },
}
const NAMES = Object.keys(COMMANDS) as CommandName[]

const RUNNING: Timer = { state: 'running', duration: 60_000, endsAt: NOW + 20_000 }
const closed = stageOf({ state: 'closed', closedAt: 7 })
const decided = (stage: StageView, command: Command) => decide(stage, facilitator, command, worldOf({ now: NOW }))
const fields = (decision: Decision) => (decision.ok ? decision.change.fields : decision)
const NO_CHANGE: Decision = { ok: true, change: {} }

describe('a command', () => {
  it.each(NAMES)('%s is forbidden to observers, and to members unless it is about their own', (name) => {
    const note = (id: NoteId) => noteOf(id, 'gaps')
    const answer = (actor: CommandActor) =>
      decide(stageOf(), actor, COMMANDS[name], worldOf({ now: NOW, ownDraftOf: () => draftOf('d1', 'gaps'), note }))
    expect(answer(observer)).toMatchObject({ ok: false, code: 'forbidden' })
    const own = ['share draft', 'withdraw note', 'bring back note', 'ask to add', 'done'].includes(name)
    if (own) expect(answer(member)).not.toMatchObject({ code: 'forbidden' })
    else expect(answer(member)).toMatchObject({ ok: false, code: 'forbidden' })
  })

  it('lets everyone but an observer change their own name', () => {
    const rename = (person: PersonId): Command => ({ ...COMMANDS['rename person'], person })
    expect(decide(stageOf(), member, rename(member.person), worldOf({ now: NOW }))).toEqual({
      ok: true,
      change: { people: [{ ...TOMASZ, name: 'Inês' }] },
    })
    expect(
      decide(stageOf(), { ...observer, person: TOMASZ.id }, rename(TOMASZ.id), worldOf({ now: NOW })),
    ).toMatchObject({
      code: 'forbidden',
    })
  })

  it.each([
    ['move', 'closed'],
    ['start timer', 'closed'],
    ['pause timer', 'closed'],
    ['resume timer', 'closed'],
    ['extend timer', 'closed'],
    ['reset timer', 'closed'],
    ['rename workshop', undefined],
    ['close workshop', undefined],
    ['reopen workshop', undefined],
    ['rename person', undefined],
    ['remove person', undefined],
    ['done', 'closed'],
    ['mark', 'closed'],
    ['reopen vote', 'closed'],
    ['vote again', 'closed'],
    ['share draft', 'invalid'],
    ['withdraw note', 'invalid'],
  ] as const)('%s on a closed workshop is answered with %s', (name, code) => {
    const world = worldOf({
      phaseOf: () => 'gaps',
      draft: () => draftOf('d1', 'gaps'),
      ownDraftOf: () => draftOf('d1', 'gaps'),
    })
    const decision = decide(closed, facilitator, COMMANDS[name], world)
    expect(decision.ok ? undefined : decision.code).toBe(code)
  })

  it.each(NAMES)('%s changes nothing of the stage that it was decided on', (name) => {
    const stage = stageOf({ timer: RUNNING })
    decided(stage, COMMANDS[name])
    expect(stage).toEqual(stageOf({ timer: RUNNING }))
  })

  it('is refused in sentences that say what happened and what is safe', () => {
    const refusals = [
      decide(stageOf(), member, COMMANDS.move, worldOf({ now: NOW })),
      decided(closed, COMMANDS.move),
      decided(closed, COMMANDS['start timer']),
      decided(stageOf({ at: ELSEWHERE }), COMMANDS.move),
      decided(stageOf({ at: ELSEWHERE }), COMMANDS['close workshop']),
      decided(stageOf(), { ...COMMANDS.move, to: { phase: 'gaps', step: 'none' as StepId } }),
      decided(stageOf(), { ...COMMANDS['rename person'], person: 'stranger' as PersonId }),
    ]
    for (const refusal of refusals) expect(refusal).toMatchObject({ message: expect.stringMatching(/^[A-Z][^!]*\.$/) })
  })
})

describe('move', () => {
  const move = (from: AgendaPoint, to: AgendaPoint): Command => ({ id, name: 'move', from, to })

  it('goes to the step, remembers the one that was left, and stops the timer at the new length', () => {
    const stage = stageOf({ timer: RUNNING, resume: { ideal: ELSEWHERE.step } })
    expect(fields(decided(stage, move(HERE, NEXT)))).toEqual({
      state: 'running',
      at: NEXT,
      resume: { ideal: ELSEWHERE.step, gaps: HERE.step },
      timer: { state: 'idle', duration: 60_000 },
      left: { at: HERE, movedAt: NOW, timer: RUNNING },
      countdown: null,
    })
  })

  it('is stale where someone moved meanwhile, so that a double click moves once', () => {
    const first = decided(stageOf(), move(HERE, NEXT))
    const after = { ...stageOf(), ...fields(first) } as StageView
    expect(decided(after, move(HERE, NEXT))).toMatchObject({ ok: false, code: 'stale' })
  })

  it('is stale in the same phase at another step', () => {
    expect(decided(stageOf({ at: pointOf('gaps', 'vote') }), move(HERE, NEXT))).toMatchObject({ code: 'stale' })
  })

  it('is invalid to a step that the agenda lacks', () => {
    for (const to of [{ phase: 'gaps', step: NEXT.step } as const, { phase: 'actions', step: 'x' as StepId } as const])
      expect(decided(stageOf(), move(HERE, to))).toMatchObject({ ok: false, code: 'invalid' })
  })

  it('changes nothing where it is already, not even the timer', () => {
    expect(decided(stageOf({ timer: RUNNING }), move(HERE, HERE))).toEqual(NO_CHANGE)
  })

  it('begins a workshop that is being prepared, also where it stands', () => {
    const preparing = stageOf({ state: 'preparing' })
    expect(fields(decided(preparing, move(HERE, HERE)))).toEqual({ state: 'running' })
    expect(fields(decided(preparing, move(HERE, NEXT)))).toMatchObject({ state: 'running', at: NEXT })
  })
})

describe('the timer commands', () => {
  it.each([
    ['start', { state: 'idle', duration: 60_000 }, { name: 'start timer' }, { state: 'running', endsAt: NOW + 60_000 }],
    [
      'start with a length',
      RUNNING,
      { name: 'start timer', duration: 5 },
      { state: 'running', endsAt: NOW + 5, duration: 5 },
    ],
    ['pause', RUNNING, { name: 'pause timer' }, { state: 'paused', left: 20_000, by: MAREN.id }],
    [
      'resume',
      { state: 'paused', duration: 60_000, left: 9, by: MAREN.id },
      { name: 'resume timer' },
      { state: 'running', endsAt: NOW + 9 },
    ],
    ['extend', RUNNING, { name: 'extend timer', by: 60_000 }, { state: 'running', endsAt: NOW + 80_000 }],
    ['reset', { ...RUNNING, duration: 1 }, { name: 'reset timer' }, { state: 'idle', duration: 60_000 }],
  ] as const)('%s', (_, timer, command, expected) => {
    expect(fields(decided(stageOf({ timer }), { id, ...command }))).toMatchObject({ timer: expected })
  })

  it('leave a timer as it is that cannot be paused or resumed', () => {
    expect(fields(decided(stageOf({ timer: RUNNING }), COMMANDS['resume timer']))).toEqual({ timer: RUNNING })
  })
})

describe('close and reopen', () => {
  it('closes once, at the server’s time, and stops the timer', () => {
    expect(fields(decided(stageOf({ timer: RUNNING }), COMMANDS['close workshop']))).toEqual({
      state: 'closed',
      closedAt: NOW,
      timer: { state: 'idle', duration: 60_000 },
    })
    expect(decided(closed, COMMANDS['close workshop'])).toEqual(NO_CHANGE)
  })

  it('does not close where someone moved meanwhile', () => {
    expect(decided(stageOf({ at: ELSEWHERE }), COMMANDS['close workshop'])).toMatchObject({ code: 'stale' })
  })

  it('reopens what is closed, and nothing else', () => {
    expect(fields(decided(closed, COMMANDS['reopen workshop']))).toEqual({
      state: 'running',
      closedAt: null,
      reopenedAt: NOW,
    })
    for (const state of ['running', 'preparing'] as const)
      expect(decided(stageOf({ state }), COMMANDS['reopen workshop'])).toEqual(NO_CHANGE)
  })
})

describe('saying that one is done', () => {
  it('is everyone’s in the workshop, and changes nothing but who is done', () => {
    for (const actor of [member, facilitator])
      for (const isDone of [true, false])
        expect(decide(stageOf(), actor, { ...COMMANDS.done, done: isDone }, worldOf())).toEqual({
          ok: true,
          change: {},
          duty: { is: 'say done', step: HERE, done: isDone },
        })
  })

  it('comes too late once the group moved on', () => {
    expect(decided(stageOf({ at: ELSEWHERE }), COMMANDS.done)).toMatchObject({ ok: false, code: 'stale' })
  })
})

describe('removing somebody', () => {
  const remove = (person: PersonId): Command => ({ id, name: 'remove person', person })

  it('takes them off the list and keeps their name, and a repeat changes nothing', () => {
    const stage = stageOnce(stageOf(), decided(stageOf(), remove(INES.id)))
    expect([...stage.people.keys()]).toEqual([MAREN.id, TOMASZ.id])
    expect([...stage.former.values()]).toEqual([INES])
    expect(decided(stage, remove(INES.id))).toEqual(NO_CHANGE)
  })

  it('seals what was counted with them, and no vote that was never counted', () => {
    const counted = { tally: { totals: {}, dots: 0, voted: 0, people: 3 } }
    const rounds = [roundWith('r1', { ...counted, state: 'closed' }), roundWith('r2', counted), roundWith('r3')]
    const before = stageOf({ rounds })
    const stage = stageOnce(before, decided(before, remove(INES.id)))
    expect(stage.rounds).toEqual([{ ...rounds[0], sealed: true }, { ...rounds[1], sealed: true }, rounds[2]])
  })

  it('is possible of another facilitator, never of oneself or of a stranger', () => {
    const stage = stageOf({
      people: new Map([MAREN, { ...INES, role: 'facilitator' as const }].map((each) => [each.id, each])),
    })
    expect(decided(stage, remove(INES.id))).toMatchObject({ ok: true })
    for (const person of [MAREN.id, 'stranger' as PersonId])
      expect(decided(stage, remove(person))).toMatchObject({ ok: false, code: 'invalid' })
  })

  it.each(NAMES)('leaves them nothing to command: %s', (name) => {
    const stage = stageOf({ former: new Map([[MAREN.id, MAREN]]), people: new Map() })
    expect(decided(stage, COMMANDS[name])).toMatchObject({ ok: false, code: 'forbidden' })
  })
})

describe('rename', () => {
  it('names the workshop and a person anew, and keeps the rest of the person', () => {
    expect(fields(decided(stageOf(), COMMANDS['rename workshop']))).toEqual({ title: 'New title' })
    expect(decided(stageOf(), COMMANDS['rename person'])).toEqual({
      ok: true,
      change: { people: [{ ...INES, name: 'Inês' }] },
    })
  })

  it('is invalid for somebody who is not there', () => {
    expect(decided(stageOf(), { ...COMMANDS['rename person'], person: 'x' as PersonId })).toMatchObject({
      code: 'invalid',
    })
  })
})

describe('a title or name', () => {
  it.each([
    ['  Kofi  ', 'Kofi'],
    ['Kofi\n\t Mensah', 'Kofi Mensah'],
    ['a\u00a0\u2003b', 'a b'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['שלום', 'שלום'],
    ['\u202enraM\u202c', 'nraM'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    [` ${'x'.repeat(LIMITS.name)} `, 'x'.repeat(LIMITS.name)],
  ])('is read from %j', (typed, name) => {
    expect(nameSchema.parse(typed)).toBe(name)
  })

  it.each([
    '',
    ' ',
    '\n\u00a0',
    '\u200b\u200d',
    '\u2067',
    'x'.repeat(LIMITS.name + 1),
    ' '.repeat(LIMITS.name * 2 + 1),
    'half \ud83d',
    7,
    null,
  ])('is not read from %j', (typed) => {
    expect(nameSchema.safeParse(typed).success).toBe(false)
  })

  it('has its own limit as a title', () => {
    expect(titleSchema.parse('x'.repeat(LIMITS.title))).toHaveLength(LIMITS.title)
    expect(titleSchema.safeParse('x'.repeat(LIMITS.title + 1)).success).toBe(false)
  })
})

describe('a command from outside', () => {
  it.each(NAMES)('%s is read as it is, without what does not belong to it', (name) => {
    expect(commandSchema.parse({ ...COMMANDS[name], more: 1 })).toEqual(COMMANDS[name])
  })

  it('has its words trimmed', () => {
    expect(commandSchema.parse({ id, name: 'rename workshop', title: ' A\nB ' })).toMatchObject({ title: 'A B' })
  })

  it.each([
    null,
    [],
    'move',
    {},
    { id },
    { id, name: 'fly' },
    { id, name: 'toString' },
    { name: 'pause timer' },
    { id: '', name: 'pause timer' },
    { id: '__proto__', name: 'pause timer' },
    { id, name: 'move', from: HERE },
    { id, name: 'move', from: HERE, to: { phase: 'gaps' } },
    { id, name: 'close workshop' },
    { id, name: 'lock phase', phase: 'gaps' },
    { id, name: 'lock phase', phase: 'lunch', locked: true },
    { ...COMMANDS['ask to add'], text: ' ' },
    { ...COMMANDS['ask to add'], text: 'x'.repeat(LIMITS.noteMerged + 1) },
    { ...COMMANDS['ask to add'], text: 'half \ud83d' },
    { ...COMMANDS['ask to add'], note: undefined },
    { ...COMMANDS['ask to add'], request: 'a b' },
    { id, name: 'answer request', request: 'q1' },
    { id, name: 'extend timer' },
    { id, name: 'extend timer', by: -1 },
    { id, name: 'extend timer', by: 0.5 },
    { id, name: 'extend timer', by: LIMITS.timer + 1 },
    { id, name: 'start timer', duration: Number.NaN },
    { id, name: 'rename workshop', title: ' ' },
    { id, name: 'stop countdown' },
    { id, name: 'stop countdown', countdown: 0.5 },
    { id, name: 'share draft', draft: '__proto__' },
    { id, name: 'withdraw note', note: 'n1' },
    { id, name: 'withdraw note', note: 'n1', removed: 1 },
    { id, name: 'mark', outcome: 'n1', mark: 'seen', on: true },
    { id, name: 'mark', outcome: 'n1', mark: 'kept' },
    { id, name: 'reopen vote', round: 'r1' },
    { id, name: 'vote again', from: HERE },
    { id, name: 'done', step: HERE },
    { id, name: 'remove person' },
    { id, name: 'rename person', person: 'a b', to: 'Kofi' },
    { id, name: 'rename person', person: 'constructor', to: 'Kofi' },
  ])('is refused as %j', (value) => {
    expect(commandSchema.safeParse(value).success).toBe(false)
  })
})
