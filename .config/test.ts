import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { bringBrowser } from './browser.ts'
import {
  add,
  type Count,
  countStories,
  countUnit,
  judge,
  lastLine,
  NOTHING,
  type StoriesReport,
  type UnitReport,
} from './reports.ts'

/**
 * Runs every check of the repository, or those named as arguments (after one name, further arguments go to that stage). One run
 * tells everything: a stage that fails does not keep the next from running, unless the next could not mean anything.
 */
interface Stage {
  /** Its name, and the script of package.json that it runs. */
  readonly script: string
  readonly minutes: number
  readonly prepare?: () => void
  readonly report?: { readonly file: string; readonly count: (text: string) => Count }
  /** What keeps marks for colours out of a log, for a runner that writes them there. */
  readonly plain?: readonly string[]
  /** Counts only when it fails or is asked for: it is there for a stage that needs it. */
  readonly silent?: true
  readonly needs?: string
}

const STAGES: readonly Stage[] = [
  { script: 'types', minutes: 5 },
  { script: 'lint', minutes: 5 },
  {
    script: 'unit',
    minutes: 15,
    plain: ['--no-color'],
    report: { file: '.config/reports/unit.json', count: (text) => countUnit(JSON.parse(text) as UnitReport) },
  },
  { script: 'build', minutes: 5, silent: true },
  {
    script: 'stories',
    minutes: 45,
    needs: 'build',
    prepare: bringBrowser,
    report: { file: '.config/reports/stories.json', count: (text) => countStories(JSON.parse(text) as StoriesReport) },
  },
]

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> }
const words = process.argv.slice(2)
const asked = STAGES.filter((stage) => words.includes(stage.script))
const chosen = STAGES.filter(
  (stage) => asked.length === 0 || asked.some((each) => each === stage || each.needs === stage.script),
)
const extra = words.filter((word) => !STAGES.some((stage) => stage.script === word))
if (extra.length > 0 && asked.length !== 1) {
  console.error(
    `"${extra.join(' ')}" goes to no stage. The stages are ${STAGES.map((stage) => stage.script).join(', ')}.`,
  )
  process.exit(1)
}

let total = NOTHING
const failed = new Set<string>()
const summary: string[] = []
for (const stage of chosen) {
  const start = performance.now()
  console.log(`\n── ${stage.script}`)
  // What an earlier run left would count for this one.
  if (stage.report) rmSync(stage.report.file, { force: true })
  const outcome = stage.needs && failed.has(stage.needs) ? { exit: 1, why: `${stage.needs} failed` } : await run(stage)
  const count = judge(outcome.exit, stage.report ? read(stage.report) : null)
  if (count.failed > 0) failed.add(stage.script)
  const counts = !stage.silent || count.failed > 0 || asked.includes(stage)
  if (counts) total = add(total, count)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const result = count.failed > 0 ? 'FAILED' : 'passed'
  summary.push(
    `${stage.script.padEnd(8)}${result}${seconds.padStart(8)} s   ${outcome.why ?? (counts ? lastLine(count) : '')}`.trimEnd(),
  )
}
console.log(`\n${summary.join('\n')}\n\n${lastLine(total)}`)
process.exitCode = total.failed > 0 ? 1 : 0

interface Outcome {
  readonly exit: number
  /** Why the stage did not come to a report of its own. */
  readonly why?: string
}

/** Runs a stage's script in a process group of its own, and ends whatever is left of that group afterwards. */
async function run(stage: Stage): Promise<Outcome> {
  try {
    stage.prepare?.()
  } catch (error) {
    return { exit: 1, why: error instanceof Error ? error.message : String(error) }
  }
  const env = { ...process.env, PATH: `${resolve('node_modules/.bin')}:${process.env.PATH}` }
  const plain = process.stdout.isTTY ? [] : (stage.plain ?? [])
  // Not through pnpm, which gives each script a process group that we would not know.
  const command = [
    '-c',
    `${scripts[stage.script]} "$@"`,
    stage.script,
    ...plain,
    ...(asked.includes(stage) ? extra : []),
  ]
  const child = spawn('sh', command, { env, stdio: ['ignore', 'inherit', 'inherit'], detached: true })
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, name)
    } catch {
      // Nothing is left of the group.
    }
  }
  let why: string | undefined
  const end = () => {
    why ??= 'stopped'
    signal('SIGTERM')
    // Browsers have groups of their own and end with the runner, which needs a moment for that.
    setTimeout(signal, 5000, 'SIGKILL').unref()
  }
  const late = setTimeout(() => {
    why = `took longer than ${stage.minutes} minutes`
    end()
  }, stage.minutes * 60_000)
  process.once('SIGTERM', end)
  const exit = await new Promise<number>((settle) => {
    child.once('error', () => settle(1))
    child.once('exit', (code) => settle(code ?? 1))
  })
  clearTimeout(late)
  signal('SIGKILL')
  if (why === 'stopped') process.exit(143)
  process.off('SIGTERM', end)
  return why === undefined ? { exit } : { exit: 1, why }
}

/** A report that is not there, or was cut off, has counted nothing. */
function read({ file, count }: NonNullable<Stage['report']>): Count {
  try {
    return count(readFileSync(file, 'utf8'))
  } catch {
    return NOTHING
  }
}
