import { type AgendaPoint, OPEN_AGENDA } from '@quintet/shared/agenda'
import type { OutcomeId } from '@quintet/shared/board'
import { addNote, setOwner } from '@quintet/shared/edits'
import type { NoteId, PersonId, RoundId, StepId, WorkshopId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import {
  type LeftStep,
  NO_PROGRESS,
  type Person,
  type Role,
  type Round,
  type StageFields,
  writeStage,
} from '@quintet/shared/stage'
import type { ReactNode } from 'react'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createStore } from 'zustand/vanilla'
import { DocumentProvider } from '../document/DocumentProvider.tsx'
import type { DeviceState } from '../session/deviceCopies.ts'
import { SessionProvider } from '../session/SessionContext.tsx'
import type { SavedState } from '../session/saved.ts'
import type { CommandBody, Session, SessionState } from '../session/session.ts'
import { Announcer } from '../ui/Announcer.tsx'
import '../ui/patience.fixture.ts'
import { ToastHost } from '../ui/ToastHost.tsx'

/** The facilitator of the tests' workshop. */
export const MAREN: Person = { id: 'maren' as PersonId, name: 'Maren', role: 'facilitator', joinedAt: 1 }
/** A member of it. */
export const INES: Person = { id: 'ines' as PersonId, name: 'Ines', role: 'member', joinedAt: 2 }

type CommandResult = Awaited<ReturnType<Session['command']>>

/** A workshop without a server: real documents, and a line on which commands are only heard. */
export interface Stage {
  readonly session: Session
  /** What was commanded, in order. */
  readonly commands: readonly CommandBody[]
  /** Changes the stage as the server would. @param rounds are put beside those that there are. */
  readonly set: (fields: Partial<StageFields>, rounds?: readonly Round[]) => void
  /** What the server answers from now on. */
  readonly answers: (result: CommandResult) => void
  readonly goes: (state: SessionState) => void
}

interface StageOptions {
  readonly as?: { readonly id: PersonId; readonly name: string; readonly role: Role }
  readonly fields?: Partial<StageFields>
}

/** The first step of a phase of the agenda of open steps. */
export const at = (phase: PhaseId) => ({ phase, step: `${phase}-1` as StepId })

/** A step of a phase, counted from 1. */
export const step = (phase: PhaseId, number: number) => ({ phase, step: `${phase}-${number}` as StepId })

/** What the stage remembers of a move. @param ago ms. */
export const left = (from: AgendaPoint, ago = 0): LeftStep => ({
  at: from,
  movedAt: Date.now() - ago,
  timer: { state: 'idle', duration: 60_000 },
})

/** A round of the vote on the ideal state, open and not counted yet unless told. */
export const voteRound = (round: Partial<Round> = {}): Round => ({
  id: 'r1' as RoundId,
  ...step('ideal', 4),
  state: 'open',
  budget: 5,
  openedAt: 1,
  closedAt: null,
  tally: null,
  ...round,
})

const FIELDS: StageFields = {
  title: 'How we serve product teams',
  createdAt: 0,
  state: 'running',
  closedAt: null,
  reopenedAt: null,
  agenda: OPEN_AGENDA,
  at: at('ideal'),
  resume: {},
  timer: { state: 'idle', duration: 25 * 60_000 },
  locks: {},
  left: null,
  countdown: null,
  reveal: null,
  progress: NO_PROGRESS,
}

/** Makes a running workshop in its second phase, seen by its facilitator unless told. */
export function makeStage({ as = MAREN, fields = {} }: StageOptions = {}): Stage {
  const docs = {
    stage: new Y.Doc(),
    board: new Y.Doc(),
    notebook: as.role === 'observer' ? undefined : new Y.Doc(),
    desk: as.role === 'facilitator' ? new Y.Doc() : undefined,
  }
  const server = Symbol('server')
  writeStage(docs.stage, { fields: { ...FIELDS, ...fields }, people: [MAREN, INES] }, server)
  const commands: CommandBody[] = []
  let answer: CommandResult = { ok: true }
  const state = createStore<SessionState>(() => ({ is: 'live' }))
  const session: Session = {
    workshop: 'w1' as WorkshopId,
    me: as,
    screen: false,
    docs,
    presence: new Awareness(docs.board),
    state,
    saved: createStore<SavedState>(() => ({ is: 'saved' })),
    unsaved: createStore<ReadonlySet<string>>(() => new Set()),
    device: createStore<DeviceState>(() => 'memory'),
    generation: createStore(() => 0),
    now: () => Date.now(),
    command: (body) => {
      commands.push(body)
      return Promise.resolve(answer)
    },
    editing: () => undefined,
    tryNow: () => undefined,
    close: () => undefined,
  }
  return {
    session,
    commands,
    set: (fields, rounds = []) => writeStage(docs.stage, { fields, rounds }, server),
    answers: (result) => {
      answer = result
    },
    goes: (next) => state.setState(next, true),
  }
}

/** What stands around a page's parts: the session, its documents, and the two live regions. */
export function Inside({ stage, children }: { readonly stage: Stage; readonly children: ReactNode }) {
  return (
    <SessionProvider session={stage.session}>
      <DocumentProvider>{children}</DocumentProvider>
      <ToastHost />
      <Announcer />
    </SessionProvider>
  )
}

interface ActionOptions {
  /** Whether it hangs under a gap, which hangs under a statement. */
  readonly threaded?: boolean
}

/** Puts an action on the wall, owned or not. */
export function addAction(
  board: Y.Doc,
  text: string,
  owner: PersonId | null,
  { threaded = false }: ActionOptions = {},
): void {
  const id = text.replace(/\W/g, '').slice(0, 30) as NoteId
  const add = (note: string, phase: PhaseId, under: OutcomeId | null) =>
    addNote({ id: note as NoteId, phase, author: INES.id, at: 0, text, order: 'a0', under })(board)
  if (threaded) {
    add(`${id}-statement`, 'ideal', null)
    add(`${id}-gap`, 'gaps', `${id}-statement` as OutcomeId)
  }
  add(id, 'actions', threaded ? (`${id}-gap` as OutcomeId) : null)
  if (owner) setOwner(id, { person: owner })(board)
}
