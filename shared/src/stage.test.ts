import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { OutcomeId } from './board.ts'
import type { StepId } from './ids.ts'
import { PHASE_IDS } from './phases.ts'
import {
  currentStep,
  lastTally,
  NO_PROGRESS,
  positionOf,
  readStage,
  roundOf,
  type StageFields,
  stepKindIn,
  writeStage,
} from './stage.ts'
import { EVERY_STEP, INES, lockedSince, MAREN, pointOf, roundWith, stageAfter, stageOf } from './workshop.fixture.ts'

const { people, former: _former, rounds: _rounds, marks: _marks, ...FIELDS } = stageOf()

function written(fields: Partial<StageFields> = FIELDS): Y.Doc {
  const doc = new Y.Doc()
  writeStage(doc, { fields, people: [...people.values()] }, 'server')
  return doc
}

/** A stage of a workshop in which everything happened. */
const EVENTFUL = stageOf({
  state: 'closed',
  closedAt: 9,
  resume: { ideal: pointOf('ideal', 'vote').step },
  locks: lockedSince(0, 'principles'),
  left: { at: pointOf('ideal', 'vote'), movedAt: 8, timer: { state: 'paused', duration: 5, left: 2, by: MAREN.id } },
  countdown: { to: pointOf('gaps', 'owners'), does: 'close vote', endsAt: 10, by: MAREN.id },
  reveal: { phase: 'gaps', at: 7, count: 12 },
  progress: { writing: 1, typing: 2, done: 3, voted: 4 },
  rounds: [
    roundWith('r2', { state: 'closed', closedAt: 11, tally: { totals: {}, dots: 0, voted: 0, people: 2 } }),
    roundWith('r1', { openedAt: 12 }),
  ],
  marks: new Map([['n1' as OutcomeId, { kept: true, parked: true }]]),
  people: new Map([[MAREN.id, MAREN]]),
  former: new Map([[INES.id, INES]]),
})

