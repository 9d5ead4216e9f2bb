import { isAnonymous } from '@quintet/shared/agenda'
import { placeDot, takeDotBack } from '@quintet/shared/ballotEdits'
import { boardEntry, boardRoot, type NoteView, readBoard, readNote } from '@quintet/shared/board'
import { addDraft, carriesOn, carryOn, markChanging, readyDraft } from '@quintet/shared/draftEdits'
import { addNote, entryWords, moveNote, type TextTarget, targetText, transact, writeText } from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import { sourceOf, standsAs } from '@quintet/shared/groups'
import type { CommandId, GroupId, NoteId, PersonId } from '@quintet/shared/ids'
import { draftEntry, isSecret, readDraft, readDrafts } from '@quintet/shared/notebook'
import { keyAt } from '@quintet/shared/order'
import type { PhaseId } from '@quintet/shared/phases'
import type { Reply } from '@quintet/shared/protocol'
import { type BoardAct, may, type Subject } from '@quintet/shared/rules'
import { currentStep, readStage, roundOf, type StageView } from '@quintet/shared/stage'
import * as Y from 'yjs'
import { newId } from '../access.ts'
import type { LeanTab } from './leanTab.ts'
import type { Chance } from './seeded.ts'
import type { Word, WordBook } from './wordBook.ts'

/** A field that is open, with the word that is being typed into it and the place of its last letter. */
interface Typing {
  readonly target: TextTarget
  readonly phase: PhaseId
  readonly word: Word
  after: Y.RelativePosition | null
}

/** Edits of one document that a person's hands are ahead of the server, at most. */
const MOST_UNSAVED = 3

/**
 * A member as the board's own client would have them act: they do what the step allows that they see on their own
 * screen, a letter or a move at a time, and send a command once what they wrote is saved.
 */
export class SimulatedMember {
  readonly person: PersonId
  readonly stageTab: LeanTab
  readonly boardTab: LeanTab
  readonly notebookTab: LeanTab
  readonly #index: number
  readonly #chance: Chance
  readonly #words: WordBook
  /** The step that they saw last, and what they did in it. */
  #step = ''
  #acts = 0
  #idle = 0
  #sentBefore: readonly number[] = []
  #seen = ''
  #wall: readonly NoteView[] = []
  #typing: Typing | undefined
  #composer: NoteId | undefined
  /** Drafts that they wrote in: they may be shared while they do. */
  readonly #written = new Set<NoteId>()
  /** Those of them that were shared. */
  readonly #settled: NoteId[] = []
  /** The drafts that they asked to share, and how. */
  readonly #asked = new Map<NoteId, CommandId>()

  constructor(
    who: { readonly person: PersonId; readonly index: number; readonly chance: Chance; readonly words: WordBook },
    tabs: { readonly stage: LeanTab; readonly board: LeanTab; readonly notebook: LeanTab },
  ) {
    this.person = who.person
    this.#index = who.index
    this.#chance = who.chance
    this.#words = who.words
    this.stageTab = tabs.stage
    this.boardTab = tabs.board
    this.notebookTab = tabs.notebook
  }

  get tabs(): readonly LeanTab[] {
    return [this.stageTab, this.boardTab, this.notebookTab]
  }

  get stage(): StageView {
    const stage = readStage(this.stageTab.doc)
    if (!stage) throw new Error('The stage is not there yet.')
    return stage
  }

