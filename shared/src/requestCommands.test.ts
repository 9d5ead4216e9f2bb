import { describe, expect, it } from 'vitest'
import { withNames } from './agenda.ts'
import type { NoteView } from './board.ts'
import { type Command, type CommandActor, type Decision, decide, type World } from './commands.ts'
import type { AddRequest } from './desk.ts'
import type { CommandId, NoteId, RequestId } from './ids.ts'
import { LIMITS } from './limits.ts'
import type { Asked } from './notebook.ts'
import type { StageView } from './stage.ts'
import { EVERY_STEP, lockedSince, MAREN, noteOf, pointOf, stageOf, TOMASZ, worldOf } from './workshop.fixture.ts'

const id = 'c1' as CommandId
const NOW = 1_800_000_000_000
const facilitator: CommandActor = { person: MAREN.id, role: 'facilitator' }
const member: CommandActor = { person: TOMASZ.id, role: 'member' }
const Q1 = 'q1' as RequestId
const N1 = 'n1' as NoteId
const NOTHING: Decision = { ok: true, change: {} }
/** Two sentences: what happened, and what is safe or to do. */
const SENTENCES = /^[A-Z].*[.:,;].*\.$/

const REQUEST: AddRequest = { id: Q1, person: TOMASZ.id, phase: 'gaps', text: 'One more', note: null, at: 5 }
const { id: _, person: __, at: ___, ...ASKED } = REQUEST
const ASK: Command = { id, name: 'ask to add', request: Q1, ...ASKED }

const ask = (stage: Partial<StageView> = {}, world: Partial<World> = {}, actor = member, more: object = {}) =>
  decide(stageOf({ at: pointOf('gaps', 'vote'), ...stage }), actor, { ...ASK, ...more } as Command, {
    ...worldOf({ now: NOW }),
    ...world,
  })
const refusal = (code: string) => ({ ok: false, code, message: expect.stringMatching(SENTENCES) })
const asked = (count: number, state: Asked) => () =>
  new Map(Array.from({ length: count }, (_, at) => [`other-${at}` as RequestId, state]))

describe('asking to add', () => {
  it.each([
    ['in any step', {}],
    ['in a locked phase', { locks: lockedSince(0, 'gaps') }],
    ['before the workshop begins', { state: 'preparing' }],
    ['for a phase that comes later', { at: pointOf('ideal', 'write') }],
  ] as const)('is possible %s', (_, stage) => {
    expect(ask(stage)).toEqual({
      ok: true,
      change: {},
      duty: { is: 'keep request', request: { ...REQUEST, at: NOW } },
    })
  })

  it('names nobody where names are left out, and no time of its own', () => {
    const agenda = withNames(EVERY_STEP, 'anonymous')
    expect(ask({ agenda, createdAt: 3 })).toMatchObject({ duty: { request: { person: null, at: 3 } } })
    const reveal = { phase: 'gaps', at: 9, count: 1 } as const
    expect(ask({ agenda, reveal })).toMatchObject({ duty: { request: { person: null, at: 9 } } })
  })

  it('for the words of a note names the note, which need not stand', () => {
    expect(ask({}, {}, member, { note: N1 })).toMatchObject({ duty: { request: { note: N1 } } })
  })

  it.each(['waiting', 'added', 'declined'] as const)('again, once it is %s, changes nothing', (state) => {
    const own = () => new Map([[Q1, state]])
    expect(ask({}, { asked: own })).toEqual(NOTHING)
    expect(ask({ state: 'closed', closedAt: 7 }, { asked: own })).toEqual(NOTHING)
  })

  it('is refused where it cannot come to anything, and the words stay', () => {
    expect(ask({ state: 'closed', closedAt: 7 })).toEqual(refusal('closed'))
    expect(ask({}, {}, member, { phase: 'owners' })).toEqual(refusal('invalid'))
    const agenda = { phases: EVERY_STEP.phases.filter(({ phase }) => phase !== 'ideal') }
    expect(ask({ agenda }, {}, member, { phase: 'ideal' })).toEqual(refusal('invalid'))
    expect(ask({}, { request: () => REQUEST })).toEqual(refusal('invalid'))
    expect(ask({}, {}, { ...member, role: 'observer' })).toMatchObject({ code: 'forbidden' })
  })

  it('is refused while as many wait as may, of one person or of all', () => {
    const most = LIMITS.requestsPerPerson
    expect(ask({}, { asked: asked(most - 1, 'waiting') })).toMatchObject({ ok: true })
    expect(ask({}, { asked: asked(most, 'waiting') })).toEqual(refusal('invalid'))
    expect(ask({}, { asked: asked(most, 'added') })).toMatchObject({ ok: true })
    const count = (waiting: number) => (what: string) => (what === 'requests' ? waiting : 0)
    expect(ask({}, { count: count(LIMITS.requestsPerWorkshop - 1) })).toMatchObject({ ok: true })
    expect(ask({}, { count: count(LIMITS.requestsPerWorkshop) })).toEqual(refusal('invalid'))
  })
})

