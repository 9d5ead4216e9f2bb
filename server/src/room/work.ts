import { randomBytes } from 'node:crypto'
import { type AgendaPoint, isAfter, isAnonymous } from '@quintet/shared/agenda'
import { ID_BYTES, type NoteId, type PersonId, spell } from '@quintet/shared/ids'
import { takesBack } from '@quintet/shared/moves'
import { revealTime } from '@quintet/shared/noteCommands'
import { currentStep, NO_PROGRESS, type StageChange, type StageView } from '@quintet/shared/stage'
import type * as Y from 'yjs'
import type { Book } from '../steward/book.ts'
import { countsOf, fitting, land, readyDrafts } from '../steward/reveal.ts'
import type { Bin } from './bin.ts'
import type { Books } from './books.ts'
import type { DoneList } from './done.ts'
import { SERVER_HAND } from './hand.ts'
import type { Requests } from './requests.ts'

/** What the duties at stage changes work with. All that one of them writes in one turn is saved in one piece. */
export interface Work {
  readonly stage: () => StageView
  readonly board: Y.Doc
  readonly books: Books
  readonly done: DoneList
  readonly bin: Bin<NoteId>
  readonly requests: Requests
  readonly writeStage: (change: StageChange) => void
  /** Does something large over several turns, the first piece in this one; all of it is saved in one piece. */
  readonly inPieces: (pieces: Iterator<void>) => void
  /** Does something whose bytes were paid for by whoever wrote them. */
  readonly paidBefore: (work: () => void) => void
  /** Ms since the epoch. */
  readonly now: () => number
}

/** A fresh random id. */
export const newId = () => spell(randomBytes(ID_BYTES))

/** Whether the step that the group is in counts or takes what stands in everybody's notebook. */
export function takesFromBooks(stage: StageView): boolean {
  return stage.state === 'running' && ['write', 'share', 'vote'].includes(currentStep(stage).kind)
}

/** People whose notebooks are missing for a duty now. */
export function missingBooks({ stage, books }: Work): readonly PersonId[] {
  return [...stage().people.keys()].filter((person) => !books.get(person))
}

/** The notebooks of everyone in the workshop. People who were removed are not among them, and what they did not share does not count. */
export function everyBook({ stage, books }: Work): readonly Book[] {
  return [...stage().people.keys()].map((person) => {
    const doc = books.get(person)
    if (!doc) throw new Error('A duty began before all notebooks were read.')
    return { person, doc }
  })
}

/** Whether a move takes what is ready late and waited for it, so that an anonymous note never comes alone. */
export function takesLate(stage: StageView, to: AgendaPoint): boolean {
  const gathers = currentStep(stage).kind === 'share' && isAnonymous(stage.agenda, stage.at.phase)
  return gathers && isAfter(stage.agenda, to, stage.at)
}

/**
 * Writes a change of the stage, with what comes with it where it moves the group: late anonymous notes land, and
 * nobody has said yet that they are done with the step that begins.
 */
export function writeChange(work: Work, change: StageChange): void {
  const to = change.fields?.at
  if (!to) {
    work.writeStage(change)
    return
  }
  const stage = work.stage()
  const landed = takesLate(stage, to) ? landLate(work, stage) : {}
  if (!takesBack(stage, to, work.now())) work.done.forget(to.step)
  work.writeStage({ ...change, fields: { progress: NO_PROGRESS, ...landed, ...change.fields } })
}

function landLate(work: Work, stage: StageView): Partial<Pick<StageView, 'reveal'>> {
  const { phase } = stage.at
  const ready = readyDrafts(everyBook(work), phase)
  if (ready.length === 0) return {}
  const drafts = fitting(work.board, ready, randomBytes)
  const at = revealTime(stage, phase)
  if (drafts.length > 0)
    work.paidBefore(() => {
      land(work.board, drafts, { phase, at, anonymous: true, random: randomBytes, hand: SERVER_HAND })
    })
  const { reveal } = stage
  if (reveal?.phase !== phase) return {}
  const { count, noRoom } = countsOf(ready, drafts)
  return { reveal: { ...reveal, count: reveal.count + count, ...(noRoom && { noRoom }) } }
}
