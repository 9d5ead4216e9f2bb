import { placeDot, takeDotBack } from '@quintet/shared/ballotEdits'
import { ACTION_STATUSES, boardEntry, boardRoot, type OutcomeId, readGroup, readNote } from '@quintet/shared/board'
import {
  addDraft,
  bringBackDraft,
  carryOn,
  hangDraft,
  markChanging,
  readyDraft,
  removeDraft,
} from '@quintet/shared/draftEdits'
import {
  addNote,
  bringBackNote,
  type Edit,
  hangNote,
  moveNote,
  removeNote,
  setDue,
  setOwner,
  setStatus,
  smallestChange,
  type TextTarget,
  targetText,
  writeText,
} from '@quintet/shared/edits'
import { groupNotes, mergeGroups, moveGroup, moveIntoGroup, splitGroup } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId, RoundId } from '@quintet/shared/ids'
import { drafts } from '@quintet/shared/notebook'
import type { RuleAct } from '@quintet/shared/paths'
import { PHASE_IDS, type PhaseId } from '@quintet/shared/phases'
import type { Subject } from '@quintet/shared/rules'
import * as Y from 'yjs'
import type { Chance } from '../../testing/seeded.ts'

/** What an honest client could do next: a named edit, and what it asks of the rules before it offers it. */
export interface Wish {
  readonly act: RuleAct
  readonly subject: Subject
  readonly edit: Edit
  /** The text that it writes in, where it does. */
  readonly target?: TextTarget
}

/** Whose wish it is, and where new names come from. */
export interface Wisher {
  readonly person: PersonId
  readonly newId: () => string
}

const WORDS = ['a', 'to ', 'we serve ', '🙂', '👩‍💻', '\n', 'é', 'שלום', 'x', 'yz', '𝒳']
const ORDERS = ['a0', 'a0V', 'a1', 'a1', 'a2', 'Zz', 'b00']
export const NO_SUBJECT: Subject = { phase: 'gaps', author: null }

/** Words that are hard to cut. */
export function wordsAtRandom(chance: Chance, most = 4): string {
  return Array.from({ length: 1 + chance.below(most) }, () => chance.pick(WORDS)).join('')
}

/** Boards stay small, so that people meet. */
const MOST_NOTES = 14

/** What somebody might do to the board as it is here, or nothing where there is nothing to do it to. */
export function boardWish(chance: Chance, doc: Y.Doc, wisher: Wisher): Wish | null {
  const noteIds = [...boardRoot(doc, 'notes').keys()]
  const groupIds = [...boardRoot(doc, 'groups').keys()]
  const note = oneOf(chance, noteIds, (id) => readNote(id, boardEntry(doc, 'notes', id)))
  const group = oneOf(chance, groupIds, (id) => readGroup(id, boardEntry(doc, 'groups', id)))
  const order = chance.pick(ORDERS)
  const what = chance.below(24)
  if (!note || (what === 0 && noteIds.length < MOST_NOTES)) {
    const phase = chance.pick(PHASE_IDS)
    const author = chance.below(8) === 0 ? null : wisher.person
    const text = chance.below(3) === 0 ? '' : wordsAtRandom(chance)
    const id = wisher.newId() as NoteId
    return {
      act: 'add',
      subject: { phase, author },
      edit: addNote({ id, phase, author, at: 1_700_000_000_000 + chance.below(1000), text, order, under: null }),
    }
  }
  const { id } = note
  if (what <= 8 || what === 0) return writing(chance, 'write', note, { of: 'note', id })
  if (what <= 10) return { act: 'place', subject: note, edit: moveNote(id, { group: group?.id ?? null, order }) }
  if (what === 11) return { act: 'hang', subject: note, edit: hangNote(id, chance.pick(noteIds) as NoteId) }
  if (what === 12) return { act: 'remove', subject: note, edit: note.removed ? bringBackNote(id) : removeNote(id) }
  if (what <= 15) return planning(chance, doc, wisher)
  const placed = () => wall(doc, note.phase).map((each): [NoteId, string] => [each, chance.pick(ORDERS)])
  if (!group || (what === 16 && groupIds.length < MOST_NOTES)) {
    const id = wisher.newId() as GroupId
    const name = chance.below(2) === 0 ? '' : wordsAtRandom(chance, 2)
    return { act: 'place', subject: note, edit: groupNotes({ id, phase: note.phase, name, order }, placed()) }
  }
  const other = chance.pick(groupIds) as GroupId
  const subject: Subject = { phase: group.phase, author: null }
  if (what <= 18 || what === 16) return writing(chance, 'place', subject, { of: 'group', id: group.id })
  if (what === 19) return { act: 'place', subject, edit: moveGroup(group.id, order) }
  if (what <= 21) return { act: 'place', subject, edit: mergeGroups(group.id, other) }
  const into = wall(doc, group.phase).map((each): [NoteId, string] => [each, chance.pick(ORDERS)])
  if (what === 22) return { act: 'place', subject, edit: moveIntoGroup(group.id, into) }
  return { act: 'place', subject, edit: splitGroup(group.id, into) }
}