interface Answering {
  readonly stage?: Partial<StageView>
  readonly request?: Partial<AddRequest>
  readonly note?: NoteView
  readonly accept?: boolean
  readonly world?: Partial<World>
}

const answer = ({ stage = {}, request = {}, note, accept = true, world = {} }: Answering = {}) =>
  decide(
    stageOf({ at: pointOf('gaps', 'vote'), ...stage }),
    facilitator,
    { id, name: 'answer request', request: Q1, accept },
    { ...worldOf({ now: NOW }), request: () => ({ ...REQUEST, ...request }), note: () => note, ...world },
  )
const added = (add: object | null) => ({
  ok: true,
  change: {},
  duty: { is: 'answer request', request: expect.anything(), add },
})

describe('answering a request', () => {
  it('adds it in its author’s name, now, whatever is locked', () => {
    for (const locks of [{}, lockedSince(0, 'gaps')])
      expect(answer({ stage: { locks } })).toEqual(added({ is: 'note', author: TOMASZ.id, at: NOW }))
  })

  it('adds it without a name where names are left out, at the only time that tells nothing', () => {
    const agenda = withNames(EVERY_STEP, 'anonymous')
    expect(answer({ stage: { agenda, createdAt: 3 }, request: { person: null } })).toEqual(
      added({ is: 'note', author: null, at: 3 }),
    )
    const reveal = { phase: 'gaps', at: 9, count: 1 } as const
    // Also one that was asked for while names were told.
    expect(answer({ stage: { agenda, reveal } })).toEqual(added({ is: 'note', author: null, at: 9 }))
  })

  it('replaces the words of the note that it is about where that stands, and else adds a note', () => {
    const request = { note: N1 }
    const fresh = added({ is: 'note', author: TOMASZ.id, at: NOW })
    expect(answer({ request, note: noteOf('n1', 'gaps') })).toEqual(added({ is: 'words', note: N1 }))
    expect(answer({ request, note: noteOf('n1', 'gaps', { removed: true }) })).toEqual(fresh)
    expect(answer({ request, note: noteOf('n1', 'ideal') })).toEqual(fresh)
    expect(answer({ request })).toEqual(fresh)
  })

  it('is refused once it was answered, and adds nothing to what is closed or full', () => {
    expect(answer({ world: { request: () => undefined } })).toEqual(refusal('stale'))
    expect(answer({ stage: { state: 'closed', closedAt: 7 } })).toEqual(refusal('closed'))
    const count = () => LIMITS.notesPerWorkshop
    expect(answer({ world: { count } })).toEqual(refusal('invalid'))
    expect(answer({ world: { count }, request: { note: N1 }, note: noteOf('n1', 'gaps') })).toMatchObject({ ok: true })
  })

  it('declines at any time', () => {
    for (const stage of [{}, { state: 'closed', closedAt: 7 }, { locks: lockedSince(0, 'gaps') }] as const)
      expect(answer({ stage, accept: false, world: { count: () => LIMITS.notesPerWorkshop } })).toEqual(added(null))
  })
})
