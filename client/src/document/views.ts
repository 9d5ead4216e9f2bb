import type { NoteView, OutcomeId, PlanView } from '@quintet/shared/board'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { type BoardAct, may, type Subject, type Verdict } from '@quintet/shared/rules'
import type { Person, StageView } from '@quintet/shared/stage'
import type { ThreadBreak, ThreadLink } from '@quintet/shared/thread'
import { useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { useSession } from '../session/SessionContext.tsx'
import { useDocument } from './DocumentProvider.tsx'
import type { Editor, HereView } from './presenceViews.ts'
import { type Watched, watchThread } from './threadViews.ts'

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

/** One note, removed or not. */
export function useNote(id: NoteId): NoteView | undefined {
  return useStore(useDocument().board.notes.at(id))
}

/** The notes that stand in a phase, in the order of the wall. */
export function useWall(phase: PhaseId): readonly NoteId[] {
  return useStore(useDocument().board.wall(phase))
}

/** The notes of a phase that hang under an outcome, in order. */
export function useHanging(under: OutcomeId, phase: PhaseId): readonly NoteId[] {
  return useStore(useDocument().board.hanging(under, phase))
}

/** The notes of a phase that hang under nothing that stands, in order. */
export function useUnhung(phase: PhaseId): readonly NoteId[] {
  return useStore(useDocument().board.unhung(phase))
}

/** What is planned for an action; empty where nothing is yet. */
export function usePlan(id: OutcomeId): PlanView {
  return useStore(useDocument().board.plans.at(id))
}

/** The plans of all actions that stand, in the order of the wall; at most once per frame. */
export function usePlans(): readonly PlanView[] {
  return useWatched(useDocument().plans)
}

/** How many notes stand in a phase. */
export function useCount(phase: PhaseId): number {
  return useStore(useDocument().board.wall(phase), (wall) => wall.length)
}

/** The golden thread that ends at a note, from its far end; empty where there is no such note. */
export function useThread(id: OutcomeId): readonly ThreadLink[] {
  const { board } = useDocument()
  return useWatched(useMemo(() => watchThread(board, id), [board, id]))
}

/** Every break of the thread, in the order of the phases; at most once per frame. */
export function useBreaks(): readonly ThreadBreak[] {
  return useWatched(useDocument().breaks)
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

/** Whether one may do something now, and why not. One's role is that of the stage: it may have changed since one came. */
export function useMay(act: BoardAct, subject: Subject): Verdict {
  const { me } = useSession()
  return useStage((stage) => {
    const role = me.role === 'observer' ? me.role : (stage.people.get(me.id)?.role ?? me.role)
    return may(act, { person: me.id, role }, stage, subject)
  })
}

/** The board as it is at the moment of asking, for what is done on a click or a drop. It renders nothing again. */
export interface Board {
  readonly note: (id: OutcomeId) => NoteView | undefined
  readonly plan: (id: OutcomeId) => PlanView
  readonly wall: (phase: PhaseId) => readonly NoteView[]
  readonly hanging: (under: OutcomeId, phase: PhaseId) => readonly NoteView[]
  readonly unhung: (phase: PhaseId) => readonly NoteView[]
}

/** Look-ups of the board; the same object as long as the session lasts. */
export function useBoard(): Board {
  const { board } = useDocument()
  return useMemo(
    () => ({
      note: (id) => board.note(id),
      plan: (id) => board.plan(id),
      wall: (phase) => board.views(board.wall(phase).getState()),
      hanging: (under, phase) => board.views(board.hanging(under, phase).getState()),
      unhung: (phase) => board.views(board.unhung(phase).getState()),
    }),
    [board],
  )
}
