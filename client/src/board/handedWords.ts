import type { PersonId } from '@quintet/shared/ids'
import { isId } from '@quintet/shared/ids'
import { GRACE } from '@quintet/shared/moves'
import type { Asked } from '@quintet/shared/notebook'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import type { Lock, StageView } from '@quintet/shared/stage'
import type { ChangePiece, GroupPiece, Piece } from '../session/pieces.ts'
import type { Kept } from '../session/tray.ts'
import { momentWords } from '../ui/momentWords.ts'
import type { PieceVerdict } from './useVerdicts.ts'
import { capital, counted, named, withArticle } from './words.ts'

/** What the tray says, in words. */

/** What the words of pieces need to know of the workshop. */
export interface Naming {
  readonly nameOf: (person: PersonId) => string
  /** The words of a note or group; empty where there is none. */
  readonly wordsOf: (id: string) => string
  /** The browser's unless told. */
  readonly locale?: string
}

/** What is left once the words of actions were added, and what was planned for them was not. */
export function planTitle(count: number): string {
  return `The plan of ${counted(count, 'action', 'actions')} could not be added`
}

/** The title: how many of what. @param added whether all of it was added in the end. */
export function trayTitle(pieces: readonly Piece[], added = false): string {
  const of = (...kinds: readonly Piece['is'][]) => pieces.filter(({ is }) => kinds.includes(is)).length
  const [notes, changes] = [of('note', 'draft'), of('words', 'change', 'group')]
  const dots = pieces.reduce((sum, piece) => sum + (piece.is === 'dots' ? piece.slots.length : 0), 0)
  const parts = [
    notes > 0 ? counted(notes, 'note', 'notes') : '',
    changes > 0 ? counted(changes, 'change', 'changes') : '',
    dots > 0 ? counted(dots, 'dot', 'dots') : '',
  ].filter((part) => part !== '')
  const what = together(parts)
  if (added) return `${what} ${pieces.length === 1 ? 'was' : 'were'} added`
  if (changes === 0 && dots === 0) return `${what} could not be added`
  if (changes === 0 && notes === 0) return `${what} ${dots === 1 ? 'was' : 'were'} not counted`
  return `${what} could not be saved`
}

/** How many of some that are there, two at least: "both", "all", "3". */
export function allOf(count: number, there: number): string {
  if (count < there) return String(count)
  return count === 2 ? 'both' : 'all'
}

/** What the reason has to know of a piece. */
export interface Reasoned extends Pick<Kept, 'piece' | 'handedAt' | 'why'> {
  readonly verdict: PieceVerdict | undefined
  /** What became of the request to add it. */
  readonly answer?: Asked | undefined
}

/**
 * Why there is something in the tray: who locked which phase and when, or what stands in the way.
 * @param waiting what was not added in the end. @param now ms since the epoch.
 */
export function trayReason(
  waiting: readonly Reasoned[],
  stage: Pick<StageView, 'locks'>,
  now: number,
  naming: Naming,
): string {
  if (waiting.length === 0) return 'A facilitator accepted what you asked for.'
  if (waiting.every(({ answer }) => answer === 'added'))
    return 'A facilitator accepted the words. What you planned is here, for you alone: copy it, and write it in the plan.'
  const why = whyHere(waiting, stage, now, naming)
  const [it, are] = waiting.length === 1 ? ['it', 'is'] : ['they', 'are']
  // What the server says of a refusal says so already.
  const safe = why.includes('Nothing is lost') ? capital(it) : `Nothing is lost: ${it}`
  return `${why} ${safe} ${are} here, for you alone.`
}

function whyHere(waiting: readonly Reasoned[], { locks }: Pick<StageView, 'locks'>, now: number, naming: Naming) {
  const locked = [...new Set(waiting.map(({ piece }) => phaseOf(piece)))].flatMap((phase) => {
    const lock = phase && locks[phase]
    return phase && lock ? [{ phase, lock }] : []
  })
  if (locked.length > 0) {
    const each = locked.map(({ phase, lock }) => lockWords(naming.nameOf(lock.by), phase, lock, now, naming.locale))
    return `${together(each)}${wasAway(waiting, locked) ? ', while you were offline' : ''}.`
  }
  const reasons = new Set(waiting.flatMap(({ verdict }) => (verdict?.is === 'impossible' ? verdict.reason : [])))
  const [reason] = reasons
  if (reasons.size > 1) return 'The workshop has gone on since.'
  if (reason !== undefined) return reason
  const why = waiting.find((each) => each.why !== null)?.why
  return why ?? `${waiting.length === 1 ? 'It' : 'They'} can be put back now.`
}

function lockWords(name: string, phase: PhaseId, { at }: Lock, now: number, locale?: string): string {
  return `${name} locked ${PHASES[phase].name} at ${momentWords(at, now, locale)}`
}

/**
 * Whether something was handed back longer after the lock than what was on its way then is still taken: whoever is there
 * hears of a lock at once, so its author was not.
 */