  /**
   * Whether they are in a step, did so many things there (or tried as often and found that there is nothing to do), and
   * all that they did before it has arrived.
   */
  hasWorkedIn(step: string, acts: number): boolean {
    const arrived = this.tabs.every(({ marked }, at) => marked >= (this.#sentBefore[at] ?? 0))
    return this.#step === step && arrived && (this.#acts >= acts || this.#idle >= acts)
  }

  /** The answers to their commands; undefined for one that is not there yet. */
  get replies(): readonly (Reply | undefined)[] {
    return [...this.#asked.values()].map((id) => this.stageTab.replies.get(id))
  }

  /** Whether everything of theirs is saved and answered, and what was shared has come to their screen. */
  get isQuiet(): boolean {
    const isOver = ([draft, id]: readonly [NoteId, CommandId]) => {
      const reply = this.stageTab.replies.get(id)
      return reply !== undefined && !(reply.ok && this.#isMine(draft))
    }
    return (
      this.tabs.every(({ unsaved }) => unsaved === 0) &&
      [...this.#asked].every(isOver) &&
      [...this.#written].every((id) => this.#isMine(id))
    )
  }

  /** Does one thing, unless the network is behind. */
  act(): void {
    if (this.tabs.some(({ unsaved }) => unsaved >= MOST_UNSAVED)) return
    const { stage } = this
    if (stage.at.step !== this.#step) this.#arrive(stage)
    this.#look(stage)
    this.carryOn()
    if (this.#typeOn(stage) || this.#actIn(stage)) this.#acts++
    else this.#idle++
  }

  /** Does what the client does by itself for a draft in which words were on their way when it was shared. */
  carryOn(): void {
    const { doc } = this.notebookTab
    for (const id of this.#written) {
      const became = readDraft(id, draftEntry(doc, id))?.became
      const wall = became ? entryWords(boardEntry(this.boardTab.doc, 'notes', became)) : undefined
      if (wall === undefined) continue
      this.#written.delete(id)
      this.#settled.push(id)
      carryOn(id, wall)(doc)
    }
  }

  #arrive({ at }: StageView): void {
    this.#step = at.step
    this.#acts = 0
    this.#idle = 0
    this.#sentBefore = this.tabs.map(({ sent }) => sent)
  }

  /** Looks at the wall of the phase again if notes came to the board since, as they do after the stage says so. */
  #look({ at }: StageView): void {
    const seen = `${at.phase} ${boardRoot(this.boardTab.doc, 'notes').size}`
    if (seen === this.#seen) return
    this.#seen = seen
    this.#wall = [...readBoard(this.boardTab.doc).notes.values()].filter(({ phase }) => phase === at.phase)
  }

  #may(act: BoardAct, stage: StageView, subject: Subject): boolean {
    return may(act, { person: this.person, role: 'member' }, stage, subject).allowed
  }

  /** Types the next letter where a word is under way. @returns whether there was one to type. */
  #typeOn(stage: StageView): boolean {
    const typing = this.#typing
    if (!typing) return false
    const letter = typing.word.next
    const text = targetText(this.#docOf(typing.target), typing.target)
    if (letter === undefined || !text || !this.#mayType(stage, typing)) {
      this.#typing = undefined
      const { id, of } = typing.target
      // Who leaves a draft in Write leaves it ready.
      if (of === 'draft' && id !== this.#composer && currentStep(stage).kind === 'write')
        readyDraft(id, true)(this.notebookTab.doc)
      return false
    }
    // A word begins before all others, since another's first letter at its end would part it; each next letter follows
    // the one before it, wherever others moved that meanwhile.
    const { doc } = text
    const before = typing.after && doc ? Y.createAbsolutePositionFromRelativePosition(typing.after, doc) : null
    const at = before?.index ?? 0
    transact(this.#docOf(typing.target), () => {
      if (typing.target.of === 'draft') {
        this.#written.add(typing.target.id)
        markChanging(this.notebookTab.doc, typing.target.id)
      }
      writeText(text, { at, remove: 0, insert: letter })
    })
    typing.word.typed += letter
    typing.after = Y.createRelativePositionFromTypeIndex(text, at + letter.length, -1)
    return true
  }

  #docOf(target: TextTarget): Y.Doc {
    return target.of === 'draft' ? this.notebookTab.doc : this.boardTab.doc
  }

  #mayType(stage: StageView, { target, phase }: Typing): boolean {
    if (target.of === 'draft') return this.#isMine(target.id)
    const note = readNote(target.id, boardEntry(this.boardTab.doc, 'notes', target.id))
    return note !== undefined && this.#may('write', stage, { phase, author: note.author })
  }

  /** Whether a draft is still a secret of theirs. */
  #isMine(id: NoteId): boolean {
    return readDraft(id, draftEntry(this.notebookTab.doc, id))?.became === null
  }

  #begin(target: TextTarget, phase: PhaseId): boolean {
    this.#typing = { target, phase, word: this.#words.begin(), after: null }
    return this.#typeOn(this.stage)
  }

  #actIn(stage: StageView): boolean {
    const { phase } = stage.at
    switch (currentStep(stage).kind) {
      case 'write':
        return this.#compose(phase)
      case 'share':
        return this.#shareLate(stage) || this.#rewordOwn(stage)
      case 'group':
        return this.#chance.below(3) > 0 ? this.#arrange(stage) : this.#rewordOwn(stage)
      case 'vote':
        return this.#vote(stage)
      case 'decide':
        return this.#chance.below(4) === 0 ? this.#addNote(stage) : this.#rewordAnothers(stage)
      case 'open':
      case 'owners':
        return false
    }
  }

  /** Writes drafts: a word or two in each, the last one still in the composer when the reveal comes. */
  #compose(phase: PhaseId): boolean {
    const composer = this.#composer
    if (composer === undefined && this.#chance.below(4) > 0 && this.#reopen(phase)) return true
    if (composer === undefined || !this.#isMine(composer)) {
      this.#composer = newId() as NoteId
      addDraft({
        id: this.#composer,
        phase,
        author: this.person,
        at: Date.now(),
        text: '',
        order: 'a0',
        under: null,
        ready: false,
      })(this.notebookTab.doc)
      return true
    }
    const begun = entryWords(draftEntry(this.notebookTab.doc, composer)) !== ''
    if (!begun || this.#chance.below(2) === 0) return this.#begin({ of: 'draft', id: composer }, phase)
    readyDraft(composer, true)(this.notebookTab.doc)
    this.#composer = undefined
    return true
  }

  /** Writes on in a draft that was ready. */
  #reopen(phase: PhaseId): boolean {
    const mine = readDrafts(this.notebookTab.doc).filter(isSecret)
    const ready = mine.filter((draft) => draft.ready && draft.phase === phase)
    if (ready.length === 0) return false
    const { id } = this.#chance.pick(ready)
    return this.#begin({ of: 'draft', id }, phase)
  }

  /** Whether a draft carries on one that was shared: its first words are on the wall, and it stays alone. */
  #isCarried(id: NoteId): boolean {
    return this.#settled.some((before) => carriesOn(id, before))
  }

