import { REFUSAL_CODES } from '@quintet/shared/protocol'
import { describe, expect, it } from 'vitest'
import { isImpossible, refusalOf } from './refusals.ts'

describe('refusals', () => {
  it.each(REFUSAL_CODES)('%s says what happened, what is safe and, where there is something, what to do', (code) => {
    const { message } = refusalOf({ code, path: '', reason: undefined })
    expect(message).toMatch(/^[A-Z].*\. .*(Nothing is lost|What was saved is safe).*\.$/)
    expect(message).not.toMatch(/[!]|please|oops/i)
  })

  it('tell the rule’s own reason', () => {
    const refusal = refusalOf({ code: 'forbidden', path: 'notes/n1/text', reason: 'Gaps is locked.' })
    expect(refusal).toEqual({
      code: 'forbidden',
      path: 'notes/n1/text',
      message: 'Gaps is locked. Nothing is lost: what you wrote is handed back to you.',
    })
  })

  it('tell no more of a path than a line', () => {
    expect(refusalOf({ code: 'unknown-path', path: 'x'.repeat(1000), reason: undefined }).path.length).toBeLessThan(300)
  })

  it('are impossible where no client of ours can cause them', () => {
    expect(REFUSAL_CODES.filter(isImpossible)).toEqual([
      'malformed',
      'foreign-client',
      'pre-delete',
      'unknown-root',
      'unknown-path',
      'wrong-kind',
      'bad-parent',
      'bad-origin',
    ])
  })
})
