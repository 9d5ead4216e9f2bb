import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { type NoteView, type OutcomeId, readBoard, wallOf } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import type { NoteId, PersonId, StepId, WorkshopId } from '@quintet/shared/ids'
import { keyAt } from '@quintet/shared/order'
import type { PhaseId } from '@quintet/shared/phases'
import { type Person, type Role, type StageFields, writeStage } from '@quintet/shared/stage'
import { type RenderResult, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createStore } from 'zustand/vanilla'
import { DocumentProvider } from '../document/DocumentProvider.tsx'
import type { DeviceState } from '../session/deviceCopies.ts'
import { SessionProvider } from '../session/SessionContext.tsx'
import type { CommandBody, Session } from '../session/session.ts'
import { Announcer } from '../ui/Announcer.tsx'
import '../ui/patience.fixture.ts'
import { ToastHost } from '../ui/ToastHost.tsx'
import { hideToast } from '../ui/toasts.ts'
import '../ui/topLayer.fixture.ts'

/** Half past ten on a day in November 2026, ms since the epoch. */
const NOW = Date.UTC(2026, 10, 26, 10, 30)

export const MAREN = 'maren' as PersonId
export const TOMASZ = 'tomasz' as PersonId

const person = (id: PersonId, name: string, joinedAt: number): Person => ({
  id,
  name,
  role: id === MAREN ? 'facilitator' : 'member',
  joinedAt,
})

interface WorkshopOptions {
  /** The phase that the workshop is in: gaps unless told. */
  readonly phase?: PhaseId
  /** Who looks: Tomasz, a member, unless told. */
  readonly me?: { readonly id: PersonId; readonly role: Role }
  readonly stage?: Partial<StageFields>
}

interface NewNote {
  readonly phase?: PhaseId
  readonly author?: PersonId | null
  readonly under?: OutcomeId | null
}

/** A workshop that is in one browser alone. */
export interface WorkshopAlone {
  readonly session: Session
  readonly board: Y.Doc
  /** What was commanded, in order; the answer to all is ok. */
  readonly commands: readonly CommandBody[]
  /** Adds a note at the end of its phase's wall, as Maren unless told. */
  readonly add: (id: string, text: string, more?: NewNote) => NoteId
  /** The notes of a phase as they stand now, in their order. */
  readonly wall: (phase?: PhaseId) => readonly NoteView[]
  /** Something with the workshop around it, to show it again. */
  readonly around: (children: ReactNode) => ReactNode
  /** Shows something inside of the workshop. */
  readonly show: (children: ReactNode) => RenderResult
}

/** Its documents, and a session without a connection. */
export function workshopAlone(options: WorkshopOptions = {}): WorkshopAlone {
  const { phase = 'gaps', me = { id: TOMASZ, role: 'member' }, stage = {} } = options
  const notebook = me.role === 'observer' ? undefined : new Y.Doc()
  const desk = me.role === 'facilitator' ? new Y.Doc() : undefined
  const docs = { stage: new Y.Doc(), board: new Y.Doc(), notebook, desk }
  writeStage(
    docs.stage,
    {
      fields: {
        title: 'How we serve product teams',
        createdAt: NOW,
        state: 'running',
        closedAt: null,
        agenda: OPEN_AGENDA,
        at: { phase, step: `${phase}-1` as StepId },
        resume: {},
        timer: { state: 'idle', duration: 0 },
        locks: {},
        ...stage,
      },
      people: [person(MAREN, 'Maren', 1), person(TOMASZ, 'Tomasz', 2)],
    },
    'server',
  )
  const commands: CommandBody[] = []
  const session: Session = {
    workshop: 'workshop' as WorkshopId,
    me: { ...me, name: me.id === MAREN ? 'Maren' : 'Tomasz' },
    screen: false,
    docs,
    presence: new Awareness(docs.board),
    state: createStore(() => ({ is: 'live' as const })),
    saved: createStore(() => ({ is: 'saved' as const })),
    unsaved: createStore<ReadonlySet<string>>(() => new Set()),
    device: createStore<DeviceState>(() => 'memory'),
    generation: createStore(() => 0),
    now: () => NOW,
    command: (body) => {
      commands.push(body)
      return Promise.resolve({ ok: true })
    },
    editing: () => {},
    tryNow: () => {},
    close: () => {},
  }
  const around = (children: ReactNode) => (
    <SessionProvider session={session}>
      <DocumentProvider>{children}</DocumentProvider>
      <ToastHost />
      <Announcer />
    </SessionProvider>
  )
  return {
    session,
    board: docs.board,
    commands,
    add(id, text, { phase: of = phase, author = MAREN, under = null } = {}) {
      const order = keyAt(wallOf(readBoard(docs.board), of), Number.POSITIVE_INFINITY)
      addNote({ id: id as NoteId, phase: of, author, at: NOW - 60_000, text, order, under })(docs.board)
      return id as NoteId
    },
    wall: (of = phase) => wallOf(readBoard(docs.board), of),
    around,
    show: (children) => {
      // Toasts and unsent words are the page's, and outlive a test.
      hideToast()
      sessionStorage.clear()
      return render(around(children))
    },
  }
}
