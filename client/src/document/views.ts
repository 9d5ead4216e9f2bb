import { isAnonymous } from '@quintet/shared/agenda'
import type { GroupView, NoteView, OutcomeId, PlanView } from '@quintet/shared/board'
import { isGroup, type Outcome, standsAs, wordsOf } from '@quintet/shared/groups'
import type { GroupId, NoteId, PersonId } from '@quintet/shared/ids'
import { COUNTDOWN } from '@quintet/shared/moves'
import type { DraftView } from '@quintet/shared/notebook'
import type { PhaseId, StepKind } from '@quintet/shared/phases'
import { type BoardAct, may, type Subject, type Verdict } from '@quintet/shared/rules'
import {
  type Countdown,
  lastTally,
  type Marks,
  type Person,
  type Progress,
  type Round,
  roundOf,
  type StageView,
  stepKindIn,
} from '@quintet/shared/stage'
import type { DotsLeft, Tally } from '@quintet/shared/tally'
import type { ThreadBreak, ThreadLink, ThreadSource } from '@quintet/shared/thread'
import type { Timer } from '@quintet/shared/timer'
import { useMemo, useSyncExternalStore } from 'react'
import { type StoreApi, useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { useSession, useTimerReading } from '../session/SessionContext.tsx'
import { watchReading } from './boardReading.ts'
import { arrivalOf } from './boardViews.ts'
import { useDocument } from './DocumentProvider.tsx'
import type { Editor, HereView } from './presenceViews.ts'
import { watchKept, watchOutcomes, watchParked, watchThread, watchUnparked } from './threadViews.ts'
import type { Watched } from './watched.ts'

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

/** The plans of what Actions handed on, see {@link useOutcomes}; at most once per frame. */
export function usePlans(): readonly PlanView[] {
  return useWatched(useDocument().plans)
}

/** How many notes stand in a phase. */
export function useCount(phase: PhaseId): number {
  return useStore(useDocument().board.standing(phase), (wall) => wall.length)
}

/** The golden thread that ends at a note or group, from its far end; empty where there is no such thing. */
export function useThread(id: OutcomeId): readonly ThreadLink[] {
  const { board } = useDocument()
  return useWatched(useMemo(() => watchThread(board, id), [board, id]))
}

/** Every break of the thread, in the order of the phases; at most once per frame. */
export function useBreaks(): readonly ThreadBreak[] {
  return useWatched(useDocument().breaks)
}

/** What a phase hands on: what the team kept of it, or all that stands and is not parked while it kept nothing. */
export function useOutcomes(phase: PhaseId): readonly OutcomeId[] {
  const { board, stage } = useDocument()
  return useWatched(useMemo(() => watchOutcomes(board, stage, phase), [board, stage, phase]))
}

/** How many outcomes of a phase the team kept. */
export function useKeptCount(phase: PhaseId): number {
  const { board, stage } = useDocument()
  return useWatched(useMemo(() => watchKept(board, stage, phase), [board, stage, phase])).length
}

/** What facilitators said of a note or group. */
export function useMarks(id: OutcomeId): Marks {
  return useStore(useDocument().stage.marks.at(id))
}

/** The totals of the latest closed round of a phase; null before the first. */
export function useTally(phase: PhaseId): Tally | null {
  return useStage((stage) => lastTally(stage, phase))
}

/** What a note or group got in the latest closed round of its phase; null before the first. */
export function useTotal(id: OutcomeId): number | null {
  const { board } = useDocument()
  const ofNote = useStore(board.notes.at(id as NoteId), (note) => note?.phase)
  const ofGroup = useStore(board.groups.at(id as GroupId), (group) => group?.phase)
  const phase = ofNote ?? ofGroup
  return useStage((stage) => {
    const tally = phase ? lastTally(stage, phase) : null
    return tally && (tally.totals[id] ?? 0)
  })
}

/** The latest round of the step that the group is in; undefined where it is no vote. */
export function useRound(): Round | undefined {
  return useStage((stage) => roundOf(stage, stage.at))
}

/** How many of one's own dots stand on a note or group in the open round. */
export function useDots(id: OutcomeId): number {
  return useStore(useDocument().ballot.dots.at(id))
}

/** What became of one's own dots in the open round; null where no vote is open, and for those who do not vote. */
export function useDotsLeft(): DotsLeft | null {
  return useStore(useDocument().ballot.left)
}

/** One's own secret drafts of a phase that are ready, the newest last. One that is being rewritten here stays among them. */
export function useDrafts(phase: PhaseId): readonly NoteId[] {
  return useStore(useDocument().notebook.ready(phase))
}

/** The draft of a phase that one is still typing, the latest of them; null where there is none. */
export function useComposing(phase: PhaseId): NoteId | null {
  return useStore(useDocument().notebook.composed(phase), (ids) => ids.at(-1) ?? null)
}

/** All drafts of a phase that one has not finished, the newest last: one in the composer, and what an interruption left. */
export function useUnfinished(phase: PhaseId): readonly NoteId[] {
  return useStore(useDocument().notebook.composed(phase))
}

/** One of one's own drafts, shared, removed or not. */
export function useDraft(id: NoteId): DraftView | undefined {
  return useStore(useDocument().notebook.drafts.at(id))
}

/** Whether a note of the board is one's own: signed by oneself, or anonymous and once one's own draft. */
export function useIsOwn(id: NoteId): boolean {
  const { board, notebook } = useDocument()
  const { me } = useSession()
  const wasDraft = useStore(notebook.own.at(id))
  return useStore(board.notes.at(id), (note) => note?.author === me.id) || wasDraft
}

/** How far people are in the step that the group is in. */
export function useProgress(): Progress {
  return useStage(({ progress }) => progress)
}

/** What every screen counts down to; null where nothing is. */
export function useCountdown(): Countdown | null {
  return useStage(({ countdown }) => countdown)
}

/** Whole seconds of the countdown that are left, by the server's clock, 0 at its end; null where there is none. */
export function useCountdownSeconds(): number | null {
  const countdown = useCountdown()
  const timer = useMemo(() => timerOf(countdown), [countdown])
  const { seconds } = useTimerReading(timer)
  return countdown && Math.max(0, seconds)
}

function timerOf(countdown: Countdown | null): Timer {
  return countdown
    ? { state: 'running', duration: COUNTDOWN, endsAt: countdown.endsAt }
    : { state: 'idle', duration: COUNTDOWN }
}

/** What a reveal brings, as long as not all of it is on the board yet; null otherwise. */
export function useLanding(): { readonly count: number } | null {
  const reveal = useStage((stage) => stage.reveal)
  const arrived = useStore(useDocument().board.arrived.at(reveal ? arrivalOf(reveal) : ''))
  return reveal && arrived < reveal.count ? reveal : null
}

/** @param of what the reading is of: it is made anew when that changes. */
function useReading<T>(read: (source: ThreadSource) => T, of: string): T {
  const { board } = useDocument()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is read depends on the id alone.
  return useWatched(useMemo(() => watchReading(board, read, Object.is), [board, of]))
}

function useWatched<T>({ subscribe, get }: Watched<T>): T {
  return useSyncExternalStore(subscribe, get)
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
  const { me } = useSession()
  const wasDraft = useStore(useDocument().notebook.own.at(note ?? NO_NOTE))
  return useStage((stage) => {
    const role = me.role === 'observer' ? me.role : (stage.people.get(me.id)?.role ?? me.role)
    const withdraws = act === 'remove' && wasDraft && author === null && role !== 'facilitator'
    return may(withdraws ? 'withdraw' : act, { person: me.id, role }, stage, { phase, author })
  })
}

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
