import type { PhrasingContent } from 'mdast'
import { type BoardView, emptyPlan, type NoteView, type Owner, type PlanView } from '../board.ts'
import { isGroup, type Outcome, wordsOf } from '../groups.ts'
import type { PersonId } from '../ids.ts'
import { displayNames } from '../people.ts'
import { PHASE_IDS, type PhaseId } from '../phases.ts'
import type { Person, StageView } from '../stage.ts'
import { outcomesOf, type ThreadBoard, threadBoard } from '../thread.ts'
import { literalText } from './literalText.ts'
import { NONE, own } from './markdownNodes.ts'

/** What an export is made of: what everyone in the workshop may read, and nothing else. */
export interface PlanSource {
  readonly stage: StageView
  readonly board: BoardView
  /** The moment of the export, ms since the epoch; without it the document does not say when it was made. */
  readonly now?: number
}

/** What every part of the document reads. */
export interface Reading {
  readonly stage: StageView
  readonly board: ThreadBoard
  /** Of everyone who is or was in the workshop. */
  readonly names: ReadonlyMap<PersonId, string>
}

export function readingOf({ stage, board }: PlanSource): Reading {
  return {
    stage,
    board: threadBoard(board, stage.marks, stage.agenda),
    names: displayNames([...stage.people.values(), ...stage.former.values()]),
  }
}

/** Whether the workshop goes through a phase. Nothing is missing that a phase left out would have brought. */
export function runs({ stage }: Reading, phase: PhaseId): boolean {
  return stage.agenda.phases.some((each) => each.phase === phase)
}

/** The words of an outcome as literal text. */
export function said({ board }: Reading, outcome: Outcome): PhrasingContent[] {
  const words = wordsOf(outcome, isGroup(outcome) ? board.inGroup(outcome.id)[0] : undefined)
  return words.trim() === '' ? own('no words yet') : literalText(words)
}

/** Who wrote a note; nothing for an anonymous one, and for somebody whom this workshop does not know. */
export function authorOf({ names }: Reading, note: NoteView): PhrasingContent[] | undefined {
  const name = note.author === null ? undefined : names.get(note.author)
  return name === undefined ? undefined : literalText(name)
}

export function planOf({ board }: Reading, action: Outcome): PlanView {
  return board.plan(action.id) ?? emptyPlan(action.id)
}

/** What stands behind the name of somebody who was removed from the workshop. */
export const LEFT = ' (left the workshop)'

export function ownerName({ stage, names }: Reading, owner: Owner | null): PhrasingContent[] {
  if (owner === null) return NONE
  if ('name' in owner) return literalText(owner.name)
  const name = names.get(owner.person)
  if (name === undefined) return own('someone who is not in the list of people')
  const left: PhrasingContent[] = stage.people.has(owner.person) ? [] : [{ type: 'text', value: LEFT }]
  return [...literalText(name), ...left]
}

/** Whether facilitators put a note or group aside. */
export function isParked({ board }: Reading, outcome: Outcome): boolean {
  return board.marks(outcome.id)?.parked === true
}

/** The notes that stand in a group, without those that are parked by themselves. */
export function notesIn(reading: Reading, outcome: Outcome): readonly NoteView[] {
  return isGroup(outcome) ? reading.board.inGroup(outcome.id).filter((note) => !isParked(reading, note)) : []
}

/** People who are not in the workshop any more and whose names still stand in it: as authors and owners. */
export function leftBehind(reading: Reading): readonly Person[] {
  const { board, stage } = reading
  const named = new Set<PersonId>()
  for (const phase of PHASE_IDS)
    for (const note of notesOf(board, phase)) if (note.author !== null) named.add(note.author)
  for (const action of outcomesOf('actions', board)) {
    const { owner } = planOf(reading, action)
    if (owner && 'person' in owner) named.add(owner.person)
  }
  return [...stage.former.values()].filter(({ id }) => named.has(id))
}

function notesOf(board: ThreadBoard, phase: PhaseId): readonly NoteView[] {
  return board.wall(phase).flatMap((outcome) => (isGroup(outcome) ? board.inGroup(outcome.id) : outcome))
}
