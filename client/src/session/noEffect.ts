import { type BoardRoot, boardEntry, boardRoot, entryText } from '@quintet/shared/board'
import * as Y from 'yjs'
import { watchDisplaced } from './displacedDots.ts'
import { targetOf } from './entries.ts'
import { readOutcome } from './handedBack.ts'
import { type Observer, observeDeep } from './observeDeep.ts'
import { pieceKey, type WordsPiece } from './pieces.ts'
import type { Session } from './session.ts'
import { itemOf } from './structs.ts'
import { keep } from './tray.ts'
import { watchDots } from './uncountedDots.ts'

/** So long after the last letter somebody is still at it, also where the field is closed already, ms. */
const STILL_WRITING = 10_000

/** What this needs of a session. */
export type Watched = Pick<Session, 'workshop' | 'me' | 'docs' | 'state' | 'unsaved' | 'presence' | 'generation'>

/**
 * Hands back what a person writes and the server takes, but that has no effect any more: words in something that was
 * removed while they were typed or waited for the network, and dots that were placed offline in a vote which had closed,
 * or where another tab of the same person placed others.
 * @param before the ids of what was written before this watches, in this session or in those that it goes on from.
 * @returns ends it.
 */
export function watchNoEffect(session: Watched, before: ReadonlySet<string> = session.unsaved.getState()): () => void {
  let end = watchDocuments(session, before)
  const stop = session.generation.subscribe(() => {
    end()
    end = watchDocuments(session, session.unsaved.getState())
  })
  return () => {
    stop()
    end()
  }
}

function watchDocuments(session: Watched, before: ReadonlySet<string>): () => void {
  const ends = [watchWords(session, before), watchDots(session), watchDisplaced(session)]
  return () => {
    for (const end of ends) end()
  }
}

/** The texts of each root, by what they are part of. */
const TEXTS = { notes: ['text'], groups: ['name'], plan: ['firstStep', 'measure'] } as const
type TextRoot = keyof typeof TEXTS
const ROOTS = ['notes', 'groups', 'plan'] as const satisfies readonly TextRoot[]

interface Written {
  readonly root: TextRoot
  readonly id: string
  readonly field: string
  /** As their author left them. */
  readonly words: string
  /** Ms since the epoch. */
  readonly at: number
}

function watchWords(session: Watched, before: ReadonlySet<string>): () => void {
  const { board } = session.docs
  const written = new Map<string, Written>()
  const write = (root: TextRoot, id: string, field: string, at: number) => {
    const words = entryText(boardEntry(board, root, id), field)?.toString()
    if (words !== undefined) written.set(`${root}/${id}/${field}`, { root, id, field, words, at })
  }
  const isStillWriting = ({ id, at }: Written) =>
    session.unsaved.getState().has(id) ||
    session.presence.getLocalState()?.editing?.id === id ||
    Date.now() - at < STILL_WRITING
  const handBack = (id: string) => {
    for (const [key, each] of written) {
      if (each.id !== id) continue
      if (isStillWriting(each)) keepWords(session, each)
      written.delete(key)
    }
  }
  const forgetOld = () => {
    for (const [key, each] of written) if (!isStillWriting(each)) written.delete(key)
  }
  const local = (root: TextRoot, id: string, field: string) => {
    forgetOld()
    write(root, id, field, Date.now())
    if (isRemoved(board, id)) handBack(id)
  }
  const watch =
    (root: TextRoot): Observer =>
    (events, transaction) => {
      for (const { target, path, keys } of events) {
        const [id, field] = path.map(String)
        if (id === undefined) continue
        if (transaction.local && field !== undefined && target instanceof Y.Text) local(root, id, field)
        else if (!transaction.local && keys.has('removed') && isRemoved(board, id)) handBack(id)
      }
    }
  for (const id of before) {
    const isOver = isRemoved(board, id) && !isOwn(board, id)
    for (const root of ROOTS) for (const field of TEXTS[root]) write(root, id, field, isOver ? Date.now() : 0)
    if (isOver) handBack(id)
  }
  const ends = ROOTS.map((root) => observeDeep(boardRoot(board, root satisfies BoardRoot), watch(root)))
  return () => {
    for (const end of ends) end()
  }
}

function isRemoved(board: Y.Doc, id: string): boolean {
  return readOutcome(board, id)?.removed === true
}

/** Whether this session made or removed it: to have made it is not to be writing in it. */
function isOwn(board: Y.Doc, id: string): boolean {
  const entry = boardEntry(board, 'notes', id) ?? boardEntry(board, 'groups', id)
  return [entry?._item, itemOf(entry, 'removed')].some((item) => item?.id.client === board.clientID)
}

function keepWords({ docs: { board }, workshop, me }: Watched, { root, id, field, words }: Written): void {
  const outcome = readOutcome(board, id)
  const target = targetOf(root, id, field)
  if (!outcome || !target || words.trim() === '') return
  const now = Date.now()
  const piece: WordsPiece = {
    is: 'words',
    key: pieceKey(`${root}/${id}/${field}`, [words]),
    at: now,
    touched: false,
    target,
    phase: outcome.phase,
    author: 'author' in outcome ? outcome.author : null,
    mine: words,
    theirs: entryText(boardEntry(board, root, id), field)?.toString() ?? '',
    gone: true,
  }
  keep({ workshop, person: me.id }, [{ piece, handedAt: now, why: null, asked: null }])
}
