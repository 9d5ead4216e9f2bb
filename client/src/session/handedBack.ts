import {
  boardEntry,
  boardRoot,
  type Entry,
  emptyPlan,
  entryText,
  type GroupView,
  type NoteView,
  type OutcomeId,
  type PlanView,
  readGroup,
  readNote,
  readPlan,
} from '@quintet/shared/board'
import { isGroup, wordsOf } from '@quintet/shared/groups'
import { isId, type NoteId, type PersonId, type RoundId } from '@quintet/shared/ids'
import { ballots, draftEntry, readDraft } from '@quintet/shared/notebook'
import { BOARD_RULES, NOTEBOOK_RULES, type Rule } from '@quintet/shared/paths'
import type * as Y from 'yjs'
import { type Clocks, clocksOf } from './clocks.ts'
import { rootOf, slotsOf, targetIn, targetOf } from './entries.ts'
import {
  type ChangePiece,
  type ChangeRoot,
  type DotsPiece,
  type DraftPiece,
  type GroupPiece,
  type NotePiece,
  type Owned,
  type Piece,
  pieceKey,
  type WordsPiece,
} from './pieces.ts'
import { holds, isBeyond, itemOf, itemsOf, lastOf, madeTwice, replacedKnown } from './structs.ts'

/** Two states of one document, between which what somebody wrote is found. */
export interface Compared {
  readonly document: 'board' | 'notebook'
  /** Everything that `theirs` holds, and what the server does not have. */
  readonly mine: Y.Doc
  /**
   * `mine` before it was given what the server has: of an entry that both sides made under one id only one stays in
   * `mine`, and the words of the other are no longer there. Where it is not told, no id was made twice.
   */
  readonly before?: Y.Doc | undefined
  /** As the server has it. */
  readonly theirs: Y.Doc
  /** What was known of each client when one's unsaved edits began. */
  readonly since: Clocks
  /** The Yjs client ids that one wrote under. After a restore the server also lacks what others wrote: theirs to put back. */
  readonly own: ReadonlySet<number>
  readonly person: PersonId
  /** Ms since the epoch. */
  readonly now: number
}

/**
 * Finds what somebody wrote that the server does not have, in the order in which it can be put back: what is new before
 * what refers to it, groups before notes. What lost against somebody else's change of the same value is not among it, as
 * it would have lost without any refusal.
 */
export function findHandedBack(compared: Compared): readonly Piece[] {
  const finder = new Finder(compared)
  return compared.document === 'board' ? finder.board() : finder.notebook()
}

/** The rules of what people may change in an entry, by the entry's root. */
function changeable(rules: readonly Rule[], root: string, is: Rule['is']): readonly string[] {
  return rules.flatMap(({ path: [of, , field, ...deeper], change, ...rule }) =>
    of === root && field !== undefined && deeper.length === 0 && rule.is === is && change !== null ? field : [],
  )
}

class Finder {
  readonly #compared: Compared
  readonly #clocks: Clocks
  readonly #own: ReadonlySet<number>
  readonly #mine: Y.Doc
  readonly #before: Y.Doc | undefined
  readonly #theirs: Y.Doc

  constructor(compared: Compared) {
    this.#compared = compared
    this.#mine = compared.mine
    this.#before = compared.before
    this.#theirs = compared.theirs
    this.#clocks = clocksOf(compared.theirs)
    this.#own = compared.own
  }

