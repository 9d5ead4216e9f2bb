import { describe, expect, it } from 'vitest'
import { countStories, countUnit, judge, lastLine } from './reports.ts'

describe('the count of a test run', () => {
  it('counts a stage without a report as one', () => {
    expect(judge(0, null)).toEqual({ passed: 1, failed: 0, skipped: 0 })
    expect(judge(2, null)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('does not believe a good report of a runner that failed', () => {
    expect(judge(1, { passed: 7, failed: 0, skipped: 0 })).toEqual({ passed: 7, failed: 1, skipped: 0 })
    expect(judge(1, { passed: 7, failed: 2, skipped: 0 })).toEqual({ passed: 7, failed: 2, skipped: 0 })
  })

  it('takes a run of no tests for a failure', () => {
    expect(judge(0, { passed: 0, failed: 0, skipped: 3 })).toEqual({ passed: 0, failed: 1, skipped: 3 })
  })

  it('counts a test file that does not load as one that failed', () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [{}] },
    ]
    const report = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: files }
    expect(countUnit(report)).toEqual({ passed: 4, failed: 2, skipped: 3 })
  })

  it('counts an error outside any story', () => {
    const report = { stats: { expected: 3, flaky: 1, unexpected: 1, skipped: 2 }, errors: ['no browser'] }
    expect(countStories(report)).toEqual({ passed: 4, failed: 2, skipped: 2 })
  })

  it('ends in a line that says all', () => {
    expect(lastLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
    expect(lastLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped')
  })
})
