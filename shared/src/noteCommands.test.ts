import { describe, expect, it } from 'vitest'
import { withNames } from './agenda.ts'
import type { NoteView, OutcomeId } from './board.ts'
import { type CommandActor, type Decision, decide, type World } from './commands.ts'
import type { CommandId, NoteId } from './ids.ts'
import { LIMITS } from './limits.ts'
import { GRACE } from './moves.ts'
import type { DraftView } from './notebook.ts'
import { type PhaseId, STEP_KINDS, STEPS, type StepKind } from './phases.ts'
import { MARKS, type Mark, type Marks, type StageView } from './stage.ts'
import { resetTimer } from './timer.ts'
import {
  binnedOf,
  draftOf,
  EVERY_STEP,
  lockedSince,
  MAREN,
  noteOf,
  pointOf,
  stageOf,
  stageOnce,
  TOMASZ,
  worldOf,
} from './workshop.fixture.ts'

const NOW = 1_800_000_000_000
const id = 'c1' as CommandId
const nid = (name: string) => name as NoteId
const facilitator: CommandActor = { person: MAREN.id, role: 'facilitator' }
const member: CommandActor = { person: TOMASZ.id, role: 'member' }

const ANONYMOUS = withNames(EVERY_STEP, 'anonymous')
const at = (kind: StepKind, fields: Partial<StageView> = {}) => stageOf({ at: pointOf('gaps', kind), ...fields })
const code = (decision: Decision) => (decision.ok ? 'ok' : decision.code)
const NOTHING: Decision = { ok: true, change: {} }
const SENTENCES = /^[A-Z][^!]*\.$/

