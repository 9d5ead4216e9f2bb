import { isAnonymous } from '@quintet/shared/agenda'
import type { GroupView, NoteView, OutcomeId, PlanView } from '@quintet/shared/board'
import { isGroup, type Outcome, standsAs, wordsOf } from '@quintet/shared/groups'
import type { GroupId, NoteId, PersonId } from '@quintet/shared/ids'
import type { PhaseId, StepKind } from '@quintet/shared/phases'
import { type BoardAct, may, type Subject, type Verdict } from '@quintet/shared/rules'
import { type Marks, type Person, type StageView, stepKindIn } from '@quintet/shared/stage'
import type { ThreadSource } from '@quintet/shared/thread'
import { useMemo } from 'react'
import { type StoreApi, useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { useSession } from '../session/SessionContext.tsx'
import { watchReading } from './boardReading.ts'
import { useDocument } from './DocumentProvider.tsx'
import type { Editor, HereView } from './presenceViews.ts'
import { watchParked, watchUnparked } from './threadViews.ts'
import { useWatched } from './useWatched.ts'

/** Whether the stage is known, from which on the hooks below may be used. */
export function useStageLoaded(): boolean {
  return useStore(useDocument().stage.stage, (stage) => stage !== undefined)
}

/**
 * A part of the stage. It renders again when the part changes, compared by its entries, so that a selector may make an
 * object of several parts.
 * @throws before the stage is loaded, see {@link useStageLoaded}.
 */
export function useStage<T>(selector: (stage: StageView) => T): T {
  const select = useShallow(selector)
  return useStore(useDocument().stage.stage, (stage) => {
    if (!stage) throw new Error('The stage is not loaded. Render this only where useStageLoaded is true.')
    return select(stage)
  })
}

/** The kind of step that rules in a phase now; null where nothing may be done yet. */
export function useStepKind(phase: PhaseId): StepKind | null {
  return useStage((stage) => stepKindIn(stage, phase))
}

/** Whether nobody is told whose a note of a phase is. */
export function useAnonymous(phase: PhaseId): boolean {
  return useStage((stage) => isAnonymous(stage.agenda, phase))
}

/** One note, removed or not. */
export function useNote(id: NoteId): NoteView | undefined {
  return useStore(useDocument().board.notes.at(id))
}

/** One group as it was written, merged or removed or not; see {@link useOutcome} for what it stands as. */
export function useGroup(id: GroupId): GroupView | undefined {
  return useStore(useDocument().board.groups.at(id))
}

/** The notes that stand in a group, in order. */
export function useInGroup(id: GroupId): readonly NoteId[] {
  return useStore(useDocument().board.members(id))
}

/** What an id stands as on the wall: a note in a group as that group; undefined for what was removed. */
export function useOutcome(id: OutcomeId): Outcome | undefined {
  return useReading((source) => standsAs(id, source), id)
}

/** The words of a note or group; a group without a name has those of its first note. */
export function useWords(id: OutcomeId): string {
  return useReading((source) => wordsUnder(id, source), id)
}

function wordsUnder(id: OutcomeId, source: ThreadSource): string {
  const outcome = source.note(id as NoteId) ?? standsAs(id, source)
  return outcome ? wordsOf(outcome, isGroup(outcome) ? source.inGroup(outcome.id)[0] : undefined) : ''
}

/** The notes that stand in a phase, loose and in groups, in order. */
export function useWall(phase: PhaseId): readonly NoteId[] {
  return useStore(useDocument().board.standing(phase))
}

/** What stands on a phase's wall, in order: groups with notes in them, and loose notes. What was parked is left out. */
export function useBlocks(phase: PhaseId): readonly OutcomeId[] {
  const { board } = useDocument()
  return useUnparked(board.blocks(phase))
}

/** What of a phase was put aside, in order: groups, and notes loose or in groups. */
export function useParked(phase: PhaseId): readonly OutcomeId[] {
  const { board, stage } = useDocument()
  return useWatched(useMemo(() => watchParked(board, stage, phase), [board, stage, phase]))
}

/** The groups and loose notes of a phase that hang under an outcome, in order. What was parked is left out. */
export function useHanging(under: OutcomeId, phase: PhaseId): readonly OutcomeId[] {
  return useUnparked(useDocument().board.hanging(under, phase))
}

/** The groups and loose notes of a phase that hang under nothing that stands, in order. What was parked is left out. */
export function useUnhung(phase: PhaseId): readonly OutcomeId[] {
  return useUnparked(useDocument().board.unhung(phase))
}

function useUnparked(list: StoreApi<readonly OutcomeId[]>): readonly OutcomeId[] {
  const { stage } = useDocument()
  return useWatched(useMemo(() => watchUnparked(list, stage), [list, stage]))
}

/** What is planned for an action; empty where nothing is yet. */
export function usePlan(id: OutcomeId): PlanView {
  return useStore(useDocument().board.plans.at(id))
}

/** How many notes stand in a phase. */
export function useCount(phase: PhaseId): number {
  return useStore(useDocument().board.standing(phase), (wall) => wall.length)
}

/** What facilitators said of a note or group. */
export function useMarks(id: OutcomeId): Marks {
  return useStore(useDocument().stage.marks.at(id))
}

/** @param of what the reading is of: it is made anew when that changes. */
function useReading<T>(read: (source: ThreadSource) => T, of: string): T {
  const { board } = useDocument()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is read depends on the id alone.
  return useWatched(useMemo(() => watchReading(board, read, Object.is), [board, of]))
}

/** The workshop's people. */
export function usePeople(): ReadonlyMap<PersonId, Person> {
  return useStore(useDocument().stage.people, ({ people }) => people)
}

/** What each of the workshop's people is called, those of the same name told apart. */
export function useDisplayNames(): ReadonlyMap<PersonId, string> {
  return useStore(useDocument().stage.people, ({ names }) => names)
}

/** What somebody is called: "Anonymous" for null, "Somebody" for a person who is not in the workshop's list. */
export function useDisplayName(id: PersonId | null): string {
  const name = useStore(useDocument().stage.people, ({ names }) => (id === null ? undefined : names.get(id)))
  return name ?? (id === null ? 'Anonymous' : 'Somebody')
}

/** Who is here now, oneself first, and how many observers. */
export function useHere(): HereView {
  return useStore(useDocument().presence.here)
}

/** Who else has something open now, or one field of it. */
export function useEditors(id: string, field?: Editor['field']): readonly PersonId[] {
  return useStore(
    useDocument().presence.editors.at(id),
    useShallow((editors) => [
      ...new Set(editors.filter((each) => field === undefined || each.field === field).map((each) => each.person)),
    ]),
  )
}

/** What somebody would act on. */
interface MaySubject extends Subject {
  /** The note, where it is one that stands: one's own notebook knows whether an anonymous one is one's own. */
  readonly note?: NoteId | undefined
}

/**
 * Whether one may do something now, and why not. One's role is that of the stage: it may have changed since one came.
 * Removing an anonymous note that is one's own is possible where it can be withdrawn, by a command.
 */
export function useMay(act: BoardAct, { phase, author, note }: MaySubject): Verdict {
  const { me, state } = useSession()
  const isOver = useStore(state, ({ is }) => is === 'refused')
  const wasDraft = useStore(useDocument().notebook.own.at(note ?? NO_NOTE))
  const verdict = useStage((stage) => {
    const role = me.role === 'observer' ? me.role : (stage.people.get(me.id)?.role ?? me.role)
    const withdraws = act === 'remove' && wasDraft && author === null && role !== 'facilitator'
    return may(withdraws ? 'withdraw' : act, { person: me.id, role }, stage, { phase, author })
  })
  return isOver ? OVER : verdict
}

/** Once a session has ended, nothing that is written would go anywhere. */
const OVER: Verdict = { allowed: false, reason: 'Nothing is sent any more. Reload the page to go on.' }

/** An id that no note has. */
const NO_NOTE = '' as NoteId

/** The board as it is at the moment of asking, for what is done on a click or a drop. It renders nothing again. */
export interface Board {
  readonly note: (id: OutcomeId) => NoteView | undefined
  readonly group: (id: OutcomeId) => GroupView | undefined
  /** The notes that stand in a group, in order. */
  readonly inGroup: (id: GroupId) => readonly NoteView[]
  /** What an id stands as. */
  readonly outcome: (id: OutcomeId) => Outcome | undefined
  /** What stands as a list of {@link useBlocks}. */
  readonly blocks: (phase: PhaseId) => readonly Outcome[]
  readonly words: (id: OutcomeId) => string
  readonly plan: (id: OutcomeId) => PlanView
  /** The notes that stand in a phase, loose and in groups. */
  readonly wall: (phase: PhaseId) => readonly NoteView[]
  readonly hanging: (under: OutcomeId, phase: PhaseId) => readonly Outcome[]
  readonly unhung: (phase: PhaseId) => readonly Outcome[]
}

/** Look-ups of the board; the same object as long as the session lasts. */
export function useBoard(): Board {
  const { board, stage } = useDocument()
  return useMemo(() => {
    const unparked = (list: StoreApi<readonly OutcomeId[]>) => board.views(watchUnparked(list, stage).get())
    return {
      note: board.note,
      group: board.group,
      inGroup: board.inGroup,
      outcome: board.outcome,
      blocks: (phase) => unparked(board.blocks(phase)),
      words: (id) => wordsUnder(id, board),
      plan: board.plan,
      wall: (phase) =>
        board
          .standing(phase)
          .getState()
          .flatMap((id) => board.note(id) ?? []),
      hanging: (under, phase) => unparked(board.hanging(under, phase)),
      unhung: (phase) => unparked(board.unhung(phase)),
    }
  }, [board, stage])
}