describe('the stage', () => {
  it('is read as it was written, also by somebody who receives it', () => {
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(written()))
    expect(readStage(copy)).toEqual(stageOf())
  })

  it('is read as it was written with all that can happen', () => {
    expect(stageAfter(EVENTFUL)).toEqual(EVENTFUL)
  })

  it('of an older version is read with what it lacks as it was then: nothing', () => {
    const { left, countdown, reveal, progress, ...older } = FIELDS
    expect(readStage(written(older))).toEqual(stageOf())
    expect({ left, countdown, reveal, progress }).toEqual({
      left: null,
      countdown: null,
      reveal: null,
      progress: NO_PROGRESS,
    })
  })

  it('takes somebody off the list as one change, and keeps their name', () => {
    const doc = written()
    let updates = 0
    doc.on('update', () => updates++)
    writeStage(doc, { removed: [INES] }, 'hand')
    expect(updates).toBe(1)
    expect(readStage(doc)?.people.has(INES.id)).toBe(false)
    expect(readStage(doc)?.former).toEqual(new Map([[INES.id, INES]]))
    writeStage(doc, { removed: [INES] }, 'hand')
    expect(updates).toBe(1)
  })

  it('replaces a round and a mark as a whole, and leaves the others', () => {
    const round = EVENTFUL.rounds[1] ?? roundWith('r1')
    const after = stageAfter(EVENTFUL, {
      rounds: [{ ...round, state: 'closed', closedAt: 20 }],
      marks: [
        ['n1' as OutcomeId, { true: true }],
        ['n2' as OutcomeId, { kept: true }],
      ],
    })
    expect(after.rounds).toEqual([EVENTFUL.rounds[0], { ...round, state: 'closed', closedAt: 20 }])
    expect(after.marks).toEqual(
      new Map<string, unknown>([
        ['n1', { true: true }],
        ['n2', { kept: true }],
      ]),
    )
  })

  it('has its rounds in the order in which they were opened, those of one moment by their ids', () => {
    const rounds = ['r3', 'r1', 'r2'].map((id) => roundWith(id, { openedAt: id === 'r2' ? 1 : 5 }))
    expect(stageAfter(stageOf({ rounds })).rounds.map(({ id }) => id)).toEqual(['r2', 'r1', 'r3'])
  })

  it('counts the latest round of a step, and sorts by the latest that was closed', () => {
    const tally = (dots: number) => ({ totals: {}, dots, voted: 0, people: 0 })
    const round = (id: string, openedAt: number, fields: Parameters<typeof roundWith>[1] = {}) =>
      roundWith(id, { openedAt, ...fields })
    const closed = (dots: number) => ({ state: 'closed', closedAt: 9, tally: tally(dots) }) as const
    const stage = stageOf({
      rounds: [
        round('r1', 1, closed(1)),
        round('r2', 2, { ...pointOf('ideal', 'vote'), ...closed(2) }),
        round('r3', 3, { step: 'gaps-vote-2' as StepId, ...closed(3) }),
        round('r4', 4, { tally: tally(4) }),
      ],
    })
    expect(roundOf(stage, pointOf('gaps', 'vote'))?.id).toBe('r4')
    expect(roundOf(stage, pointOf('ideal', 'vote'))?.id).toBe('r2')
    expect(roundOf(stage, pointOf('actions', 'vote'))).toBeUndefined()
    expect(lastTally(stage, 'gaps')?.dots).toBe(3)
    expect(lastTally(stage, 'ideal')?.dots).toBe(2)
    expect(lastTally(stage, 'actions')).toBeNull()
  })

  it('sorts by no round in which nobody voted, unless nobody ever did', () => {
    const empty = { totals: {}, dots: 0, voted: 0, people: 3 }
    const closed = (id: string, openedAt: number, dots: number) =>
      roundWith(id, { openedAt, state: 'closed', closedAt: 9, tally: { ...empty, dots } })
    expect(lastTally(stageOf({ rounds: [closed('r1', 1, 4), closed('r2', 2, 0)] }), 'gaps')?.dots).toBe(4)
    expect(lastTally(stageOf({ rounds: [closed('r1', 1, 0)] }), 'gaps')).toEqual(empty)
  })

  it('is nothing before the first sync', () => {
    expect(readStage(new Y.Doc())).toBeUndefined()
    const { timer: _, ...partly } = FIELDS
    expect(readStage(written(partly))).toBeUndefined()
  })

  it('is written in one transaction of the server’s origin', () => {
    const doc = written()
    const origins: unknown[] = []
    doc.on('update', (_: Uint8Array, origin: unknown) => origins.push(origin))
    writeStage(
      doc,
      { fields: { title: 'New', at: pointOf('ideal', 'open') }, people: [{ ...INES, name: 'I' }] },
      'hand',
    )
    expect(origins).toEqual(['hand'])
    expect(readStage(doc)).toMatchObject({ title: 'New', at: pointOf('ideal', 'open') })
    expect(readStage(doc)?.people.get(INES.id)?.name).toBe('I')
  })

  it('leaves untouched what is the same', () => {
    const doc = written()
    let updates = 0
    doc.on('update', () => updates++)
    writeStage(doc, { fields: FIELDS, people: [MAREN] }, 'hand')
    writeStage(doc, {}, 'hand')
    expect(updates).toBe(0)
  })

  it('says at which step it is, and fails where its agenda has no such step', () => {
    expect(currentStep(stageOf()).kind).toBe('decide')
    const lost = stageOf({ at: { phase: 'gaps', step: 'none' as StepId } })
    expect(() => currentStep(lost)).toThrow('gaps/none')
  })

  it('says where a phase lies', () => {
    expect(positionOf(stageOf(), 'ideal')).toBe('past')
    expect(positionOf(stageOf(), 'gaps')).toBe('now')
    expect(positionOf(stageOf(), 'actions')).toBe('ahead')
  })

  it('says which kind of step rules in a phase', () => {
    const stage = stageOf({ at: pointOf('gaps', 'vote') })
    expect(PHASE_IDS.map((phase) => stepKindIn(stage, phase))).toEqual(['decide', 'decide', 'vote', null, null])
    const agenda = { phases: EVERY_STEP.phases.filter(({ phase }) => phase !== 'ideal') }
    expect(stepKindIn({ ...stage, agenda }, 'ideal')).toBeNull()
  })
})