  /** Finishes what the reveal left, in the composer or on its way, and shares it. */
  #shareLate({ at: { phase } }: StageView): boolean {
    if (this.notebookTab.unsaved > 0) return false
    const left = readDrafts(this.notebookTab.doc).filter((draft) => draft.phase === phase && isSecret(draft))
    const draft = left.find(({ id }) => !this.#asked.has(id) && !this.#isCarried(id))
    if (!draft) return false
    if (draft.text === '') return this.#begin({ of: 'draft', id: draft.id }, phase)
    if (!draft.ready) {
      readyDraft(draft.id, true)(this.notebookTab.doc)
      return true
    }
    const id = newId() as CommandId
    this.#asked.set(draft.id, id)
    this.stageTab.send({ id, name: 'share draft', draft: draft.id })
    return true
  }

  #rewordOwn(stage: StageView): boolean {
    const own = this.#wall.filter(({ author }) => author === this.person)
    if (own.length === 0) return false
    const { id, phase, author } = this.#chance.pick(own)
    if (!this.#may('write', stage, { phase, author })) return false
    return this.#begin({ of: 'note', id }, phase)
  }

  #rewordAnothers(stage: StageView): boolean {
    const others = this.#wall.filter(({ author }) => author !== this.person)
    if (others.length === 0) return false
    const { id, phase, author } = this.#chance.pick(others)
    if (!this.#may('write', stage, { phase, author })) return false
    return this.#begin({ of: 'note', id }, phase)
  }

  /** Puts a note beside another, or makes a group of both. */
  #arrange(stage: StageView): boolean {
    if (this.#wall.length < 2) return false
    const [note, other] = [this.#chance.pick(this.#wall), this.#chance.pick(this.#wall)]
    const { phase } = note
    if (note.id === other.id || !this.#may('place', stage, { phase, author: null })) return false
    const beside = keyAt([other], this.#chance.below(2))
    const board = this.boardTab.doc
    if (this.#chance.below(6) > 0) return moveNote(note.id, { group: null, order: beside })(board) !== null
    const group = { id: newId() as GroupId, phase, name: '', order: beside }
    return (
      groupNotes(group, [
        [note.id, 'a0'],
        [other.id, 'a1'],
      ])(board) !== null
    )
  }

  #vote(stage: StageView): boolean {
    const round = roundOf(stage, stage.at)
    if (round?.state !== 'open' || this.#wall.length === 0) return false
    const { notes, groups } = readBoard(this.boardTab.doc)
    const source = sourceOf({ notes, groups, plan: new Map() })
    const target = this.#chance.pick(this.#wall).id
    const edit = this.#chance.below(3) === 0 ? takeDotBack : placeDot
    edit(round.id, round.budget, target, (id) => standsAs(id, source)?.id)(this.notebookTab.doc)
    return true
  }

  #addNote(stage: StageView): boolean {
    const { phase } = stage.at
    if (isAnonymous(stage.agenda, phase)) return this.#shareLate(stage) || this.#compose(phase)
    if (!this.#may('add', stage, { phase, author: this.person })) return false
    const id = `late-${this.#index}-${boardRoot(this.boardTab.doc, 'notes').size}-${this.#acts}` as NoteId
    addNote({ id, phase, author: this.person, at: Date.now(), text: '', order: 'a0', under: null })(this.boardTab.doc)
    return this.#begin({ of: 'note', id }, phase)
  }
}
