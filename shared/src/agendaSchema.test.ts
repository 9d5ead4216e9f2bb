import { describe, expect, it } from 'vitest'
import { agendaPointSchema, agendaSchema } from './agendaSchema.ts'
import { LIMITS } from './limits.ts'
import type { PhaseId, StepKind } from './phases.ts'

const step = (id: string, kind: StepKind = 'open') => ({ id, kind, duration: 60_000 })
const phase = (name: PhaseId, ...steps: readonly unknown[]) => ({ phase: name, steps })
const many = (count: number) => Array.from({ length: count }, (_, at) => step(`s${at}`))
const OWNERS = phase('owners', step('o', 'owners'))

describe('an agenda from outside', () => {
  it.each([
    ['one phase', [phase('gaps', step('a'))]],
    ['phases left out', [phase('principles', step('a')), phase('actions', step('b')), OWNERS]],
    ['a step repeated under another id', [phase('gaps', step('a', 'write'), step('b', 'write'))]],
    ['the most steps', [phase('gaps', ...many(LIMITS.stepsPerPhase))]],
    ['a day for a step', [phase('gaps', { ...step('a'), duration: LIMITS.timer })]],
    ['budgets', [phase('gaps', { ...step('a', 'vote'), budget: 1 }, { ...step('b', 'vote'), budget: LIMITS.budget })]],
    ['names left out', [{ ...phase('gaps', step('a')), anonymous: true }]],
  ])('may have %s', (_, phases) => {
    expect(agendaSchema.parse({ phases })).toEqual({ phases })
  })

  it.each([
    ['no phases', []],
    ['a phase without steps', [phase('gaps')]],
    ['a phase twice', [phase('gaps', step('a')), phase('gaps', step('b'))]],
    ['phases out of order', [phase('actions', step('a')), phase('gaps', step('b'))]],
    ['an unknown phase', [{ phase: 'retro', steps: [step('a')] }]],
    ['an unknown kind of step', [phase('gaps', { ...step('a'), kind: 'reveal' })]],
    ['a step twice in a phase', [phase('gaps', step('a'), step('a'))]],
    ['a step twice in two phases', [phase('gaps', step('a')), phase('actions', step('a'))]],
    ['an owners step elsewhere', [phase('gaps', step('a', 'owners'))]],
    ['another step in Owners', [phase('owners', step('a'))]],
    ['another step in Owners beside its table', [phase('owners', ...OWNERS.steps, step('a'))]],
    ['too many steps', [phase('gaps', ...many(LIMITS.stepsPerPhase + 1))]],
    ['an id that is none', [phase('gaps', step('a b'))]],
    ['an id that every object knows', [phase('gaps', step('__proto__'))]],
    ['a step of less than no time', [phase('gaps', { ...step('a'), duration: -1 })]],
    ['a step of more than a day', [phase('gaps', { ...step('a'), duration: LIMITS.timer + 1 })]],
    ['a step of half a millisecond', [phase('gaps', { ...step('a'), duration: 0.5 })]],
    ['a step of no length', [phase('gaps', { id: 'a', kind: 'open' })]],
    ['no dots', [phase('gaps', { ...step('a', 'vote'), budget: 0 })]],
    ['too many dots', [phase('gaps', { ...step('a', 'vote'), budget: LIMITS.budget + 1 })]],
    ['half a dot', [phase('gaps', { ...step('a', 'vote'), budget: 1.5 })]],
    ['names that are neither left out nor not', [{ ...phase('gaps', step('a')), anonymous: 'yes' }]],
    ['what is not known in a phase', [{ ...phase('gaps', step('a')), secret: true }]],
    ['what is not known in a step', [phase('gaps', { ...step('a'), title: 'Silence' })]],
  ])('never has %s', (_, phases) => {
    expect(agendaSchema.safeParse({ phases }).success).toBe(false)
  })

  it('is nothing but its phases', () => {
    for (const bad of [null, [], 'rhythm', {}, { phases: {} }, { phases: [phase('gaps', step('a'))], title: 'x' }])
      expect(agendaSchema.safeParse(bad).success).toBe(false)
  })
})

describe('a place in the agenda from outside', () => {
  it('is read only with a known phase and an id', () => {
    expect(agendaPointSchema.parse({ phase: 'gaps', step: 'g1', more: true })).toEqual({ phase: 'gaps', step: 'g1' })
    for (const bad of [null, {}, { phase: 'gaps' }, { phase: 'gap', step: 'g1' }, { phase: 'gaps', step: '' }])
      expect(agendaPointSchema.safeParse(bad).success).toBe(false)
    for (const step of ['__proto__', 'constructor', 'a b', 'x'.repeat(41), 1])
      expect(agendaPointSchema.safeParse({ phase: 'gaps', step }).success).toBe(false)
  })
})