/** One of several ids, as what stands under it is read. */
function oneOf<T>(chance: Chance, ids: readonly string[], read: (id: string) => T | undefined): T | null {
  return ids.length > 0 ? (read(chance.pick(ids)) ?? null) : null
}

/** A few notes of a phase. */
function wall(doc: Y.Doc, phase: PhaseId): readonly NoteId[] {
  const notes = [...boardRoot(doc, 'notes')].filter(([, entry]) => entry.get('phase') === phase)
  return notes.slice(0, 3).map(([id]) => id as NoteId)
}

/** What is planned of an action, by anybody. */
function planning(chance: Chance, doc: Y.Doc, { person }: Wisher): Wish | null {
  const plans = [...boardRoot(doc, 'plan').keys()] as OutcomeId[]
  if (plans.length === 0) return null
  const id = chance.pick(plans)
  const subject: Subject = { phase: 'actions', author: null }
  switch (chance.below(5)) {
    case 0:
      return { act: 'plan', subject, edit: setOwner(id, chance.pick([{ person }, { name: 'Ada' }, null])) }
    case 1:
      return { act: 'plan', subject, edit: setDue(id, chance.pick(['2026-12-01', '2027-02-28', null])) }
    case 2:
      return { act: 'plan', subject, edit: setStatus(id, chance.pick(ACTION_STATUSES)) }
    default:
      return writing(chance, 'plan', subject, { of: 'plan', id, field: chance.pick(['firstStep', 'measure']) })
  }
}

/** What somebody might do to their own notebook as it is here. */
export function notebookWish(chance: Chance, doc: Y.Doc, { person, newId }: Wisher): Wish | null {
  const round = chance.pick(['round-1', 'round-2']) as RoundId
  const target = chance.pick(['n1', 'n2', 'n3']) as OutcomeId
  const all = [...drafts(doc).keys()] as NoteId[]
  const own = (edit: Edit): Wish => ({ act: 'own', subject: NO_SUBJECT, edit })
  const what = chance.below(12)
  if (what < 2) return own(placeDot(round, 3, target, (id) => id))
  if (what === 2) return own(takeDotBack(round, 3, target, (id) => id))
  if (all.length === 0 || (what === 3 && all.length < MOST_NOTES)) {
    const text = wordsAtRandom(chance)
    const note = { id: newId() as NoteId, phase: chance.pick(PHASE_IDS), author: person, at: 1, text }
    return own(addDraft({ ...note, order: 'a0', under: null, ready: chance.below(2) === 0 }))
  }
  const id = chance.pick(all)
  if (what === 4) return own(readyDraft(id, chance.below(2) === 0))
  if (what === 5) return own(chance.below(2) === 0 ? removeDraft(id) : bringBackDraft(id))
  if (what === 6) return own(hangDraft(id, chance.pick([target, null])))
  if (what === 7) return own(carryOn(id))
  if (what === 8) {
    return own((draft) => {
      markChanging(draft, id)
      return null
    })
  }
  return writing(chance, 'own', NO_SUBJECT, { of: 'draft', id })
}

/** What a facilitator might do to the script on the desk: the words of a step, begun with the first of them. */
export function deskWish(chance: Chance, doc: Y.Doc): Wish {
  const step = chance.pick(['gaps-write', 'gaps-vote', 'actions-open'])
  const edit: Edit = (desk) => {
    const scripts = desk.getMap<Y.Map<unknown>>('scripts')
    desk.transact(() => {
      const text = scripts.get(step)?.get('text')
      if (text instanceof Y.Text) scribble(chance, text)
      else scripts.set(step, new Y.Map([['text', new Y.Text(wordsAtRandom(chance))]]))
    })
    return null
  }
  doc.getMap('scripts')
  return { act: 'own', subject: NO_SUBJECT, edit }
}

function writing(chance: Chance, act: RuleAct, subject: Subject, target: TextTarget): Wish {
  const edit: Edit = (doc) => {
    const text = targetText(doc, target)
    if (text) scribble(chance, text)
    return null
  }
  return { act, subject, edit, target }
}

/** A text of the simulations stops here, UTF-16 units: far below every limit, since many write at once. */
const ENOUGH = 100

/** Writes something into a text as a field does: the smallest change from its words to other words. */
export function scribble(chance: Chance, text: Y.Text, origin?: unknown): void {
  const before = text.toString()
  const at = chance.below(before.length + 1)
  const cut = chance.below(2) === 0 ? 0 : chance.below(5)
  const isFull = before.length > ENOUGH
  const insert = isFull || (chance.below(3) === 0 && cut > 0) ? '' : wordsAtRandom(chance)
  const after = (before.slice(0, at) + insert + before.slice(at + (isFull ? 40 : cut))).toWellFormed()
  const change = smallestChange(before, after)
  if (change) writeText(text, change, origin)
}
