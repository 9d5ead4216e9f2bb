/** What a stage of a test run came to. */
export interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const NOTHING: Count = { passed: 0, failed: 0, skipped: 0 }

export function add(a: Count, b: Count): Count {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/**
 * The count of a stage that has no report, or whose report tells less than its exit code: a runner that crashed after its last test
 * has failed, and one that ran no test has proved nothing. The number is what the last line of a run is summed from.
 */
export function judge(exit: number, count: Count | null): Count {
  if (count === null) return exit === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 }
  const silent = count.failed === 0 && (exit !== 0 || count.passed === 0)
  return silent ? { ...count, failed: 1 } : count
}

/** Vitest's JSON report. A file that could not be loaded has no tests in it: it counts as one that failed. */
export function countUnit(report: UnitReport): Count {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Playwright's JSON report. A test that passed at a second try has passed; errors outside any test count as one each. */
export function countStories(report: StoriesReport): Count {
  const { expected, flaky, unexpected, skipped } = report.stats
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped }
}

/** The last line of a run: alone on its line, in a form that any runner of runners can read. */
export function lastLine({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** The part of vitest's report that we read. */
export interface UnitReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** The part of Playwright's report that we read. */
export interface StoriesReport {
  readonly stats: {
    readonly expected: number
    readonly flaky: number
    readonly unexpected: number
    readonly skipped: number
  }
  readonly errors: readonly unknown[]
}
