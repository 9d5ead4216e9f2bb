import type { PersonId } from '@quintet/shared/ids'
import { isId } from '@quintet/shared/ids'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import type { Lock, StageView } from '@quintet/shared/stage'
import type { ChangePiece, GroupPiece, Piece } from '../session/pieces.ts'
import type { Kept } from '../session/tray.ts'
import { counted, named, withArticle } from './words.ts'

/** What the tray says, in words. */

/** What the words of pieces need to know of the workshop. */
export interface Naming {
  readonly nameOf: (person: PersonId) => string
  /** The words of a note or group; empty where there is none. */
  readonly wordsOf: (id: string) => string
  /** The browser's unless told. */
  readonly locale?: string
}

/** The title: how many of what. */
export function trayTitle(pieces: readonly Piece[]): string {
  const of = (...kinds: readonly Piece['is'][]) => pieces.filter(({ is }) => kinds.includes(is)).length
  const [notes, changes] = [of('note', 'draft'), of('words', 'change', 'group')]
  const dots = pieces.reduce((sum, piece) => sum + (piece.is === 'dots' ? piece.slots.length : 0), 0)
  const parts = [
    notes > 0 ? counted(notes, 'note', 'notes') : '',
    changes > 0 ? counted(changes, 'change', 'changes') : '',
    dots > 0 ? counted(dots, 'dot', 'dots') : '',
  ].filter((part) => part !== '')
  const what = together(parts)
  if (changes === 0 && dots === 0) return `${what} could not be added`
  if (changes === 0 && notes === 0) return `${what} ${dots === 1 ? 'was' : 'were'} not counted`
  return `${what} could not be saved`
}

/** Why there is something in the tray: who locked which phase and when, or what stands in the way. */
export function trayReason(
  kept: readonly Kept[],
  stage: Pick<StageView, 'locks'>,
  verdicts: readonly (string | null)[],
  now: number,
  { nameOf, locale }: Naming,
): string {
  const locked = [...new Set(kept.map(({ piece }) => phaseOf(piece)))].flatMap((phase) => {
    const lock = phase && stage.locks[phase]
    return phase && lock ? [{ phase, lock }] : []
  })
  const safe = `Nothing is lost: ${kept.length === 1 ? 'it is' : 'they are'} here, for you alone.`
  if (locked.length > 0) {
    const each = locked.map(({ phase, lock }) => lockWords(nameOf(lock.by), phase, lock, now, locale))
    return `${together(each)}${wroteLater(kept, locked) ? ', while you were offline' : ''}. ${safe}`
  }
  const ways = verdicts.filter((reason) => reason === null).length
  if (ways === kept.length) return `${kept.length === 1 ? 'It' : 'They'} can be put back now. ${safe}`
  const reason = verdicts.find((each) => each !== null) ?? ''
  return `${reason} ${safe}`
}

function lockWords(name: string, phase: PhaseId, { at }: Lock, now: number, locale?: string): string {
  return `${name} locked ${PHASES[phase].name} at ${momentWords(at, now, locale)}`
}

/** Whether something was written after its phase had been locked: its author could not know. */
function wroteLater(kept: readonly Kept[], locked: readonly { readonly phase: PhaseId; readonly lock: Lock }[]) {
  return kept.some(
    ({ piece }) =>
      piece.is === 'note' && locked.some(({ phase, lock }) => phase === phaseOf(piece) && piece.at > lock.at),
  )
}

/** A moment: its time today, with its day before that. */
export function momentWords(at: number, now: number, locale?: string): string {
  const date = new Date(at)
  const time = date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
  if (date.toDateString() === new Date(now).toDateString()) return time
  return `${date.toLocaleDateString(locale, { day: 'numeric', month: 'short' })}, ${time}`
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
