import * as Y from 'yjs'
import {
  type ActionStatus,
  boardEntry,
  boardRoot,
  type Entry,
  entryText,
  type OutcomeId,
  type Owner,
  type PlanText,
  readNote,
  readPlan,
} from './board.ts'
import type { GroupId, NoteId, PersonId } from './ids.ts'
import { draftEntry } from './notebook.ts'
import type { PhaseId } from './phases.ts'

/**
 * Every edit of the board by name. An edit is one transaction and returns its inverse: another edit that takes back
 * what this one did and does nothing where somebody changed things since. So undoing my note never takes a
 * colleague's words. An edit of something that is gone, or that changes nothing, returns null and writes nothing.
 */
export type Edit = (doc: Y.Doc) => Inverse | null

export interface Inverse {
  /** What taking it back means, in words: "Undo add note". */
  readonly name: EditName
  readonly apply: Edit
}

export type EditName =
  | 'add note'
  | 'remove note'
  | 'bring back note'
  | 'move note'
  | 'hang note'
  | 'write'
  | 'change owner'
  | 'change due date'
  | 'change status'
  | 'group notes'
  | 'move group'
  | 'merge groups'
  | 'split group'
  | 'add draft'
  | 'remove draft'
  | 'place dot'
  | 'take dot back'

/** Origin of every local edit's transaction, so that observers can tell one's own edits from what came in. */
export const EDIT = Symbol('edit')

/** Runs an edit as one transaction with the origin {@link EDIT}. */
export function transact<T>(doc: Y.Doc, edit: () => T): T {
  return doc.transact(edit, EDIT)
}

export interface NewNote {
  readonly id: NoteId
  readonly phase: PhaseId
  readonly author: PersonId | null
  /** Ms since the epoch. */
  readonly at: number
  readonly text: string
  readonly order: string
  readonly group?: GroupId | null
  readonly under: OutcomeId | null
}

/**
 * Adds a note; for an action also its (empty) part of the plan, so that two people who fill in the plan at once
 * write into the same texts.
 */
export function addNote(note: NewNote): Edit {
  return (doc) => {
    if (boardRoot(doc, 'notes').has(note.id)) return null
    transact(doc, () => {
      boardRoot(doc, 'notes').set(
        note.id,
        new Y.Map<unknown>([
          ['phase', note.phase],
          ['author', note.author],
          ['at', note.at],
          ['text', new Y.Text(note.text)],
          ['place', [note.group ?? null, note.order]],
          ['under', note.under],
          ['removed', false],
        ]),
      )
      if (note.phase === 'actions') boardRoot(doc, 'plan').set(note.id, newPlan())
    })
    return { name: 'add note', apply: removeNoteIfUnchanged(note.id, wordsAndPlan(doc, note.id)) }
  }
}

/** The plan of an action of which nothing was planned yet. */
export function newPlan(): Entry {
  return new Y.Map<unknown>([
    ['owner', null],
    ['due', null],
    ['status', 'open'],
    ['firstStep', new Y.Text()],
    ['measure', new Y.Text()],
  ])
}

function setRemoved(id: NoteId, removed: boolean, unless: (doc: Y.Doc) => boolean = () => false): Edit {
  return (doc) => {
    const entry = boardEntry(doc, 'notes', id)
    if (!entry || (entry.get('removed') === true) === removed || unless(doc)) return null
    transact(doc, () => entry.set('removed', removed))
    return removed
      ? { name: 'remove note', apply: setRemoved(id, false) }
      : { name: 'bring back note', apply: removeNoteIfUnchanged(id, wordsAndPlan(doc, id)) }
  }
}

function removeNoteIfUnchanged(id: NoteId, was: string): Edit {
  return setRemoved(id, true, (doc) => wordsAndPlan(doc, id) !== was)
}

/** The words of a note or draft; undefined where there are none. */
export function entryWords(entry: Entry | undefined): string | undefined {
  return entryText(entry, 'text')?.toString()
}

/** What people may have put into a note since: its words, and for an action what was planned. */
function wordsAndPlan(doc: Y.Doc, id: NoteId): string {
  return JSON.stringify([entryWords(boardEntry(doc, 'notes', id)), readPlan(id, boardEntry(doc, 'plan', id))])
}

/** Takes a note off the wall. Its words stay in the document, so that it can be brought back. */
export function removeNote(id: NoteId): Edit {
  return setRemoved(id, true)
}

export function bringBackNote(id: NoteId): Edit {
  return setRemoved(id, false)
}

/**
 * Replaces a plain value of an entry if it still is what it was; its inverse does the same the other way round.
 * @param entryOf finds the entry in the document that the edit is applied to.
 */