describe('sharing a draft', () => {
  const share = (
    stage: StageView,
    draft: DraftView | undefined = draftOf('d1', 'gaps'),
    actor = member,
    more: Partial<World> = {},
  ) =>
    decide(
      stage,
      actor,
      { id, name: 'share draft', draft: nid('d1') },
      worldOf({ now: NOW, draft: (name) => (name === 'd1' ? draft : undefined), ...more }),
    )
  const duty = (fields: { readonly at: number; readonly anonymous: boolean }): Decision => ({
    ok: true,
    change: {},
    duty: { is: 'share draft', draft: nid('d1'), ...fields },
  })

  it.each([
    ['open', 'ok'],
    ['write', 'invalid'],
    ['share', 'ok'],
    ['group', 'invalid'],
    ['vote', 'invalid'],
    ['decide', 'ok'],
    ['owners', 'ok'],
  ] as const)('in %s is answered with %s, of a member and of a facilitator, ready or not', (kind, expected) => {
    for (const actor of [member, facilitator])
      for (const ready of [true, false])
        expect(code(share(at(kind), draftOf('d1', 'gaps', { ready }), actor))).toBe(expected)
  })

  it('signed is done at once, at the server’s time', () => {
    expect(share(at('share'))).toEqual(duty({ at: NOW, anonymous: false }))
  })

  it('is refused by a full board, which a repeat is not told', () => {
    const full = { count: () => LIMITS.notesPerWorkshop }
    const decision = share(at('share'), draftOf('d1', 'gaps'), member, full)
    expect(decision).toEqual({ ok: false, code: 'invalid', message: expect.stringMatching(SENTENCES) })
    const last = { count: () => LIMITS.notesPerWorkshop - 1 }
    expect(share(at('share'), draftOf('d1', 'gaps'), member, last)).toMatchObject({ duty: { is: 'share draft' } })
    expect(share(at('share'), draftOf('d1', 'gaps', { became: nid('n1') }), member, full)).toEqual(NOTHING)
  })

  it('anonymous waits in Share for the next move, which takes what is ready', () => {
    const stage = at('share', { agenda: ANONYMOUS, reveal: { phase: 'gaps', at: 77, count: 3 } })
    expect(share(stage)).toEqual(NOTHING)
    expect(share(stage, draftOf('d1', 'gaps', { ready: false }))).toMatchObject({ code: 'invalid' })
  })

  it('anonymous in Decide and Open carries no time but that of the phase’s last reveal', () => {
    const reveal = { phase: 'gaps', at: 77, count: 3 } as const
    for (const kind of ['open', 'decide'] as const)
      expect(share(at(kind, { agenda: ANONYMOUS, reveal }))).toEqual(duty({ at: 77, anonymous: true }))
    const of = (other: PhaseId) => ({ agenda: ANONYMOUS, createdAt: 5, reveal: { ...reveal, phase: other } })
    expect(share(at('decide', of('ideal')))).toEqual(duty({ at: 5, anonymous: true }))
    expect(share(at('decide', { agenda: ANONYMOUS, createdAt: 5 }))).toEqual(duty({ at: 5, anonymous: true }))
  })

  it('of an earlier phase is done as in Decide, whatever the step, also anonymously', () => {
    const draft = draftOf('d1', 'ideal')
    for (const kind of STEP_KINDS) {
      expect(share(at(kind), draft)).toEqual(duty({ at: NOW, anonymous: false }))
      expect(share(at(kind, { agenda: ANONYMOUS }), draft)).toEqual(duty({ at: 0, anonymous: true }))
    }
  })

  it('[P11] on its way when the group moved on still counts, signed: an anonymous one would come alone', () => {
    const moved = (ago: number, agenda = EVERY_STEP) =>
      at('group', { agenda, left: { at: pointOf('gaps', 'share'), movedAt: NOW - ago, timer: resetTimer(0) } })
    expect(share(moved(GRACE))).toEqual(duty({ at: NOW, anonymous: false }))
    expect(code(share(moved(GRACE + 1)))).toBe('invalid')
    expect(code(share(moved(0, ANONYMOUS)))).toBe('invalid')
  })

  it('again finds that it was shared', () => {
    for (const kind of STEP_KINDS)
      expect(share(at(kind), draftOf('d1', 'gaps', { became: nid('n1') }))).toEqual(NOTHING)
  })

  it.each([
    ['that is not there', undefined],
    ['that was removed', draftOf('d1', 'gaps', { removed: true })],
    ['without words', draftOf('d1', 'gaps', { text: ' \n\t' })],
    ['that is too long', draftOf('d1', 'gaps', { text: 'x'.repeat(LIMITS.noteMerged + 1) })],
    ['of a phase that comes later', draftOf('d1', 'actions')],
    ['of Owners, which has no notes', draftOf('d1', 'owners')],
  ])('of a draft %s is refused in a sentence', (_, draft) => {
    // A missing draft is not to be taken for the default of the helper above.
    const world = worldOf({ now: NOW, draft: () => draft })
    const decision = decide(at('decide'), member, { id, name: 'share draft', draft: nid('d1') }, world)
    expect(decision).toMatchObject({ ok: false, code: 'invalid', message: expect.stringMatching(SENTENCES) })
  })

  it('is possible up to the length of a note that two people wrote in at once', () => {
    expect(code(share(at('share'), draftOf('d1', 'gaps', { text: 'x'.repeat(LIMITS.noteMerged) })))).toBe('ok')
  })

  it.each([
    ['before the workshop begins', { state: 'preparing' }],
    ['after its close', { state: 'closed', closedAt: 7 }],
    ['in a locked phase', { locks: lockedSince(0, 'gaps') }],
  ] as const)('%s is refused, and the draft stays secret', (_, fields) => {
    expect(share(at('share', fields))).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('It stays yours alone.'),
    })
  })
})

describe('withdrawing one’s own note', () => {
  const withdraw = (stage: StageView, removed = true, now = NOW) =>
    decide(
      stage,
      member,
      { id, name: 'withdraw note', note: nid('n1'), removed },
      worldOf({ now, ownDraftOf: (note) => (note === 'n1' ? draftOf('d1', 'gaps', { became: note }) : undefined) }),
    )

  it.each(STEP_KINDS)('in %s follows own words, as does bringing it back, signed or anonymous', (kind) => {
    for (const agenda of [EVERY_STEP, ANONYMOUS])
      for (const removed of [true, false]) {
        const decision = withdraw(at(kind, { agenda }), removed)
        if (STEPS[kind].may.ownWords)
          expect(decision).toEqual({ ok: true, change: {}, duty: { is: 'remove note', note: 'n1', removed } })
        else expect(decision).toMatchObject({ code: 'invalid', message: expect.stringMatching(SENTENCES) })
      }
  })

  it('is no one else’s, not even a facilitator’s, whose removing is an edit', () => {
    for (const actor of [member, facilitator]) {
      const decision = decide(
        at('decide'),
        actor,
        { id, name: 'withdraw note', note: nid('n2'), removed: true },
        worldOf(),
      )
      expect(decision).toMatchObject({ ok: false, code: 'forbidden' })
    }
  })

  it.each([
    ['before the workshop begins', { state: 'preparing' }],
    ['after its close', { state: 'closed', closedAt: 7 }],
    ['in a locked phase', { locks: lockedSince(0, 'gaps') }],
  ] as const)('%s is refused, the other way round too', (_, fields) => {
    for (const removed of [true, false]) expect(code(withdraw(at('decide', fields), removed))).toBe('invalid')
  })

  it('[P11] on its way when the group moved on still counts, signed or anonymous', () => {
    for (const agenda of [EVERY_STEP, ANONYMOUS]) {
      const left = { at: pointOf('gaps', 'share'), movedAt: NOW, timer: { state: 'idle', duration: 0 } } as const
      const stage = at('vote', { agenda, left })
      expect(code(withdraw(stage, true, NOW + GRACE))).toBe('ok')
      expect(code(withdraw(stage, true, NOW + GRACE + 1))).toBe('invalid')
    }
  })
})

