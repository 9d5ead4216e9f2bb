import { fillSlots } from '@quintet/shared/ballotEdits'
import { boardEntry, type Entry, emptyPlan, type PlanView, readNote, readPlan } from '@quintet/shared/board'
import { addDraft } from '@quintet/shared/draftEdits'
import {
  addNote,
  type Edit,
  type EditName,
  replaceValue,
  rewrite,
  setDue,
  setOwner,
  setStatus,
  targetText,
  together,
} from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import type { NoteId } from '@quintet/shared/ids'
import { ballotOf, draftEntry, readDraft } from '@quintet/shared/notebook'
import { ruleFor } from '@quintet/shared/paths'
import { type Actor, may, type Subject, type Verdict } from '@quintet/shared/rules'
import type { StageView } from '@quintet/shared/stage'
import type * as Y from 'yjs'
import type { ChangePiece, ChangeRoot, GroupPiece, NotePiece, Piece, WordsPiece } from './pieces.ts'

/** The documents that pieces are put back into. Observers have no notebook, and nothing to put back. */
export interface Targets {
  readonly board: Y.Doc
  readonly notebook: Y.Doc | undefined
}

const no = (reason: string): Verdict => ({ allowed: false, reason })
const ALLOWED: Verdict = { allowed: true }

/** Where a piece belongs. */
export function documentOf(piece: Piece): 'board' | 'notebook' {
  if (piece.is === 'words') return piece.target.of === 'draft' ? 'notebook' : 'board'
  if (piece.is === 'change') return piece.root === 'drafts' ? 'notebook' : 'board'
  return piece.is === 'draft' || piece.is === 'dots' ? 'notebook' : 'board'
}

/**
 * Whether a piece can be put back now, and why not: what the rules say, and whether what it was written into still
 * stands there as it did.
 */
export function mayPutBack(piece: Piece, actor: Actor, stage: StageView, targets: Targets): Verdict {
  const ruled = ruledBy(piece, actor, stage)
  if (!ruled.allowed) return ruled
  const obstacle = obstacleTo(piece, targets)
  return obstacle === null ? ALLOWED : no(obstacle)
}

function ruledBy(piece: Piece, actor: Actor, stage: StageView): Verdict {
  const own = actor.role === 'observer' ? no('Observers see everything and change nothing.') : ALLOWED
  const byRule = (path: readonly string[], subject: Subject) => {
    const act = ruleFor('board', path)?.change ?? null
    if (act === null) return no('This is the server’s to write.')
    return act === 'own' ? own : may(act, actor, stage, subject)
  }
  switch (piece.is) {
    case 'draft':
      return own
    case 'dots':
      return stage.rounds.find(({ id }) => id === piece.round)?.state === 'closed' ? no('This vote is closed.') : own
    case 'note':
      return may('add', actor, stage, piece.note)
    case 'group':
      return may('place', actor, stage, { phase: piece.group.phase, author: null })
    case 'words':
      return documentOf(piece) === 'notebook' ? own : byRule(pathOfText(piece), piece)
    case 'change':
      return piece.root === 'drafts' ? own : byRule([piece.root, piece.id, piece.field], piece)
  }
}

function pathOfText({ target }: WordsPiece): readonly string[] {
  switch (target.of) {
    case 'note':
      return ['notes', target.id, 'text']
    case 'draft':
      return ['drafts', target.id, 'text']
    case 'group':
      return ['groups', target.id, 'name']
    case 'plan':
      return ['plan', target.id, target.field]
  }
}

const CHANGED = 'Somebody changed it since. Copy yours, and write it in where you want it.'

/** What stands in the way of a piece whatever the rules say, as a sentence; null for nothing. */
function obstacleTo(piece: Piece, { board, notebook }: Targets): string | null {
  const doc = documentOf(piece) === 'board' ? board : notebook
  if (!doc) return 'Observers see everything and change nothing.'
  switch (piece.is) {
    case 'note':
    case 'draft':
    case 'group':
    case 'dots':
      return null
    case 'words': {
      const { target, theirs } = piece
      if (target.of !== 'draft' && isGone(board, target.id))
        return 'It was removed meanwhile. Copy your words, or ask to add them.'
      return targetText(doc, target)?.toString() === theirs ? null : CHANGED
    }
    case 'change':
      return obstacleToChange(piece, doc)
  }
}