export function replaceValue(
  name: EditName,
  entryOf: (doc: Y.Doc) => Entry | undefined,
  key: string,
  value: unknown,
  expected?: { value: unknown },
): Edit {
  return (doc) => {
    const entry = entryOf(doc)
    if (!entry) return null
    const before = entry.get(key)
    if (same(before, value) || (expected && !same(before, expected.value))) return null
    transact(doc, () => entry.set(key, value))
    return { name, apply: replaceValue(name, entryOf, key, before, { value }) }
  }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

const noteEntry = (id: NoteId) => (doc: Y.Doc) => boardEntry(doc, 'notes', id)
const planEntry = (id: OutcomeId) => (doc: Y.Doc) => boardEntry(doc, 'plan', id)

/** Puts a note at a place: in a group or loose, at an order key. One write, so that a place is never half of two. */
export function moveNote(id: NoteId, place: { group: GroupId | null; order: string }): Edit {
  return replaceValue('move note', noteEntry(id), 'place', [place.group, place.order])
}

/** Hangs a note under what it serves, or takes it off the thread (null), optionally at a new place, as one edit. */
export function hangNote(id: NoteId, under: OutcomeId | null, order?: string): Edit {
  const hang = replaceValue('hang note', noteEntry(id), 'under', under)
  return (doc) => {
    if (order === undefined) return hang(doc)
    const note = readNote(id, boardEntry(doc, 'notes', id))
    if (!note) return null
    return together('hang note', [hang, moveNote(id, { group: note.group, order })])(doc)
  }
}

/** Several edits as one, with one inverse for those that had an effect. */
export function together(name: EditName, edits: readonly Edit[]): Edit {
  return (doc) => {
    const inverses = transact(doc, () => edits.map((edit) => edit(doc)).filter((inverse) => inverse !== null))
    if (inverses.length === 0) return null
    return {
      name,
      apply: together(
        name,
        inverses.reverse().map((inverse) => inverse.apply),
      ),
    }
  }
}

export function setOwner(id: OutcomeId, owner: Owner | null): Edit {
  return replaceValue('change owner', planEntry(id), 'owner', owner)
}

/** @param due a day as `YYYY-MM-DD`, or null for none. */
export function setDue(id: OutcomeId, due: string | null): Edit {
  return replaceValue('change due date', planEntry(id), 'due', due)
}

export function setStatus(id: OutcomeId, status: ActionStatus): Edit {
  return replaceValue('change status', planEntry(id), 'status', status)
}

/** The text that a field writes into: the words of a note or of one's own draft, a group's name, or a text of the plan. */
export type TextTarget =
  | { readonly of: 'note'; readonly id: NoteId }
  | { readonly of: 'draft'; readonly id: NoteId }
  | { readonly of: 'group'; readonly id: GroupId }
  | { readonly of: 'plan'; readonly id: OutcomeId; readonly field: PlanText }

/** @param doc the board, or for a draft one's notebook. */
export function targetText(doc: Y.Doc, target: TextTarget): Y.Text | undefined {
  switch (target.of) {
    case 'note':
      return entryText(boardEntry(doc, 'notes', target.id), 'text')
    case 'draft':
      return entryText(draftEntry(doc, target.id), 'text')
    case 'group':
      return entryText(boardEntry(doc, 'groups', target.id), 'name')
    case 'plan':
      return entryText(boardEntry(doc, 'plan', target.id), target.field)
  }
}

/** A draft that was shared is a note of the board: words written into the draft would reach nobody. */
function isSharedDraft(doc: Y.Doc, target: TextTarget): boolean {
  return target.of === 'draft' && Boolean(draftEntry(doc, target.id)?.get('became'))
}

/** Makes one text of another, if it still is what it was: the writing of one visit to a field, taken back or done again. */
export function rewrite(target: TextTarget, from: string, to: string): Edit {
  return (doc) => {
    const text = targetText(doc, target)
    const change = smallestChange(from, to)
    if (!text || !change || text.toString() !== from || isSharedDraft(doc, target)) return null
    writeText(text, change)
    return { name: 'write', apply: rewrite(target, to, from) }
  }
}

/** A run of text replaced by another, in UTF-16 code units. */
export interface TextChange {
  readonly at: number
  readonly remove: number
  readonly insert: string
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff
/** Whether a boundary would fall inside a surrogate pair. */
const splits = (text: string, at: number) =>
  at > 0 && at < text.length && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at))

/**
 * The smallest change that makes one text of another, never cutting a surrogate pair in two.
 * @param caret where the caret stands in `after`: among equally small changes (a letter doubled) it picks the one that ends there.
 */
export function smallestChange(before: string, after: string, caret = after.length): TextChange | null {
  if (before === after) return null
  const most = Math.min(before.length, after.length)
  let end = 0
  const mostEnd = Math.min(most, after.length - Math.min(caret, after.length))
  while (end < mostEnd && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++
  let start = 0
  while (start < most - end && before.charCodeAt(start) === after.charCodeAt(start)) start++
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end))
    end++
  while (start > 0 && (splits(before, start) || splits(after, start))) start--
  while (end > 0 && (splits(before, before.length - end) || splits(after, after.length - end))) end--
  return { at: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) }
}

/** Writes a change into a text as one transaction of the given origin (the text binding undoes by its own origin). */
export function writeText(text: Y.Text, change: TextChange, origin: unknown = EDIT): void {
  const write = () => {
    if (change.remove > 0) text.delete(change.at, change.remove)
    if (change.insert !== '') text.insert(change.at, change.insert)
  }
  if (text.doc) text.doc.transact(write, origin)
  else write()
}
