import { boardEntry, readNote } from '@quintet/shared/board'
import { ruleFor } from '@quintet/shared/paths'
import { isPhaseId } from '@quintet/shared/phases'
import { type BoardAct, may, mayStill, type Subject } from '@quintet/shared/rules'
import type { StageView } from '@quintet/shared/stage'
import * as Y from 'yjs'
import { Line } from '../room/line.ts'

/** What the one table says of the edits of a board, as each of them arrived at the server. */
export interface Judged {
  /** Acts that were allowed as the stage stood. */
  allowed: number
  /** Acts that were allowed because the step had just ended. */
  late: number
  /** Acts that were not. */
  readonly refused: string[]
}

/**
 * Holds everything that people do to a room's board against the rules, at the moment at which it is applied. The
 * server's own hand is not judged.
 * @param now ms since the epoch, by the server's clock.
 */
export function judgeBoard(board: Y.Doc, stage: () => StageView, now: () => number): Judged {
  const judged: Judged = { allowed: 0, late: 0, refused: [] }
  board.on('afterTransaction', (transaction: Y.Transaction) => {
    if (!(transaction.origin instanceof Line)) return
    const { actor } = transaction.origin
    for (const { act, subject, path } of actsOf(board, transaction)) {
      if (may(act, actor, stage(), subject).allowed) judged.allowed++
      else if (mayStill(act, actor, stage(), subject, now()).allowed) judged.late++
      else judged.refused.push(`${actor.person} may not ${act} at ${path.join('/')} in ${stage().at.step}`)
    }
  })
  return judged
}

interface Act {
  readonly act: BoardAct
  readonly subject: Subject
  readonly path: readonly string[]
}

/** The acts that a transaction consists of. What comes with a new entry is part of its adding. */
function actsOf(board: Y.Doc, { changed }: Y.Transaction): readonly Act[] {
  const paths = [...changed].flatMap(([type, keys]) => {
    const path = pathOf(board, type)
    return type instanceof Y.Text ? [path] : [...keys].map((key) => [...path, String(key)])
  })
  const added = new Set(paths.filter(({ length }) => length === 2).map((path) => path.join('/')))
  return paths.flatMap((path) => {
    if (path.length > 2 && added.has(path.slice(0, 2).join('/'))) return []
    const rule = ruleFor('board', path)
    const act = path.length === 2 ? rule?.create : rule?.change
    if (act === 'with') return []
    if (!act || act === 'own') throw new Error(`No rule lets anybody write at ${path.join('/')}.`)
    return [{ act, subject: subjectOf(board, path), path }]
  })
}

// biome-ignore lint/suspicious/noExplicitAny: Yjs says so of the types that a transaction changed.
function pathOf(board: Y.Doc, type: Y.AbstractType<any>): readonly string[] {
  const { _item: item } = type
  if (item) return [...pathOf(board, item.parent as Y.AbstractType<unknown>), String(item.parentSub)]
  const root = [...board.share].find(([, each]) => each === type)
  return [root?.[0] ?? '']
}

function subjectOf(board: Y.Doc, [root = '', id = '']: readonly string[]): Subject {
  if (root === 'plan') return { phase: 'actions', author: null }
  const note = readNote(id, boardEntry(board, 'notes', id))
  if (note) return note
  const phase = boardEntry(board, 'groups', id)?.get('phase')
  if (!isPhaseId(phase)) throw new Error(`Nothing stands at ${root}/${id}.`)
  return { phase, author: null }
}