describe('hiding a note', () => {
  const hide = (fields: Partial<StageView> = {}, actor = facilitator, world: Partial<World> = {}) =>
    decide(
      at('decide', fields),
      actor,
      { id, name: 'hide note', note: nid('n1') },
      worldOf({ note: (note) => (note === 'n1' ? noteOf('n1', 'gaps') : undefined), ...world }),
    )
  const NOW_HIDDEN: Decision = { ok: true, change: {}, duty: { is: 'hide note', note: nid('n1') } }

  it('[P16] is a facilitator’s whatever the step, a lock or the close say', () => {
    for (const fields of [
      {},
      { state: 'preparing' },
      { state: 'closed', closedAt: 7 },
      { locks: lockedSince(0, 'gaps') },
      { at: pointOf('ideal', 'vote') },
      { agenda: ANONYMOUS },
    ] as const) {
      expect(hide(fields)).toEqual(NOW_HIDDEN)
      expect(code(hide(fields, member))).toBe('forbidden')
    }
  })

  it('twice changes nothing, and of a note that is in the bin hides it there', () => {
    expect(hide({}, facilitator, { binned: () => binnedOf('n1', { hidden: true }) })).toEqual(NOTHING)
    expect(hide({}, facilitator, { binned: () => binnedOf('n1') })).toEqual(NOW_HIDDEN)
  })

  it('of something that never was is refused', () => {
    expect(hide({}, facilitator, { note: () => undefined })).toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(SENTENCES),
    })
  })
})

describe('bringing a note back', () => {
  interface Case {
    readonly stage?: Partial<StageView>
    readonly actor?: CommandActor
    readonly note?: Partial<NoteView>
    readonly hidden?: boolean
    readonly own?: boolean
    readonly now?: number
  }
  const back = ({ stage, actor = member, note, hidden = false, own = false, now = NOW }: Case = {}) =>
    decide(
      at('decide', stage),
      actor,
      { id, name: 'bring back note', note: nid('n1') },
      worldOf({
        now,
        note: () => noteOf('n1', 'gaps', { author: member.person, removed: true, ...note }),
        binned: () => binnedOf('n1', { hidden }),
        ownDraftOf: () => (own ? draftOf('d1', 'gaps') : undefined),
      }),
    )
  const BACK: Decision = { ok: true, change: {}, duty: { is: 'bring back note', note: nid('n1') } }

  it('[P7] is its author’s and the facilitator’s', () => {
    expect(back()).toEqual(BACK)
    expect(back({ actor: facilitator })).toEqual(BACK)
    expect(code(back({ note: { author: MAREN.id } }))).toBe('forbidden')
    expect(code(back({ actor: { ...member, role: 'observer' } }))).toBe('forbidden')
  })

  it('[P12] of an anonymous note is whose notebook says so', () => {
    const anonymous = { stage: { agenda: ANONYMOUS }, note: { author: null } }
    expect(back({ ...anonymous, own: true })).toEqual(BACK)
    expect(back({ ...anonymous, actor: facilitator })).toEqual(BACK)
    expect(code(back(anonymous))).toBe('forbidden')
  })

  it('[P16] that is hidden is a facilitator’s alone, in any step, lock or close', () => {
    for (const stage of [{}, { state: 'closed', closedAt: 7 }, { locks: lockedSince(0, 'gaps') }] as const) {
      expect(back({ stage, hidden: true, actor: facilitator })).toEqual(BACK)
      for (const own of [false, true])
        expect(back({ stage, hidden: true, own })).toMatchObject({
          code: 'forbidden',
          message: expect.stringMatching(SENTENCES),
        })
    }
  })

  it.each([
    ['before the workshop begins', { state: 'preparing' }],
    ['after its close', { state: 'closed', closedAt: 7 }],
    ['in a locked phase', { locks: lockedSince(0, 'gaps') }],
  ] as const)('%s is refused, unless it stands already', (_, stage) => {
    for (const actor of [member, facilitator]) {
      expect(back({ stage, actor })).toMatchObject({ code: 'invalid', message: expect.stringMatching(SENTENCES) })
      expect(back({ stage, actor, note: { removed: false } })).toEqual(NOTHING)
    }
  })

  it('[P11] that was on its way when the phase was locked still counts', () => {
    const stage = { locks: lockedSince(NOW, 'gaps') }
    expect(code(back({ stage, now: NOW + GRACE }))).toBe('ok')
    expect(code(back({ stage, now: NOW + GRACE + 1 }))).toBe('invalid')
  })

  it('is no way round for an author who withdrew it', () => {
    const withdraw = (removed: boolean) =>
      decide(
        at('decide', { agenda: ANONYMOUS }),
        member,
        { id, name: 'withdraw note', note: nid('n1'), removed },
        worldOf({ ownDraftOf: () => draftOf('d1', 'gaps'), binned: () => binnedOf('n1', { hidden: true }) }),
      )
    expect(code(withdraw(false))).toBe('forbidden')
    expect(code(withdraw(true))).toBe('ok')
  })
})