function wasAway(kept: readonly Reasoned[], locked: readonly { readonly phase: PhaseId; readonly lock: Lock }[]) {
  return kept.some(({ piece, handedAt }) =>
    locked.some(({ phase, lock }) => phase === phaseOf(piece) && handedAt - lock.at > GRACE),
  )
}

/** The phase that a piece belongs to; undefined for dots, which are of a round. */
export function phaseOf(piece: Piece): PhaseId | undefined {
  switch (piece.is) {
    case 'note':
      return piece.note.phase
    case 'draft':
      return piece.draft.phase
    case 'group':
      return piece.group.phase
    case 'words':
    case 'change':
      return piece.phase
    case 'dots':
      return undefined
  }
}

/** A piece as it is shown: what it is, where that is not plain, and its words. */
export function pieceWords(piece: Piece, naming: Naming): { readonly kind: string | null; readonly text: string } {
  switch (piece.is) {
    case 'note':
      return { kind: null, text: piece.note.text }
    case 'draft':
      return { kind: 'Draft', text: piece.draft.text }
    case 'group':
      return { kind: null, text: groupWords(piece) }
    case 'words':
      return { kind: textKind(piece.target, piece.phase, naming), text: piece.mine }
    case 'change':
      return { kind: null, text: changeWords(piece, naming) }
    case 'dots': {
      const on = [...new Set(piece.slots.map(({ mine, theirs }) => naming.wordsOf(mine ?? theirs ?? '')))]
      const what = `${counted(piece.slots.length, 'dot', 'dots')} on ${together(on.map(named))}`
      return { kind: null, text: `${what} came after the vote had closed` }
    }
  }
}

/** What was planned with a new action, a line each; none where nothing was. */
export function planLines(piece: Piece, { nameOf, locale }: Naming): readonly string[] {
  const plan = piece.is === 'note' || piece.is === 'group' ? piece.plan : null
  if (!plan) return []
  const { firstStep, measure, owner, due, status } = plan
  const lines = [
    firstStep.trim() && `First step: ${firstStep}`,
    measure.trim() && `Measure: ${measure}`,
    owner && capital(ownerWords(owner, nameOf)),
    due !== null && `Due ${dayWords(due, locale)}`,
    status !== 'open' && capital(status),
  ]
  return lines.filter((line): line is string => typeof line === 'string' && line !== '')
}

/** Everything that a piece says, to be copied. */
export function wholeWords(piece: Piece, naming: Naming): string {
  return [pieceWords(piece, naming).text, ...planLines(piece, naming)].join('\n')
}

function groupWords({ group: { name, phase }, notes }: GroupPiece): string {
  const { one, many } = PHASES[phase]
  return `Group ${name.trim() === '' ? 'without a name' : named(name)} of ${counted(notes.length, one, many)}`
}

function textKind(
  target: { readonly of: string; readonly id: string; readonly field?: string },
  phase: PhaseId,
  naming: Naming,
): string {
  switch (target.of) {
    case 'group':
      return 'Name of a group'
    case 'plan':
      return `${target.field === 'measure' ? 'Measure' : 'First step'} of ${named(naming.wordsOf(target.id))}`
    case 'draft':
      return 'Words of a draft'
    default:
      return `Words of ${withArticle(PHASES[phase].one)}`
  }
}

function changeWords({ root, field, mine, words }: ChangePiece, { nameOf, wordsOf, locale }: Naming): string {
  const it = named(words)
  switch (field) {
    case 'place':
    case 'order':
      return `${it} moved`
    case 'under':
      return mine === null ? `${it} taken off the thread` : `${it} hung under ${named(wordsOf(String(mine)))}`
    case 'into':
      return mine === null ? `${it} split off again` : `${it} merged into ${named(wordsOf(String(mine)))}`
    case 'owner':
      return `${it}: ${ownerWords(mine, nameOf)}`
    case 'due':
      return mine === null ? `${it}: no due date` : `${it}: due ${dayWords(String(mine), locale)}`
    case 'status':
      return `${it}: ${String(mine)}`
    case 'ready':
      return `${it}: ${mine === true ? 'finished' : 'being written again'}`
    default:
      if (root === 'groups') return mine === true ? `${it} split` : `${it} grouped again`
      return mine === true ? `${it} removed` : `${it} brought back`
  }
}

function ownerWords(owner: unknown, nameOf: Naming['nameOf']): string {
  if (typeof owner !== 'object' || owner === null) return 'no owner'
  if ('person' in owner && isId(owner.person)) return `owned by ${nameOf(owner.person as PersonId)}`
  return 'name' in owner ? `owned by ${String(owner.name)}` : 'no owner'
}

function dayWords(day: string, locale?: string): string {
  return new Date(`${day}T00:00:00`).toLocaleDateString(locale, { day: 'numeric', month: 'short' })
}

/** Parts of a sentence: "a", "a and b", "a, b and c". */
function together(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
