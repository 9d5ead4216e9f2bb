import { OPEN_AGENDA } from '@quintet/shared/agenda'
import type { OutcomeId } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import type { NoteId, PersonId, StepId, WorkshopId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { NO_PROGRESS, type Person, type Role, writeStage } from '@quintet/shared/stage'
import type { ReactNode } from 'react'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createStore } from 'zustand/vanilla'
import { SessionProvider } from '../session/SessionContext.tsx'
import type { EditingTarget, Session, SessionState } from '../session/session.ts'
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
}

/** @param me who looks; Ines, a member, unless told. @param loaded whether the stage has come. */
export function sessionAlone({ role = 'member' as Role, loaded = true } = {}): Alone {
  const docs = { stage: new Y.Doc(), board: new Y.Doc(), notebook: role === 'observer' ? undefined : new Y.Doc() }
  const said: (EditingTarget | null)[] = []
  const session: Alone = {
    workshop: 'w' as WorkshopId,
    me: { id: INES.id, name: INES.name, role },
    screen: false,
    docs,
    presence: new Awareness(docs.board),
    state: createStore<SessionState>(() => ({ is: 'live' })),
    saved: createStore(() => ({ is: 'saved' }) as const),
    now: () => Date.now(),
    command: () => Promise.resolve({ ok: true }),
    editing: (target) => void said.push(target),
    tryNow: () => undefined,
    close: () => undefined,
    said,
  }
  if (loaded) loadStage(session)
  return session
}

/** Writes the stage as the server would: running, in Gaps. */
export function loadStage({ docs }: Session): void {
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

interface NewNote {
  readonly phase?: PhaseId
  readonly under?: string | null
  readonly order?: string
  readonly text?: string
}

/** Puts a note on the board, as Maren. */
export function put(
  board: Y.Doc,
  id: string,
  { phase = 'gaps', under = null, order = 'a0', text = id }: NewNote = {},
): NoteId {
  const note = { id: id as NoteId, phase, author: MAREN.id, at: 1, text, order, under: under as OutcomeId | null }
  addNote(note)(board)
  return note.id
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