describe('a mark', () => {
  const marked = (
    stage: StageView,
    mark: Mark,
    on: boolean,
    phase: PhaseId | undefined = 'gaps',
    actor = facilitator,
  ) =>
    decide(stage, actor, { id, name: 'mark', outcome: 'n1' as OutcomeId, mark, on }, worldOf({ phaseOf: () => phase }))
  const marksOf = (stage: StageView) => stage.marks.get('n1' as OutcomeId)
  const withMarks = (marks: Marks) => at('decide', { marks: new Map([['n1' as OutcomeId, marks]]) })

  it.each(MARKS)('%s is put on and taken off again, once each', (mark) => {
    const phase = 'ideal'
    const on = stageOnce(at('decide'), marked(at('decide'), mark, true, phase))
    expect(marksOf(on)).toEqual({ [mark]: true })
    expect(marked(on, mark, true, phase)).toEqual(NOTHING)
    const off = stageOnce(on, marked(on, mark, false, phase))
    expect(marksOf(off)).toEqual({})
    expect(marked(off, mark, false, phase)).toEqual(NOTHING)
  })

  it('leaves the other marks as they are', () => {
    const stage = withMarks({ kept: true, true: true })
    expect(marksOf(stageOnce(stage, marked(stage, 'parked', true)))).toEqual({ kept: true, true: true, parked: true })
    expect(marksOf(stageOnce(stage, marked(stage, 'kept', false)))).toEqual({ true: true })
  })

  it('of something that is not on the wall is refused', () => {
    const world = worldOf()
    const decision = decide(
      at('decide'),
      facilitator,
      { id, name: 'mark', outcome: nid('n1'), mark: 'kept', on: true },
      world,
    )
    expect(decision).toMatchObject({ code: 'invalid', message: expect.stringMatching(SENTENCES) })
  })

  it('that a statement is true is for statements alone', () => {
    for (const phase of ['principles', 'gaps'] as const)
      expect(code(marked(at('decide'), 'true', true, phase))).toBe('invalid')
  })

  it.each(STEP_KINDS)(
    '[P15] is a facilitator’s in %s, of this phase and of earlier ones, and nobody else’s',
    (kind) => {
      for (const phase of ['gaps', 'ideal'] as const) {
        expect(code(marked(at(kind), 'parked', true, phase))).toBe('ok')
        expect(code(marked(at(kind), 'parked', true, phase, member))).toBe('forbidden')
      }
      expect(code(marked(at(kind), 'parked', true, 'actions'))).toBe('invalid')
    },
  )

  it.each([
    [{ state: 'closed', closedAt: 7 }, 'closed'],
    [{ state: 'preparing' }, 'invalid'],
    [{ locks: lockedSince(0, 'gaps') }, 'invalid'],
  ] as const)('[P15] waits where the phase may not be changed: %j', (fields, expected) => {
    expect(code(marked(at('decide', fields), 'kept', true))).toBe(expected)
  })
})
