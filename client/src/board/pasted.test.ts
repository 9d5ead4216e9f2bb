import { describe, expect, it } from 'vitest'
import { judgePaste, noteLines } from './pasted.ts'

describe('judgePaste', () => {
  it('takes one line as it is', () => {
    expect(judgePaste('Docs before tickets')).toEqual({ kind: 'text', text: 'Docs before tickets' })
  })

  it('asks about several lines, and passes over empty ones', () => {
    const whole = '- one\n\n* two\r\n3. three\n- [ ] four\n• five'
    expect(judgePaste(whole)).toEqual({ kind: 'lines', whole, lines: ['one', 'two', 'three', 'four', 'five'] })
  })

  it('offers several lines as notes even where they are too long for one', () => {
    const whole = `${'a'.repeat(1500)}\n${'b'.repeat(1500)}`
    expect(judgePaste(whole).kind).toBe('lines')
  })

  it.each(['x'.repeat(2001), `short\n${'x'.repeat(2001)}`])(
    'refuses what no note can hold, and says how much it is',
    (whole) => {
      const pasted = judgePaste(whole)
      expect(pasted.kind === 'refused' && pasted.reason).toContain('2,001')
    },
  )

  it('takes exactly as much as a note holds', () => {
    expect(judgePaste('x'.repeat(2000)).kind).toBe('text')
  })
})

describe('noteLines', () => {
  it('leaves a dash inside of a line, and a number that starts a sentence', () => {
    expect(noteLines('on-call – at night\n3 teams wait')).toEqual(['on-call – at night', '3 teams wait'])
  })
})
