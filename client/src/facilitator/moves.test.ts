import { type Agenda, OPEN_AGENDA } from '@quintet/shared/agenda'
import type { StepId } from '@quintet/shared/ids'
import { expect, test } from 'vitest'
import { moveTo, neighbour } from './moves.ts'

const step = (id: string) => id as StepId

const RHYTHM: Agenda = {
  phases: [
    {
      phase: 'gaps',
      steps: [
        { id: step('g1'), kind: 'write', duration: 1 },
        { id: step('g2'), kind: 'share', duration: 1 },
      ],
    },
    { phase: 'owners', steps: [{ id: step('o1'), kind: 'owners', duration: 1 }] },
  ],
}

test('next names the phase where it leads into another, and the step within one', () => {
  const at = { phase: 'gaps', step: step('g1') } as const
  expect(neighbour({ agenda: RHYTHM, at }, 1)).toEqual({ to: { phase: 'gaps', step: 'g2' }, name: 'Share' })
  expect(neighbour({ agenda: RHYTHM, at: { ...at, step: step('g2') } }, 1)?.name).toBe('Owners')
  expect(neighbour({ agenda: RHYTHM, at }, -1)).toBeUndefined()
  expect(neighbour({ agenda: RHYTHM, at: { phase: 'owners', step: step('o1') } }, 1)).toBeUndefined()
})

test('a jump goes to where a phase was left, else to its first step', () => {
  const at = { phase: 'owners', step: step('o1') } as const
  expect(moveTo({ agenda: RHYTHM, at, resume: {} }, 'gaps')?.to.step).toBe('g1')
  expect(moveTo({ agenda: RHYTHM, at, resume: { gaps: step('g2') } }, 'gaps')?.to.step).toBe('g2')
  expect(moveTo({ agenda: RHYTHM, at, resume: { gaps: step('gone') } }, 'gaps')?.to.step).toBe('g1')
  expect(moveTo({ agenda: RHYTHM, at, resume: {} }, 'actions')).toBeUndefined()
  expect(moveTo({ agenda: OPEN_AGENDA, at, resume: {} }, 'actions')?.name).toBe('Actions')
})
