import { ID_BYTES, type NoteId, spell } from '@quintet/shared/ids'
import type { Refusal, RefusalCode } from '@quintet/shared/protocol'
import { type Actor, isTimely } from '@quintet/shared/rules'
import { readStage, type StageView } from '@quintet/shared/stage'
import type { HandBack, HandedBack } from './handBack.ts'
import { findHandedBack } from './handedBack.ts'
import type { Piece } from './pieces.ts'
import { mayPutBack, putBack, stands, type Targets } from './putBack.ts'
import { keep } from './tray.ts'

/** Refusals of what the rules allow: what the rules say of it now is no answer to them. */
const SAYS_MORE: ReadonlySet<RefusalCode> = new Set(['invalid', 'too-big', 'too-costly', 'fault'])

/** What was put back by itself since the page was opened: what comes back once more is left to its author. */
const triedAlready = new Set<string>()

/** Puts back what is allowed now and untouched by others, keeps the rest in the tray, and says whether that is durable. */
export const takeBack: HandBack = (handed) => {
  const { document, workshop, person, refusal } = handed
  // No field writes the desk: facilitators only read it.
  if (document === 'desk') return Promise.resolve()
  const now = Date.now()
  const stage = readStage(handed.stage)
  const found = findHandedBack({ ...handed, document, person: person.id, now }).map((piece) =>
    stage ? dated(piece, stage, handed.now ?? now) : piece,
  )
  const left = found.filter((piece) => !stage || !settle(piece, handed, stage))
  const owner = { workshop, person: person.id }
  const why = refusal && SAYS_MORE.has(refusal.code) ? refusal.message : null
  const isLasting = keep(
    owner,
    left.map((piece) => ({ piece, handedAt: now, why, asked: null })),
  )
  if (isLasting) return Promise.resolve()
  return Promise.reject(new Error('The browser stores nothing more: what was handed back is in this tab alone.'))
}

/** Puts a piece back if that may be done unasked. @returns whether nothing of it is left to do. */
function settle(piece: Piece, handed: HandedBack, stage: StageView): boolean {
  const { theirs, refusal, again } = handed
  const targets = targetsOf(handed)
  if (stands(piece, targets, stage)) return true
  if (again || piece.touched || piece.elsewhere || triedAlready.has(piece.key) || (refusal && isFault(piece, refusal)))
    return false
  const person = handed.person.id
  // One's role may be another since one came in.
  const actor: Actor = { person, role: stage.people.get(person)?.role ?? handed.person.role }
  if (!mayPutBack(piece, actor, stage, targets).allowed) return false
  triedAlready.add(piece.key)
  return putBack(piece, freshId)(theirs) !== null
}

/** A clock that was wrong dates a note as the server takes from nobody: then it is of now. @param now the server's. */
function dated(piece: Piece, stage: StageView, now: number): Piece {
  if (piece.is !== 'note' || isTimely(piece.note.at, stage, now)) return piece
  return { ...piece, at: now, note: { ...piece.note, at: now } }
}

function targetsOf({ document, theirs, mine }: HandedBack): Targets {
  return document === 'board' ? { board: theirs, notebook: undefined } : { board: mine, notebook: theirs }
}

/** Whether a refusal names a piece as what cannot be, whatever the step: to write it again would be refused again. */
function isFault(piece: Piece, { code, path }: Refusal): boolean {
  if (code === 'forbidden' || path === '') return false
  const [place = ''] = piece.key.split(' ')
  // It has another time now.
  if (piece.is === 'note' && path === `${place}/at`) return false
  return path === place || path.startsWith(`${place}/`)
}

const freshId = () => spell(crypto.getRandomValues(new Uint8Array(ID_BYTES))) as NoteId
