import { randomBytes } from 'node:crypto'
import type { AgendaPoint } from '@quintet/shared/agenda'
import { boardEntry, readNote } from '@quintet/shared/board'
import { type Command, type Decision, type Duty, decide, type World } from '@quintet/shared/commands'
import type { PersonId } from '@quintet/shared/ids'
import { countdownFor } from '@quintet/shared/moves'
import { draftEntry, draftOf, readAsked, readDraft } from '@quintet/shared/notebook'
import { type Actor, mayCommand } from '@quintet/shared/rules'
import { land } from '../steward/reveal.ts'
import { noteCount, standing } from '../steward/wall.ts'
import type { Payer } from './connected.ts'
import { SERVER_HAND } from './hand.ts'
import { missingBooks, newId, takesLate, type Work, writeChange } from './work.ts'

/** Decides commands on the stage as it stands and carries them out in the server's hand, each in one turn of the event loop. */
export class Decisions {
  readonly #work: Work

  constructor(work: Work) {
    this.#work = work
  }

  /**
   * What has to be read from disk before a command can be decided; undefined if nothing has to.
   * @param spend hears what the reading of the sender's own notebook takes of the processor, ms.
   */
  lacking(actor: Actor, command: Command, spend: Payer['spend']): Promise<unknown> | undefined {
    if (!mayCommand(command.name, actor).allowed) return undefined
    const { board, stage, requests } = this.#work
    switch (command.name) {
      case 'withdraw note':
        // Nobody's notebook is read for a note that there is not.
        return boardEntry(board, 'notes', command.note) ? this.#lackingOwn(actor.person, spend) : undefined
      case 'share draft':
      case 'ask to add':
        return this.#lackingOwn(actor.person, spend)
      case 'move':
        // A countdown that could not be carried out is not begun.
        return countdownFor(stage(), command.to) ? this.#lackingBooks() : this.#lackingFor(command.to)
      case 'bring back note':
        // A facilitator needs no notebook to be told apart.
        return actor.role === 'facilitator' ? undefined : this.#lackingOwn(actor.person, spend)
      case 'answer request':
        return requests.lacking(command.request)
      case 'reopen vote':
        return this.#lackingFor(stage().rounds.find(({ id }) => id === command.round))
      case 'vote again':
        return this.#lackingFor(command.step)
      default:
        return undefined
    }
  }

  /** Decides a command and does what it comes to. */
  carryOut(actor: Actor, command: Command): Decision {
    const decision = decide(this.#work.stage(), actor, command, this.#world(actor.person))
    if (!decision.ok) return decision
    writeChange(this.#work, decision.change)
    if (decision.duty) this.#do(decision.duty, actor.person)
    return decision
  }

  #lackingOwn(person: PersonId, spend: Payer['spend']): Promise<unknown> | undefined {
    const { books } = this.#work
    return books.get(person) ? undefined : books.open(person, spend)
  }

  /** What a move that counts nothing lacks: one that takes nothing either is held up by no notebook. */
  #lackingFor(to: AgendaPoint | undefined): Promise<void> | undefined {
    return to && takesLate(this.#work.stage(), to) ? this.#lackingBooks() : undefined
  }

  #lackingBooks(): Promise<void> | undefined {
    const missing = missingBooks(this.#work)
    return missing.length === 0 ? undefined : this.#work.books.all(missing)
  }

  #world(person: PersonId): World {
    const { board, books, bin, requests, now } = this.#work
    const book = books.get(person)
    return {
      now: now(),
      newId,
      phaseOf: (id) => standing(board, id)?.phase,
      draft: (id) => book && readDraft(id, draftEntry(book, id)),
      ownDraftOf: (id) => {
        const note = readNote(id, boardEntry(board, 'notes', id))
        // A signed note says itself whose it is, whatever a notebook says.
        if (!book || !note || (note.author !== null && note.author !== person)) return undefined
        return draftOf(book, id)
      },
      note: (id) => readNote(id, boardEntry(board, 'notes', id)),
      binned: (id) => bin.get(id),
      request: (id) => requests.get(id),
      count: (what) => (what === 'notes' ? noteCount(board) : requests.count),
      asked: () => (book ? readAsked(book) : new Map()),
    }
  }

  #do(duty: Duty, person: PersonId): void {
    const { done, bin, requests } = this.#work
    switch (duty.is) {
      case 'share draft':
        this.#share(duty, person)
        return
      case 'remove note':
        if (duty.removed) bin.remove(duty.note)
        else bin.bringBack(duty.note)
        return
      case 'hide note':
        bin.hide(duty.note)
        return
      case 'bring back note':
        bin.bringBack(duty.note)
        return
      case 'keep request':
        requests.keep(duty.request, person)
        return
      case 'answer request':
        requests.answer(duty.request, duty.add)
        return
      case 'say done':
        done.say(person, duty.done)
        return
    }
  }

  #share({ draft: id, at, anonymous }: Extract<Duty, { is: 'share draft' }>, person: PersonId): void {
    const { board, books } = this.#work
    const doc = books.get(person)
    const draft = doc && readDraft(id, draftEntry(doc, id))
    if (!draft) return
    const { phase } = draft
    land(board, [{ book: { person, doc }, draft }], {
      phase,
      at,
      anonymous,
      random: randomBytes,
      hand: SERVER_HAND,
    })
  }
}
