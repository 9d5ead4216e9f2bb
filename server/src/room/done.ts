import { isAnonymous } from '@quintet/shared/agenda'
import { doneRoot, doneWith } from '@quintet/shared/desk'
import type { PersonId, StepId } from '@quintet/shared/ids'
import type { StageView } from '@quintet/shared/stage'
import type * as Y from 'yjs'
import { SERVER_HAND } from './hand.ts'

/** What the list needs of its room. */
export interface DoneSetting {
  readonly stage: () => StageView
  readonly desk: () => Y.Doc
}

/**
 * Who said that they are done with the step that the group is in. Where notes are signed the names stand on the desk,
 * for the facilitators. Where they are anonymous a name beside the other counts would help to tell who has drafts, so
 * it is kept in the memory of the room alone, to be counted: after a restart, or once everybody had left, the count
 * begins at nobody.
 */
export class DoneList {
  readonly #setting: DoneSetting
  #unnamed: { readonly step: StepId; readonly people: Set<PersonId> } | undefined

  constructor(setting: DoneSetting) {
    this.#setting = setting
  }

  /** Somebody says that they are done with the step that the group is in, or not yet. */
  say(person: PersonId, isDone: boolean): void {
    const { at, agenda } = this.#setting.stage()
    if (isAnonymous(agenda, at.phase)) {
      const people = this.#unnamed?.step === at.step ? this.#unnamed.people : new Set<PersonId>()
      if (isDone) people.add(person)
      else people.delete(person)
      this.#unnamed = { step: at.step, people }
      return
    }
    const desk = this.#setting.desk()
    desk.transact(() => {
      if (isDone) doneRoot(desk).set(person, at.step)
      else doneRoot(desk).delete(person)
    }, SERVER_HAND)
  }

  /** Who is done with the step that the group is in; to be counted. */
  now(): ReadonlySet<PersonId> {
    const { at, agenda } = this.#setting.stage()
    if (!isAnonymous(agenda, at.phase)) return doneWith(this.#setting.desk(), at.step)
    return this.#unnamed?.step === at.step ? this.#unnamed.people : new Set()
  }

  /** Nobody has said so yet: the step is begun anew. */
  forget(step: StepId): void {
    if (this.#unnamed?.step === step) this.#unnamed = undefined
    const desk = this.#setting.desk()
    desk.transact(() => {
      for (const [person, at] of doneRoot(desk).entries()) if (at === step) doneRoot(desk).delete(person)
    }, SERVER_HAND)
  }
}
