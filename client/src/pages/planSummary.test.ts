import type { ActionStatus } from '@quintet/shared/board'
import { expect, test } from 'vitest'
import { isLate, planNumbers, summaryWords } from './planSummary.ts'

const NOW = new Date(2026, 11, 20, 9).getTime()
const plan = (status: ActionStatus, due: string | null) => ({ status, due })

test.each([
  [plan('open', '2026-12-19'), true],
  [plan('doing', '2026-12-19'), true],
  [plan('open', '2026-12-20'), false],
  [plan('done', '2026-12-01'), false],
  [plan('dropped', '2026-12-01'), false],
  [plan('open', null), false],
])('%o is late: %s', (each, late) => {
  expect(isLate(each, NOW)).toBe(late)
})

test('the plan in numbers and in words', () => {
  const numbers = planNumbers(
    [plan('done', '2026-12-01'), plan('done', null), plan('doing', '2026-12-18'), plan('open', '2027-01-11')],
    NOW,
  )
  expect(numbers).toEqual({ counts: { done: 2, doing: 1, open: 1, dropped: 0 }, late: 1 })
  expect(summaryWords(numbers)).toBe('2 done, 1 doing, 1 open')
})
