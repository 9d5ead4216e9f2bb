import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { placeDot } from '@quintet/shared/ballotEdits'
import { type OutcomeId, readBoard } from '@quintet/shared/board'
import { addDraft } from '@quintet/shared/draftEdits'
import { addNote } from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import { sourceOf, standsAs } from '@quintet/shared/groups'
import type { GroupId, NoteId, PersonId, RoundId, StepId, WorkshopId } from '@quintet/shared/ids'
import { draftEntry } from '@quintet/shared/notebook'
import type { PhaseId, StepKind } from '@quintet/shared/phases'
import {
  type Marks,
  NO_PROGRESS,
  type Person,
  type Role,
  type Round,
  type StageFields,
  writeStage,
} from '@quintet/shared/stage'
import { EVERY_STEP, pointOf } from '@quintet/shared/workshop.fixture'
import type { ReactNode } from 'react'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createStore } from 'zustand/vanilla'
import type { DeviceState } from '../session/deviceCopies.ts'
import { SessionProvider } from '../session/SessionContext.tsx'
import type { CommandBody, EditingTarget, Session, SessionState } from '../session/session.ts'
import '../ui/patience.fixture.ts'
import { DocumentProvider } from './DocumentProvider.tsx'

const person = (id: string, name: string, joinedAt: number, role: Person['role'] = 'member'): Person => ({
  id: id as PersonId,
  name,
  role,
  joinedAt,
})

export const MAREN = person('maren', 'Maren', 1, 'facilitator')
export const INES = person('ines', 'Ines', 2)

/** A session whose documents are real and whose connection is none. */
export interface Alone extends Session {
  /** Each field that was said to be open, in order. */
  readonly said: (EditingTarget | null)[]
  /** Each command that was sent, in order; the answer to all is ok. */
  readonly commands: CommandBody[]
}

interface AloneOptions {
  /** What one is; a member unless told. */
  readonly role?: Role
  /** Whether the stage has come. */
  readonly loaded?: boolean
  /** Who looks: Ines unless told. */
  readonly me?: Person
}

/** A workshop of one's own, at Open of Gaps. Observers have no notebook. */
export function sessionAlone({ me = INES, role = me.role, loaded = true }: AloneOptions = {}): Alone {
  const notebook = role === 'observer' ? undefined : new Y.Doc()
  const desk = role === 'facilitator' ? new Y.Doc() : undefined
  const docs = { stage: new Y.Doc(), board: new Y.Doc(), notebook, desk }
  const said: (EditingTarget | null)[] = []
  const commands: CommandBody[] = []
  const session: Alone = {
    workshop: 'w' as WorkshopId,
    me: { id: me.id, name: me.name, role },
    screen: false,
    docs,
    presence: new Awareness(docs.board),
    state: createStore<SessionState>(() => ({ is: 'live' })),
    saved: createStore(() => ({ is: 'saved' }) as const),
    unsaved: createStore<ReadonlySet<string>>(() => new Set()),
    device: createStore<DeviceState>(() => 'memory'),
    generation: createStore(() => 0),
    now: () => Date.now(),
    command: (body) => {
      commands.push(body)
      return Promise.resolve({ ok: true })
    },
    editing: (target) => void said.push(target),
    tryNow: () => undefined,
    close: () => undefined,
    said,
    commands,
  }
  if (loaded) loadStage(session)
  return session
}

type HasStage = Pick<Session, 'docs'>

/** Writes the stage as the server would: running, at Open of Gaps of the agenda without secrets. */
export function loadStage({ docs }: HasStage): void {
  writeStage(
    docs.stage,
    {
      fields: {
        title: 'How we serve product teams',
        createdAt: 1,
        state: 'running',
        closedAt: null,
        agenda: OPEN_AGENDA,
        at: { phase: 'gaps', step: 'gaps-1' as StepId },
        resume: {},
        timer: { state: 'idle', duration: 60_000 },
        locks: {},
        left: null,
        countdown: null,
        reveal: null,
        progress: NO_PROGRESS,
      },
      people: [MAREN, INES],
    },
    'server',
  )
}

/** Changes fields of the stage as the server would. */
export function setStage({ docs }: HasStage, fields: Partial<StageFields>): void {
  writeStage(docs.stage, { fields }, 'server')
}

