import { describe, expect, it } from 'vitest'
import {
  type Agenda,
  agendaPoints,
  isAfter,
  isAnonymous,
  OPEN_AGENDA,
  phasePosition,
  pointAfter,
  RHYTHM_AGENDA,
  samePoint,
  stepAt,
  withNames,
} from './agenda.ts'
import { agendaSchema } from './agendaSchema.ts'
import type { StepId } from './ids.ts'
import { PHASE_IDS, type PhaseId } from './phases.ts'

const step = (id: string, kind: 'write' | 'vote' | 'open' = 'open') => ({ id: id as StepId, kind, duration: 60_000 })
const point = (phase: PhaseId, id: string) => ({ phase, step: id as StepId })

/** Gaps before actions, with a step that is repeated; the other phases left out. */
const AGENDA: Agenda = {
  phases: [
    { phase: 'gaps', steps: [step('g1', 'write'), step('g2', 'vote'), step('g3', 'write')] },
    { phase: 'actions', steps: [step('a1')] },
  ],
}

const minutes = (agenda: Agenda) =>
  agenda.phases.map(({ steps }) => steps.reduce((sum, { duration }) => sum + duration, 0) / 60_000)
const kinds = (agenda: Agenda) => agenda.phases.map(({ steps }) => steps.map(({ kind }) => kind))

describe('the agendas that there are', () => {
  it('rhythm: four phases of write, share, group, vote and decide, then Owners, in 2 h', () => {
    const rhythm = ['write', 'share', 'group', 'vote', 'decide']
    expect(kinds(RHYTHM_AGENDA)).toEqual([rhythm, rhythm, rhythm, rhythm, ['owners']])
    expect(minutes(RHYTHM_AGENDA)).toEqual([20, 27, 27, 26, 20])
    expect(minutes(RHYTHM_AGENDA).reduce((sum, each) => sum + each)).toBe(120)
  })

  it('open: each phase as one open step, Owners as its table, in 1 h 55 min', () => {
    expect(kinds(OPEN_AGENDA)).toEqual([...Array(4).fill(['open']), ['owners']])
    expect(minutes(OPEN_AGENDA).reduce((sum, each) => sum + each)).toBe(115)
  })

  it.each([
    ['rhythm', RHYTHM_AGENDA],
    ['open', OPEN_AGENDA],
  ])('%s: runs every phase, tells every step from every other, is signed, and may come from outside', (_, agenda) => {
    expect(agenda.phases.map(({ phase }) => phase)).toEqual(PHASE_IDS)
    const ids = agendaPoints(agenda).map((each) => each.step)
    expect(new Set(ids).size).toBe(ids.length)
    for (const phase of PHASE_IDS) expect(isAnonymous(agenda, phase)).toBe(false)
    expect(agendaSchema.parse(JSON.parse(JSON.stringify(agenda)))).toEqual(agenda)
  })

  it('are made anonymous and signed again, and are else the same', () => {
    const anonymous = withNames(RHYTHM_AGENDA, 'anonymous')
    for (const phase of PHASE_IDS) expect(isAnonymous(anonymous, phase)).toBe(true)
    expect(kinds(anonymous)).toEqual(kinds(RHYTHM_AGENDA))
    for (const phase of PHASE_IDS) expect(isAnonymous(withNames(anonymous, 'signed'), phase)).toBe(false)
    expect(agendaSchema.safeParse(anonymous).success).toBe(true)
    expect(isAnonymous({ phases: [] }, 'gaps')).toBe(false)
  })
})

describe('a place in the agenda', () => {
  it('is found by phase and step together', () => {
    expect(stepAt(AGENDA, point('gaps', 'g2'))?.kind).toBe('vote')
    expect(stepAt(AGENDA, point('actions', 'g2'))).toBeUndefined()
    expect(stepAt(AGENDA, point('ideal', 'g1'))).toBeUndefined()
  })

  it('is followed and preceded across phases, and ends at both ends', () => {
    expect(pointAfter(AGENDA, point('gaps', 'g3'), 1)).toEqual(point('actions', 'a1'))
    expect(pointAfter(AGENDA, point('actions', 'a1'), -1)).toEqual(point('gaps', 'g3'))
    expect(pointAfter(AGENDA, point('gaps', 'g1'), -1)).toBeUndefined()
    expect(pointAfter(AGENDA, point('actions', 'a1'), 1)).toBeUndefined()
    expect(pointAfter(AGENDA, point('ideal', 'none'), 1)).toBeUndefined()
  })

  it.each([
    ['gaps', 'actions', 'past'],
    ['actions', 'actions', 'now'],
    ['actions', 'gaps', 'ahead'],
    ['owners', 'gaps', 'absent'],
  ] as const)('makes %s seen from %s: %s', (phase, now, position) => {
    expect(phasePosition(AGENDA, phase, now)).toBe(position)
  })

  it('lies after another where the agenda goes through it later', () => {
    const points = agendaPoints(AGENDA)
    for (const [at, one] of points.entries())
      for (const [than, other] of points.entries()) {
        expect(isAfter(AGENDA, one, other)).toBe(at > than)
        expect(samePoint(one, other)).toBe(at === than)
      }
    expect(isAfter(AGENDA, point('gaps', 'g2'), point('ideal', 'none'))).toBe(false)
    expect(isAfter(AGENDA, point('ideal', 'none'), point('gaps', 'g1'))).toBe(false)
  })
})
