import { describe, expect, it } from 'vitest'
import {
  type Agenda,
  agendaPointSchema,
  agendaPoints,
  OPEN_AGENDA,
  phasePosition,
  pointAfter,
  stepAt,
} from './agenda.ts'
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

describe('the open agenda', () => {
  it('runs each phase as one open step, Owners as its table, in 1 h 55 min', () => {
    expect(OPEN_AGENDA.phases.map(({ phase }) => phase)).toEqual(PHASE_IDS)
    expect(OPEN_AGENDA.phases.flatMap(({ steps }) => steps.map(({ kind }) => kind))).toEqual([
      ...Array(4).fill('open'),
      'owners',
    ])
    const total = OPEN_AGENDA.phases.flatMap(({ steps }) => steps).reduce((sum, { duration }) => sum + duration, 0)
    expect(total).toBe(115 * 60_000)
  })

  it('tells every step from every other', () => {
    const ids = agendaPoints(OPEN_AGENDA).map((each) => each.step)
    expect(new Set(ids).size).toBe(ids.length)
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

  it('is read from outside only with a known phase and an id', () => {
    expect(agendaPointSchema.parse({ phase: 'gaps', step: 'g1', more: true })).toEqual(point('gaps', 'g1'))
    for (const bad of [null, {}, { phase: 'gaps' }, { phase: 'gap', step: 'g1' }, { phase: 'gaps', step: '' }])
      expect(agendaPointSchema.safeParse(bad).success).toBe(false)
    for (const step of ['__proto__', 'constructor', 'a b', 'x'.repeat(41), 1])
      expect(agendaPointSchema.safeParse({ phase: 'gaps', step }).success).toBe(false)
  })
})
