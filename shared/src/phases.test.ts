import { describe, expect, it } from 'vitest'
import { isPhaseId, PHASE_IDS, PHASES, STEP_KINDS, STEPS } from './phases.ts'

describe('the phases', () => {
  it('form the golden thread: principle, ideal state, gap, action', () => {
    expect(PHASE_IDS.map((phase) => PHASES[phase].under)).toEqual([null, 'principles', 'ideal', 'gaps', null])
  })

  it('are told from anything else', () => {
    for (const phase of PHASE_IDS) expect(isPhaseId(phase)).toBe(true)
    for (const value of ['', 'Gaps', 'toString', 0, null, undefined, ['gaps']]) expect(isPhaseId(value)).toBe(false)
  })
})

describe('the step table', () => {
  it.each([
    // kind, new notes, own words, others' words, place, thread, ballots
    ['open', 'wall', true, true, true, true, false],
    ['write', 'drafts', false, false, false, 'drafts', false],
    ['share', 'late', true, false, false, false, false],
    ['group', null, true, false, true, true, false],
    ['vote', null, false, false, false, false, true],
    ['decide', 'wall', true, true, true, true, false],
    ['owners', 'wall', true, true, true, true, false],
  ] as const)('says what %s makes possible', (kind, newNotes, ownWords, othersWords, place, thread, ballots) => {
    expect(STEPS[kind].may).toEqual({ newNotes, ownWords, othersWords, place, thread, ballots })
  })

  it('knows every kind of step', () => {
    expect(new Set(Object.keys(STEPS))).toEqual(new Set(STEP_KINDS))
  })
})