/** Moves everyone to a kind of step of a phase, of an agenda in which every phase runs every kind. */
export function goTo(
  session: HasStage,
  phase: PhaseId,
  kind: StepKind,
  { anonymous = false }: { readonly anonymous?: boolean } = {},
): void {
  const phases = EVERY_STEP.phases.map((each) => ({ ...each, anonymous }))
  setStage(session, { agenda: { phases }, at: pointOf(phase, kind) })
}

/** Opens or changes a round of the vote of a phase, as {@link goTo} names it: open, with five dots, unless told. */
export function putRound({ docs }: HasStage, phase: PhaseId, round: Partial<Round> = {}): RoundId {
  const id = round.id ?? (`round-${phase}` as RoundId)
  const { step } = pointOf(phase, 'vote')
  const open = { phase, step, state: 'open', budget: 5, openedAt: 1, closedAt: null, tally: null } as const
  writeStage(docs.stage, { rounds: [{ ...open, ...round, id }] }, 'server')
  return id
}

/** Says of a note or group what facilitators do. */
export function putMarks({ docs }: HasStage, id: string, marks: Marks): void {
  writeStage(docs.stage, { marks: [[id as OutcomeId, marks]] }, 'server')
}

interface NewNote {
  readonly phase?: PhaseId
  readonly under?: string | null
  readonly order?: string
  readonly text?: string
  readonly author?: PersonId | null
  readonly at?: number
}

/** Puts a note on the board, as Maren unless told. */
export function put(
  board: Y.Doc,
  id: string,
  { phase = 'gaps', under = null, order = 'a0', text = id, author = MAREN.id, at = 1 }: NewNote = {},
): NoteId {
  const note = { id: id as NoteId, phase, author, at, text, order, under: under as OutcomeId | null }
  addNote(note)(board)
  return note.id
}

interface NewGroup {
  readonly phase?: PhaseId
  readonly name?: string
  readonly order?: string
}

/** Groups notes that stand, in the order of this list. */
export function putGroup(
  board: Y.Doc,
  id: string,
  notes: readonly string[],
  { phase = 'gaps', name = id, order = 'a0' }: NewGroup = {},
): GroupId {
  const placed = notes.map((note, at) => [note as NoteId, `a${at}`] as const)
  groupNotes({ id: id as GroupId, phase, name, order }, placed)(board)
  return id as GroupId
}

interface NewDraft extends NewNote {
  readonly ready?: boolean
  readonly removed?: boolean
  /** The note that the server made of it. */
  readonly became?: string
}

/** Puts a draft into one's own notebook: a ready secret, unless told. */
export function putDraft(
  { docs, me }: Pick<Session, 'docs' | 'me'>,
  id: string,
  { ready = true, removed = false, became, ...note }: NewDraft = {},
): NoteId {
  const { notebook } = docs
  if (!notebook) throw new Error('An observer has no notebook.')
  const { phase = 'gaps', under = null, order = 'a0', text = id, author = me.id, at = 1 } = note
  addDraft({ id: id as NoteId, phase, author, at, text, order, under: under as OutcomeId | null, ready })(notebook)
  if (removed) draftEntry(notebook, id)?.set('removed', true)
  if (became !== undefined) draftEntry(notebook, id)?.set('became', became)
  return id as NoteId
}

/** Places one of one's own dots. */
export function putDot({ docs }: HasStage, round: RoundId, target: string, budget = 5): void {
  const source = sourceOf(readBoard(docs.board))
  if (docs.notebook) placeDot(round, budget, target as OutcomeId, (id) => standsAs(id, source)?.id)(docs.notebook)
}

/** Everything inside of a session and its documents. */
export function Inside({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  return (
    <SessionProvider session={session}>
      <DocumentProvider>{children}</DocumentProvider>
    </SessionProvider>
  )
}

/** What somebody else says of themselves on the board, as the server stamps it; null when they leave. */
export function hear(session: Session, client: number, state: unknown): void {
  const { presence } = session
  const other = new Awareness(new Y.Doc())
  other.clientID = client
  if (state === null) presence.states.delete(client)
  else presence.states.set(client, state as Record<string, unknown>)
  presence.emit('change', [{ added: [client], updated: [], removed: [] }, 'server'])
  other.destroy()
}
