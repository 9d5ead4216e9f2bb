import { matchesKey, type Rule } from '@quintet/shared/paths'

/** One step of a path in the rules of a document. */
export interface Step {
  /** What stands there; undefined for a root. */
  readonly rule: Rule | undefined
  readonly is: Rule['is']
  /** The step that a key leads to; undefined where nothing may stand. */
  next(key: string): Step | undefined
  /** Keys without which a new entry is not whole: all that come only with it. */
  readonly required: readonly string[]
  /** Keys that the server alone writes. */
  readonly kept: readonly string[]
}

/** Names that are in the rules as they are; the other keys are patterns. */
const isName = (pattern: string) => !pattern.startsWith(':')

/**
 * The rules of a document as a tree, so that finding one costs the length of its path.
 * @throws if names and patterns stand side by side, which would make the order of the rules matter.
 */
export function treeOf(rules: readonly Rule[]): Step {
  return grow(rules, 0, undefined)
}

function grow(rules: readonly Rule[], depth: number, rule: Rule | undefined): Step {
  const patterns = [...new Set(rules.flatMap(({ path }) => path[depth] ?? []))]
  const steps = new Map(patterns.map((pattern) => [pattern, branch(rules, depth, pattern)] as const))
  const [open] = patterns.filter((pattern) => !isName(pattern))
  if (open !== undefined && patterns.length > 1) throw new Error(`Rules beside ${open} would hold by their order.`)
  const beneath = open === undefined ? undefined : steps.get(open)
  const named = (create: Rule['create']) =>
    patterns.filter((pattern) => isName(pattern) && steps.get(pattern)?.rule?.create === create)
  return {
    rule,
    is: rule?.is ?? 'map',
    next: (key) => (open === undefined ? steps.get(key) : matchesKey(open, key) ? beneath : undefined),
    required: named('with'),
    // A root has no rule of its own, and is no entry.
    kept: rule === undefined ? [] : named(null),
  }
}

function branch(rules: readonly Rule[], depth: number, pattern: string): Step {
  const within = rules.filter(({ path }) => path[depth] === pattern)
  return grow(
    within,
    depth + 1,
    within.find(({ path }) => path.length === depth + 1),
  )
}
