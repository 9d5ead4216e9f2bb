import { ACTION_STATUSES, isDay } from './board.ts'
import { isId } from './ids.ts'
import { LIMITS } from './limits.ts'
import { isPhaseId } from './phases.ts'
import type { DocumentName } from './protocol.ts'
import type { BoardAct } from './rules.ts'

/**
 * What may stand at which path of the documents that people write, and by which act it comes and changes. The first
 * rule that a path matches holds, and what no rule names is refused. Nothing is ever deleted from a map: a flag says
 * that something is removed. Who may do an act, and when, is in `rules.ts`.
 *
 * - [R1…R6] notes of the board; [R7…R9] the plan; [R10…R13] groups.
 * - [N1…N7] drafts of a notebook; what became of one [N7] is the server's word alone. [N8][N9] ballots.
 * - [D1][D2] facilitators' notes to the steps, on the desk; everything else there is the server's word alone.
 */
export interface Rule {
  readonly id: string
  /** Keys from the root; `:id` stands for any id, `:slot` for a dot that some budget has. */
  readonly path: readonly [root: string, ':id', ...string[]]
  readonly is: 'map' | 'value' | 'text'
  /** Whether a plain value is of the shape and within the limits. */
  readonly value?: (value: unknown) => boolean
  /** Whether a value is a time that must be one of the workshop's, see `isTimely`. */
  readonly timely?: true
  /** Longest text after merging, UTF-16 units. */
  readonly most?: number
  /** The act that creates it; null where only the server does. */
  readonly create: RuleAct | 'with' | null
  /** The act that replaces a value or writes in a text; null where only the server does, or nobody. */
  readonly change: RuleAct | null
}

/**
 * What a rule asks for: an act on the board, or that the document is one's own, which no step takes away [P13].
 * `with` beside them is for what only comes with its entry, and for a plan with the note or group of its id.
 */
export type RuleAct = BoardAct | 'own'

const isIdOrNull = (value: unknown) => value === null || isId(value)
const isFlag = (value: unknown) => typeof value === 'boolean'
const isOrder = (value: unknown) => typeof value === 'string' && value.length <= LIMITS.orderKey
const isPlace = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && isIdOrNull(value[0]) && isOrder(value[1])
const isStatus = (value: unknown) => ACTION_STATUSES.some((status) => status === value)
const isOwner = (value: unknown) => {
  if (value === null) return true
  if (typeof value !== 'object' || Object.keys(value).length !== 1) return false
  if ('person' in value) return isId(value.person)
  return (
    'name' in value && typeof value.name === 'string' && value.name.length <= LIMITS.name && value.name.trim() !== ''
  )
}

type Path = Rule['path']

/** An entry by itself. */
const entry = (id: string, path: Path, create: Rule['create'], change: RuleAct | null = null): Rule => ({
  id,
  path,
  is: 'map',
  create,
  change,
})

/** A plain value that comes with its entry. */
const value = (id: string, path: Path, valid: (value: unknown) => boolean, change: RuleAct | null): Rule => ({
  id,
  path,
  is: 'value',
  value: valid,
  create: 'with',
  change,
})

/** A text that comes with its entry. */
const text = (id: string, path: Path, most: number, change: RuleAct): Rule => ({
  id,
  path,
  is: 'text',
  most,
  create: 'with',
  change,
})

/** The board's paths. */
export const BOARD_RULES: readonly Rule[] = [
  entry('R1', ['notes', ':id'], 'add'),
  value('R2', ['notes', ':id', 'phase'], isPhaseId, null),
  value('R2', ['notes', ':id', 'author'], isIdOrNull, null),
  { ...value('R2', ['notes', ':id', 'at'], Number.isSafeInteger, null), timely: true },
  text('R3', ['notes', ':id', 'text'], LIMITS.noteMerged, 'write'),
  value('R4', ['notes', ':id', 'place'], isPlace, 'place'),
  value('R5', ['notes', ':id', 'under'], isIdOrNull, 'hang'),
  value('R6', ['notes', ':id', 'removed'], isFlag, 'remove'),
  entry('R7', ['plan', ':id'], 'with'),
  value('R8', ['plan', ':id', 'owner'], isOwner, 'plan'),
  value('R8', ['plan', ':id', 'due'], (due) => due === null || isDay(due), 'plan'),
  value('R8', ['plan', ':id', 'status'], isStatus, 'plan'),
  text('R9', ['plan', ':id', 'firstStep'], LIMITS.planFieldMerged, 'plan'),
  text('R9', ['plan', ':id', 'measure'], LIMITS.planFieldMerged, 'plan'),
  entry('R10', ['groups', ':id'], 'place'),
  value('R11', ['groups', ':id', 'phase'], isPhaseId, null),
  text('R12', ['groups', ':id', 'name'], LIMITS.groupNameMerged, 'place'),
  value('R13', ['groups', ':id', 'order'], isOrder, 'place'),
  value('R13', ['groups', ':id', 'into'], isIdOrNull, 'place'),
  value('R13', ['groups', ':id', 'removed'], isFlag, 'place'),
]

