import { OPEN_AGENDA } from '@quintet/shared/agenda'
import type { PersonId, StepId } from '@quintet/shared/ids'
import { expect, test } from 'vitest'
import { railKnots } from './rail.ts'

const knots = (phase: 'principles' | 'gaps' | 'owners') =>
  railKnots({ agenda: OPEN_AGENDA, at: { phase, step: `${phase}-1` as StepId }, locks: {} })

test.each([
  ['principles', ['now', 'ahead', 'ahead', 'ahead', 'ahead'], 1],
  ['gaps', ['past', 'past', 'now', 'ahead', 'ahead'], 3],
  ['owners', ['past', 'past', 'past', 'past', 'now'], 5],
] as const)('in %s the thread has reached it and what lies before', (phase, positions, threaded) => {
  expect(knots(phase).map((knot) => knot.position)).toEqual(positions)
  expect(knots(phase).filter((knot) => knot.threaded)).toHaveLength(threaded)
})

test('a phase that the agenda leaves out has no knot', () => {
  const agenda = { phases: OPEN_AGENDA.phases.slice(2) }
  const at = { phase: 'gaps', step: 'gaps-1' as StepId } as const
  expect(railKnots({ agenda, at, locks: {} }).map((knot) => knot.phase)).toEqual(['gaps', 'actions', 'owners'])
})

test('a locked phase is told apart, wherever the group is', () => {
  const locks = { principles: { by: 'maren' as PersonId, at: 1 } }
  const locked = railKnots({ agenda: OPEN_AGENDA, at: { phase: 'gaps', step: 'gaps-1' as StepId }, locks })
    .filter((knot) => knot.locked)
    .map((knot) => knot.phase)
  expect(locked).toEqual(['principles'])
})