  board(): readonly Piece[] {
    const groups = this.#newGroups()
    const placed = new Set(groups.flatMap(({ notes }) => notes.map(({ id }) => id)))
    const changes = [...this.#changes('groups'), ...this.#changes('notes'), ...this.#changes('plan')]
    return [
      ...groups,
      ...this.#newNotes(),
      ...inTurn(
        changes.filter(({ field, id }) => field !== 'place' || !placed.has(id as NoteId)),
        [...this.#words('groups'), ...this.#words('notes'), ...this.#words('plan')],
      ),
    ]
  }

  notebook(): readonly Piece[] {
    return [...this.#newDrafts(), ...inTurn(this.#changes('drafts'), this.#words('drafts')), ...this.#dots()]
  }

  #newNotes(): readonly NotePiece[] {
    return this.#fresh('notes').flatMap((id) => {
      const note = readNote(id, boardEntry(this.#mine, 'notes', id))
      // What nobody signed is the server's own, and what others signed is theirs: only a restored server lacks these.
      if (!note || note.removed || note.author !== this.#compared.person) return []
      const plan = this.#plan(note.id)
      return {
        is: 'note',
        key: pieceKey(`notes/${id}`, [note, plan]),
        at: note.at,
        touched: false,
        note,
        plan,
        ...this.#place('notes', id),
      }
    })
  }

  #newDrafts(): readonly DraftPiece[] {
    return this.#fresh('drafts').flatMap((id) => {
      const draft = readDraft(id, draftEntry(this.#mine, id))
      if (!draft || draft.removed || draft.text.trim() === '') return []
      return {
        is: 'draft',
        key: pieceKey(`drafts/${id}`, draft),
        at: draft.at,
        touched: false,
        draft,
        ...this.#place('drafts', id),
      }
    })
  }

  #newGroups(): readonly GroupPiece[] {
    const ids = this.#fresh('groups')
    const into = this.#putInto(new Set(ids))
    return ids.flatMap((id) => {
      const group = readGroup(id, boardEntry(this.#mine, 'groups', id))
      if (!group || group.removed || !this.#isOwn(itemOf(boardRoot(this.#mine, 'groups'), id))) return []
      const notes = into.get(id) ?? []
      const plan = this.#plan(group.id)
      const key = pieceKey(`groups/${id}`, [group, notes, plan])
      return {
        is: 'group',
        key,
        at: this.#compared.now,
        touched: false,
        group,
        notes,
        plan,
        ...this.#place('groups', id),
      }
    })
  }

  /** The notes that were put into new groups and that nobody else has moved since, by group. */
  #putInto(groups: ReadonlySet<string>): ReadonlyMap<string, GroupPiece['notes']> {
    const into = new Map<string, GroupPiece['notes'][number][]>([...groups].map((id) => [id, []]))
    if (groups.size === 0) return into
    for (const id of boardRoot(this.#theirs, 'notes').keys()) {
      if (!this.#isOwn(itemOf(boardEntry(this.#mine, 'notes', id), 'place'))) continue
      const [mine, theirs] = [this.#mine, this.#theirs].map((doc) => readNote(id, boardEntry(doc, 'notes', id)))
      if (!mine?.group || !theirs || theirs.removed || this.#isTouched('notes', id, 'place')) continue
      into.get(mine.group)?.push({ id: mine.id, order: mine.order, was: [theirs.group, theirs.order] })
    }
    return into
  }

  /** What was planned for a new action; null where nothing was. */
  #plan(id: OutcomeId): PlanView | null {
    const plan = readPlan(id, boardEntry(this.#mine, 'plan', id))
    return plan && JSON.stringify(plan) !== JSON.stringify(emptyPlan(id)) ? plan : null
  }

  /** The ids under a root that the server does not have. */
  #fresh(root: ChangeRoot): readonly string[] {
    return [...rootOf(this.#mine, root).keys()].filter((id) => isId(id) && !this.#entry(this.#theirs, root, id))
  }

  #changes(root: ChangeRoot): readonly ChangePiece[] {
    const fields = changeable(root === 'drafts' ? NOTEBOOK_RULES : BOARD_RULES, root, 'value')
    return this.#shared(root).flatMap((id) => fields.flatMap((field) => this.#change(root, id, field)))
  }

  #change(root: ChangeRoot, id: string, field: string): ChangePiece | [] {
    const entry = this.#entry(this.#written(root, id), root, id)
    const item = itemOf(entry, field)
    if (!this.#isOwn(item)) return []
    const mine: unknown = entry?.get(field) ?? null
    const theirs: unknown = this.#entry(this.#theirs, root, id)?.get(field) ?? null
    if (JSON.stringify(mine) === JSON.stringify(theirs)) return []
    const known = this.#known(root, id)
    // Nothing that is done to what was removed has an effect, but bringing it back.
    if (!known || (known.gone && field !== 'removed')) return []
    const { phase, author, words } = known
    return {
      is: 'change',
      key: pieceKey(`${root}/${id}/${field}`, [mine, theirs]),
      at: this.#compared.now,
      touched: this.#isTouched(root, id, field),
      root,
      id: id as OutcomeId,
      field,
      mine,
      theirs,
      phase,
      author,
      words,
      ...this.#writtenIn([item]),
    }
  }

  #words(root: ChangeRoot): readonly WordsPiece[] {
    const fields = changeable(root === 'drafts' ? NOTEBOOK_RULES : BOARD_RULES, root, 'text')
    return this.#shared(root).flatMap((id) => fields.flatMap((field) => this.#text(root, id, field)))
  }

  #text(root: ChangeRoot, id: string, field: string): WordsPiece | [] {
    const here = entryText(this.#entry(this.#written(root, id), root, id), field)
    const there = entryText(this.#entry(this.#theirs, root, id), field)
    const [mine, theirs] = [here?.toString() ?? '', there?.toString() ?? '']
    const target = targetOf(root, id, field)
    const known = mine === theirs ? undefined : this.#known(root, id)
    if (!known || !target) return []
    const { phase, author, gone } = known
    const foreign = (item: Y.Item) => !this.#own.has(item.id.client)
    const late = [...itemsOf(here)].filter((item) => isBeyond(this.#clocks, item.id))
    if (late.length > 0 && late.every(foreign)) return []
    const since = [...itemsOf(there)].filter((item) => isBeyond(this.#compared.since, lastOf(item)))
    const touched = this.#isMadeTwice(root, id) || [...late, ...since].some(foreign)
    // Words for which there is no place any more are the same words wherever they were found.
    const key = pieceKey(`${root}/${id}/${field}`, gone ? [mine] : [mine, theirs])
    const written = { mine, theirs, gone, ...this.#writtenIn(late) }
    return { is: 'words', key, at: this.#compared.now, touched, target, phase, author, ...written }
  }

  #dots(): readonly DotsPiece[] {
    return [...ballots(this.#mine).keys()].flatMap((round) => {
      const isTwice = madeTwice(this.#before && ballots(this.#before), ballots(this.#theirs), round)
      const written = (isTwice && this.#before) || this.#mine
      const [mine, theirs] = [written, this.#theirs].map((doc) => slotsOf(doc, round))
      if (!isId(round) || !mine) return []
      const slots = [...mine.keys()].flatMap((slot) => {
        const [now, was] = [targetIn(mine, slot), targetIn(theirs, slot)]
        return now === was ? [] : { slot: Number(slot), mine: now, theirs: was }
      })
      if (slots.length === 0) return []
      const touched = isTwice || slots.some(({ slot }) => !this.#isUntouched(mine, theirs, String(slot)))
      const key = pieceKey(`ballots/${round}`, slots)
      const elsewhere = this.#writtenIn(slots.map(({ slot }) => itemOf(mine, String(slot))))
      return { is: 'dots', key, at: this.#compared.now, touched, round: round as RoundId, slots, ...elsewhere }
    })
  }

  /** The ids under a root that both have. */
  #shared(root: ChangeRoot): readonly string[] {
    return [...rootOf(this.#theirs, root).keys()].filter((id) => isId(id) && this.#entry(this.#mine, root, id))
  }

  #entry(doc: Y.Doc, root: ChangeRoot, id: string): Entry | undefined {
    return root === 'drafts' ? draftEntry(doc, id) : boardEntry(doc, root, id)
  }

  /** Whether both sides made an entry under one id: each has its own texts, and only one of them can stay. */
  #isMadeTwice(root: ChangeRoot, id: string): boolean {
    return madeTwice(this.#before && rootOf(this.#before, root), rootOf(this.#theirs, root), id)
  }

  /** The document in which what was written into an entry is whole. */
  #written(root: ChangeRoot, id: string): Y.Doc {
    return this.#before && this.#isMadeTwice(root, id) ? this.#before : this.#mine
  }

  #place(root: ChangeRoot, id: string): Pick<Piece, 'elsewhere'> {
    return this.#writtenIn([itemOf(rootOf(this.#mine, root), id)])
  }

  /** Says of what was written in another tab, which may still be open, that it was. */
  #writtenIn(items: readonly (Y.Item | undefined)[]): Pick<Piece, 'elsewhere'> {
    const { clientID } = this.#mine
    return items.some((item) => item && this.#isOwn(item) && item.id.client !== clientID) ? { elsewhere: true } : {}
  }

  #isOwn(item: Y.Item | undefined): boolean {
    return item !== undefined && this.#own.has(item.id.client)
  }

  /** Whether the server's value is another than the one that was replaced here. */
  #isTouched(root: ChangeRoot, id: string, field: string): boolean {
    if (this.#isMadeTwice(root, id)) return true
    return !this.#isUntouched(this.#entry(this.#mine, root, id), this.#entry(this.#theirs, root, id), field)
  }

  #isUntouched(mine: Entry | undefined, theirs: Entry | undefined, field: string): boolean {
    const item = itemOf(mine, field)
    return item !== undefined && holds(itemOf(theirs, field), replacedKnown(item, this.#mine, this.#clocks))
  }

  #known(root: ChangeRoot, id: string): Known | undefined {
    const read = (doc: Y.Doc) => (root === 'drafts' ? readDraft(id, draftEntry(doc, id)) : readOutcome(doc, id))
    const [theirs, mine] = [read(this.#theirs), read(this.#written(root, id))]
    const outcome = theirs ?? mine
    if (!outcome) return undefined
    return {
      phase: outcome.phase,
      author: isGroup(outcome) ? null : outcome.author,
      words: wordsOf(mine ?? outcome),
      gone: theirs?.removed === true && mine?.removed !== false,
    }
  }
}

/** What brings back comes before what is done to it, and what removes comes after: removed things are not changed. */
function inTurn(changes: readonly ChangePiece[], words: readonly WordsPiece[]): readonly Piece[] {
  const removes = ({ field, mine }: ChangePiece) => field === 'removed' && mine === true
  const bringsBack = ({ field, mine }: ChangePiece) => field === 'removed' && mine !== true
  const others = changes.filter((each) => !removes(each) && !bringsBack(each))
  return [...changes.filter(bringsBack), ...others, ...words, ...changes.filter(removes)]
}

interface Known extends Owned {
  readonly words: string
  /** Whether it was removed, and one did not bring it back. */
  readonly gone: boolean
}

/** The note or group of an id: what a plan's id speaks of, too. */
export function readOutcome(doc: Y.Doc, id: string): NoteView | GroupView | undefined {
  return readNote(id, boardEntry(doc, 'notes', id)) ?? readGroup(id, boardEntry(doc, 'groups', id))
}
