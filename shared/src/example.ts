import type * as Y from 'yjs'
import { type Agenda, type AgendaPoint, agendaPoints, DEFAULT_BUDGET, RHYTHM_AGENDA, stepAt } from './agenda.ts'
import type { OutcomeId, PlanText } from './board.ts'
import { addNote, setDue, setOwner, targetText, writeText } from './edits.ts'
import { MEMBERS, type Part, STORY, type StoryGroup, type StoryNote, type StoryPhase } from './exampleStory.ts'
import { groupNotes } from './groupEdits.ts'
import { type GroupId, ID_BYTES, type NoteId, type PersonId, type RoundId, spell } from './ids.ts'
import { keyAt, type Ordered } from './order.ts'
import type { PhaseId, StepKind } from './phases.ts'
import type { Marks, Person, Round, StageFields } from './stage.ts'
import type { Tally } from './tally.ts'

/** A workshop that is already filled, for people who want to look around before they make their own. */
export interface ExampleWorkshop {
  readonly title: string
  readonly agenda: Agenda
  /** The members, without the creator. They have no seats, so nobody can act as one of them. */
  readonly people: readonly Person[]
  /** Where the workshop is: at Owners, with two actions still to be claimed. */
  readonly at: AgendaPoint
  /** Every phase was left at Decide. */
  readonly resume: StageFields['resume']
  /** The votes of the story, all closed. */
  readonly rounds: readonly Round[]
  /** What the team kept and parked, and what is true already. */
  readonly marks: readonly (readonly [OutcomeId, Marks])[]
  /** Fills an empty board with named edits, as one transaction. */
  readonly write: (board: Y.Doc) => void
}

/** A thing on a wall of the story under its id. */
interface Thing {
  readonly id: OutcomeId
  readonly phase: PhaseId
  readonly told: StoryNote | StoryGroup
}

const DAY = 24 * 60 * 60 * 1000

/**
 * The example: a platform team that asks how it serves product teams.
 * @param random gives that many fresh random bytes.
 * @param now ms since the epoch; due dates are days (UTC) counted from it.
 * @param creator the facilitator who opened the example: the author and owner of what the story's facilitator wrote.
 */
export function exampleWorkshop(
  random: (bytes: number) => Uint8Array,
  now: number,
  creator: PersonId,
): ExampleWorkshop {
  const freshId = () => spell(random(ID_BYTES))
  // A millisecond apart and after the creator, so that lists of people keep the story's order.
  const people = MEMBERS.map((name, index): Person => {
    return { id: freshId() as PersonId, name, role: 'member', joinedAt: now + index + 1 }
  })
  const personOf = (part: Part) => people.find(({ name }) => name === part)?.id ?? creator
  const things = STORY.flatMap(({ phase, wall }) =>
    wall.map((told): Thing => ({ id: freshId() as OutcomeId, phase, told })),
  )
  return {
    title: 'How we serve product teams',
    agenda: RHYTHM_AGENDA,
    people,
    at: pointOf('owners', 'owners'),
    resume: Object.fromEntries(STORY.map(({ phase }) => [phase, pointOf(phase, 'decide').step])),
    rounds: STORY.flatMap((told) => rounds(told, things, 1 + people.length, now, freshId)),
    marks: things.flatMap(({ id, told }) =>
      told.marks ? [[id, Object.fromEntries(told.marks.map((mark) => [mark, true]))]] : [],
    ),
    write: (board) => board.transact(() => writeExample(board, things, { freshId, personOf, now })),
  }
}

/** Where the agenda runs a kind of step of a phase. */
function pointOf(phase: PhaseId, kind: StepKind): AgendaPoint {
  const point = agendaPoints(RHYTHM_AGENDA).find((at) => at.phase === phase && stepAt(RHYTHM_AGENDA, at)?.kind === kind)
  if (!point) throw new Error(`The agenda runs no ${kind} in ${phase}, which the example tells of.`)
  return point
}

/** The rounds of a phase's vote, a millisecond apart in the order of the story. @param people who could vote. */
function rounds(
  { phase, voted }: StoryPhase,
  things: readonly Thing[],
  people: number,
  now: number,
  freshId: () => string,
): readonly Round[] {
  return voted.map((count, index): Round => {
    const openedAt = now + index
    return {
      id: freshId() as RoundId,
      ...pointOf(phase, 'vote'),
      state: 'closed',
      budget: DEFAULT_BUDGET,
      openedAt,
      closedAt: openedAt + 1,
      tally: tally(
        things.flatMap(({ id, phase: of, told }) => {
          const dots = of === phase ? (told.votes?.[index] ?? 0) : 0
          return dots === 0 ? [] : [[id, dots]]
        }),
        { voted: count, people },
      ),
    }
  })
}

function tally(totals: readonly (readonly [OutcomeId, number])[], of: Pick<Tally, 'voted' | 'people'>): Tally {
  return {
    totals: Object.fromEntries(totals) as Record<OutcomeId, number>,
    dots: totals.reduce((sum, [, dots]) => sum + dots, 0),
    ...of,
  }
}

/** What the story needs to be written down. */
interface Pen {
  readonly freshId: () => string
  readonly personOf: (part: Part) => PersonId
  readonly now: number
}

function writeExample(board: Y.Doc, things: readonly Thing[], pen: Pen): void {
  const wordsOf = ({ told }: Thing) => ('name' in told ? told.name : told.text)
  const idOf = new Map(things.map((thing) => [wordsOf(thing), thing.id]))
  const walls = new Map<PhaseId, Ordered[]>()
  for (const thing of things) {
    const { id, phase, told } = thing
    const wall = walls.get(phase) ?? []
    const order = keyAt(wall, wall.length)
    walls.set(phase, [...wall, { id, order }])
    const common = { phase, at: pen.now, under: told.under === undefined ? null : (idOf.get(told.under) ?? null) }
    const add = (note: NoteId, place: string, text: string, by: Part) =>
      addNote({ ...common, id: note, order: place, text, author: pen.personOf(by) })(board)
    if ('text' in told) add(id as NoteId, order, told.text, told.by)
    else {
      const inside: Ordered[] = []
      for (const [text, by] of told.notes) {
        const note = { id: pen.freshId() as NoteId, order: keyAt(inside, inside.length) }
        inside.push(note)
        add(note.id, note.order, text, by)
      }
      const placed = inside.map((note) => [note.id as NoteId, note.order] as const)
      groupNotes({ id: id as GroupId, phase, name: told.name, order }, placed)(board)
    }
    plan(board, thing, pen)
  }
}

function plan(board: Y.Doc, { id, told }: Thing, { personOf, now }: Pen): void {
  if (!told.plan) return
  setOwner(id, { person: personOf(told.plan.owner) })(board)
  setDue(id, new Date(now + told.plan.dueIn * DAY).toISOString().slice(0, 10))(board)
  fillIn(board, id, 'firstStep', told.plan.firstStep)
  fillIn(board, id, 'measure', told.plan.measure ?? '')
}

function fillIn(board: Y.Doc, id: OutcomeId, field: PlanText, words: string): void {
  const text = targetText(board, { of: 'plan', id, field })
  if (text && words !== '') writeText(text, { at: 0, remove: 0, insert: words })
}
