import type { BoardView, GroupView, NoteView, OutcomeId, PlanView } from '../board.ts'
import type { PhaseId } from '../phases.ts'
import type { Mark, Marks, Round, StageView } from '../stage.ts'
import type { Tally } from '../tally.ts'
import { pointOf, roundWith, stageOf } from '../workshop.fixture.ts'
import { planMarkdown } from './markdown.ts'

/** Things by their ids, as views hold them. */
export function mapOf<Thing extends { readonly id: string }>(things: readonly Thing[]): Map<Thing['id'], Thing> {
  return new Map(things.map((thing): [Thing['id'], Thing] => [thing.id, thing]))
}

/** What a test puts on the board. */
export interface Wall {
  readonly notes?: readonly NoteView[]
  readonly groups?: readonly GroupView[]
  readonly plan?: readonly PlanView[]
}

export function boardOf({ notes = [], groups = [], plan = [] }: Wall): BoardView {
  return { notes: mapOf(notes), groups: mapOf(groups), plan: mapOf(plan) }
}

/** The plan of a running workshop with all phases, with what a test sets otherwise. */
export function exported(wall: Wall, stage: Partial<StageView> = {}): string {
  return planMarkdown({ stage: stageOf(stage), board: boardOf(wall) })
}

/** What stands under a heading of the second depth, without the heading; undefined where there is none. */
export function sectionOf(markdown: string, heading: string): string | undefined {
  const parts = markdown.split(/^## /m)
  return parts
    .find((part) => part.startsWith(`${heading}\n`))
    ?.slice(heading.length + 1)
    .trim()
}

/** Marks by id. */
export function marksOf(marks: Readonly<Record<string, readonly Mark[]>>): Map<OutcomeId, Marks> {
  return new Map(
    Object.entries(marks).map(([id, each]) => [id as OutcomeId, Object.fromEntries(each.map((mark) => [mark, true]))]),
  )
}

/** A closed round of a phase's vote with five dots each, as if each total were one person's of three. */
export function closedRound(
  phase: PhaseId,
  totals: Readonly<Record<string, number>>,
  fields: Partial<Round> = {},
): Round {
  const counted = Object.entries(totals).filter(([, dots]) => dots > 0)
  const tally: Tally = {
    totals: Object.fromEntries(counted) as Tally['totals'],
    dots: counted.reduce((sum, [, dots]) => sum + dots, 0),
    voted: Math.min(counted.length, 3),
    people: 3,
  }
  const closed = { state: 'closed', budget: 5, closedAt: 20, tally } as const
  return roundWith(`${phase}-${fields.openedAt ?? 10}`, { ...pointOf(phase, 'vote'), ...closed, ...fields })
}