/** A notebook's paths. Whose it is decides the socket: it opens one's own alone. */
export const NOTEBOOK_RULES: readonly Rule[] = [
  // Two tabs of one person may carry on the same shared draft at the same moment, under the same name.
  entry('N1', ['drafts', ':id'], 'own', 'own'),
  value('N2', ['drafts', ':id', 'phase'], isPhaseId, null),
  value('N2', ['drafts', ':id', 'author'], isIdOrNull, null),
  value('N2', ['drafts', ':id', 'at'], Number.isSafeInteger, null),
  text('N3', ['drafts', ':id', 'text'], LIMITS.noteMerged, 'own'),
  value('N4', ['drafts', ':id', 'place'], isPlace, null),
  value('N5', ['drafts', ':id', 'under'], isIdOrNull, 'own'),
  value('N6', ['drafts', ':id', 'removed'], isFlag, 'own'),
  value('N6', ['drafts', ':id', 'ready'], isFlag, 'own'),
  { ...value('N7', ['drafts', ':id', 'became'], isId, null), create: null },
  // Two tabs of one person may begin a ballot at the same moment, and then one of them replaces the other's.
  entry('N8', ['ballots', ':id'], 'own', 'own'),
  { ...value('N9', ['ballots', ':id', ':slot'], isIdOrNull, 'own'), create: 'own' },
]

/** The desk's paths. That its reader is a facilitator decides the socket. */
export const DESK_RULES: readonly Rule[] = [
  // Two facilitators may begin a note to one step at the same moment, and then one of them replaces the other's.
  entry('D1', ['scripts', ':id'], 'own', 'own'),
  text('D2', ['scripts', ':id', 'text'], LIMITS.noteMerged, 'own'),
]

const RULES: Readonly<Record<DocumentName, readonly Rule[]>> = {
  stage: [],
  board: BOARD_RULES,
  notebook: NOTEBOOK_RULES,
  desk: DESK_RULES,
}

/** The rules of a document, in the order in which they hold. */
export function rulesOf(document: DocumentName): readonly Rule[] {
  return RULES[document]
}

const MOST_ENTRIES: Readonly<Record<string, number>> = {
  notes: LIMITS.notesPerWorkshop,
  groups: LIMITS.groupsPerWorkshop,
  plan: LIMITS.plansPerWorkshop,
  drafts: LIMITS.draftsPerPerson,
  ballots: LIMITS.ballotsPerPerson,
  scripts: LIMITS.scriptsPerWorkshop,
}

/** How many entries a root that people write in holds at most, removed ones included. */
export function mostEntries(root: string): number {
  return MOST_ENTRIES[root] ?? 0
}

const OTHER_IDS: Readonly<Record<string, string>> = { notes: 'groups', groups: 'notes' }

/**
 * The root whose entries never have the id of an entry of this one; undefined where there is none. Marks, links, dots
 * and plans name a note or group by its id alone: a group under a kept note's id would be kept as well.
 */
export function rootOfOtherIds(root: string): string | undefined {
  return OTHER_IDS[root]
}

const SLOTS: ReadonlySet<string> = new Set(Array.from({ length: LIMITS.budget }, (_, slot) => String(slot)))

/** Whether a key may stand where a rule's path has this pattern. */
export function matchesKey(pattern: string, key: string | undefined): boolean {
  if (pattern === ':id') return isId(key)
  if (pattern === ':slot') return key !== undefined && SLOTS.has(key)
  return pattern === key
}

/** The first rule of a document that a path matches; undefined where nobody but the server may write. */
export function ruleFor(document: DocumentName, path: readonly string[]): Rule | undefined {
  return RULES[document].find(
    (rule) => rule.path.length === path.length && rule.path.every((key, at) => matchesKey(key, path[at])),
  )
}