function obstacleToChange(piece: ChangePiece, doc: Y.Doc): string | null {
  const { root, id, field, mine, theirs } = piece
  const entry = entryOf(root, id)(doc)
  if (!entry || (field !== 'removed' && entry.get('removed') === true)) return 'It was removed meanwhile.'
  const [group] = field === 'place' && Array.isArray(mine) ? mine : []
  if (typeof group === 'string' && !boardEntry(doc, 'groups', group))
    return 'Its group does not stand. Put the group back first.'
  return same(entry.get(field), theirs) ? null : CHANGED
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

function isGone(board: Y.Doc, id: string): boolean {
  const entry = boardEntry(board, 'notes', id) ?? boardEntry(board, 'groups', id)
  return entry?.get('removed') === true
}

const entryOf =
  (root: ChangeRoot, id: string) =>
  (doc: Y.Doc): Entry | undefined =>
    root === 'drafts' ? draftEntry(doc, id) : boardEntry(doc, root, id)

/**
 * Whether what a piece would write stands there already: another tab of the same person put it back, or somebody brought
 * back what it was written into. Dots count once their vote is open again.
 */
export function stands(piece: Piece, { board, notebook }: Targets, stage: StageView): boolean {
  switch (piece.is) {
    case 'note': {
      const there = readNote(piece.note.id, boardEntry(board, 'notes', piece.note.id))
      // The tab that wrote it has brought it meanwhile, and may have written on.
      const isSame = piece.elsewhere || there?.text === piece.note.text
      return there !== undefined && there.author === piece.note.author && isSame && isPlanned(piece, board)
    }
    case 'draft': {
      const there = notebook && readDraft(piece.draft.id, draftEntry(notebook, piece.draft.id))
      return there !== undefined && (piece.elsewhere || there.text === piece.draft.text)
    }
    case 'group':
      return boardEntry(board, 'groups', piece.group.id) !== undefined && isPlanned(piece, board)
    case 'words': {
      const doc = documentOf(piece) === 'board' ? board : notebook
      return (
        doc !== undefined && !isGone(board, piece.target.id) && targetText(doc, piece.target)?.toString() === piece.mine
      )
    }
    case 'change': {
      const doc = documentOf(piece) === 'board' ? board : notebook
      const entry = doc && entryOf(piece.root, piece.id)(doc)
      return entry !== undefined && same(entry.get(piece.field), piece.mine)
    }
    case 'dots': {
      const round = stage.rounds.find(({ id }) => id === piece.round)
      if (round?.state !== 'open' || !notebook) return false
      const ballot = ballotOf(notebook, round.id, round.budget)
      return piece.slots.every(({ slot, mine }) => (ballot[slot] ?? null) === mine)
    }
  }
}

/** Whether something is planned for what stands there, or was not for the piece either. */
function isPlanned({ plan }: NotePiece | GroupPiece, board: Y.Doc): boolean {
  if (!plan) return true
  const there = readPlan(plan.id, boardEntry(board, 'plan', plan.id))
  return there !== undefined && !same(there, emptyPlan(plan.id))
}

/**
 * The edit that puts a piece back, as the buttons would make it; it takes nothing of what others did since.
 * @param freshId an id for a note or draft whose own is in use, here or maybe in another tab.
 */
export function putBack(piece: Piece, freshId: () => NoteId): Edit {
  switch (piece.is) {
    case 'note':
      return addAgain(piece, freshId)
    case 'draft': {
      const { draft, elsewhere } = piece
      return (doc) => addDraft({ ...draft, id: elsewhere || draftEntry(doc, draft.id) ? freshId() : draft.id })(doc)
    }
    case 'group':
      return groupAgain(piece)
    case 'words':
      return rewrite(piece.target, piece.theirs, piece.mine)
    case 'change':
      return changeAgain(piece)
    case 'dots':
      return fillSlots(
        piece.round,
        piece.slots.map(({ slot, mine, theirs }) => ({ slot, target: mine, was: theirs })),
      )
  }
}

function addAgain({ note, plan, elsewhere }: NotePiece, freshId: () => NoteId): Edit {
  return (doc) => {
    const id = elsewhere || boardEntry(doc, 'notes', note.id) ? freshId() : note.id
    return together('add note', [addNote({ ...note, id }), ...planAgain(plan && { ...plan, id })])(doc)
  }
}

/** Notes that were moved elsewhere since stay there. */
function groupAgain({ group, notes, plan }: GroupPiece): Edit {
  return (doc) => {
    const still = notes.filter(({ id, was }) => same(boardEntry(doc, 'notes', id)?.get('place'), was))
    const placed = still.map(({ id, order }) => [id, order] as const)
    const { into } = group
    const merge = replaceValue('merge groups', entryOf('groups', group.id), 'into', into, { value: null })
    return together('group notes', [groupNotes(group, placed), ...(into === null ? [] : [merge]), ...planAgain(plan)])(
      doc,
    )
  }
}

function planAgain(plan: PlanView | null): readonly Edit[] {
  if (!plan) return []
  const { id, owner, due, status, firstStep, measure } = plan
  const none = emptyPlan(id)
  return [
    setOwner(id, owner),
    setDue(id, due),
    setStatus(id, status),
    rewrite({ of: 'plan', id, field: 'firstStep' }, none.firstStep, firstStep),
    rewrite({ of: 'plan', id, field: 'measure' }, none.measure, measure),
  ]
}

function changeAgain({ root, id, field, mine, theirs }: ChangePiece): Edit {
  const rule = ruleFor(root === 'drafts' ? 'notebook' : 'board', [root, id, field])
  // A piece comes out of the browser's storage, where anything may have got at it.
  if (!rule?.value?.(mine)) return () => null
  return replaceValue(nameOf(root, field, mine), entryOf(root, id), field, mine, { value: theirs })
}

/** What a change is called, as where it is made by a button. */
export function nameOf(root: ChangeRoot, field: string, value: unknown): EditName {
  switch (field) {
    case 'place':
      return 'move note'
    case 'under':
      return 'hang note'
    case 'order':
      return 'move group'
    case 'into':
      return value === null ? 'split group' : 'merge groups'
    case 'owner':
      return 'change owner'
    case 'due':
      return 'change due date'
    case 'status':
      return 'change status'
    case 'ready':
      return 'add draft'
    default:
      if (root === 'groups') return value === true ? 'split group' : 'group notes'
      if (root === 'drafts') return value === true ? 'remove draft' : 'add draft'
      return value === true ? 'remove note' : 'bring back note'
  }
}
