import { expect, it } from 'vitest'
import { MOST_WORK, Work } from './work.ts'

it('work ends at its limit, and not before', () => {
  const work = new Work()
  work.spend(MOST_WORK - 1)
  work.spend(1)
  expect(() => work.spend(1)).toThrow(expect.objectContaining({ code: 'too-costly' }))
})
