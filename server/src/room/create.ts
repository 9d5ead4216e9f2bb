import { type Agenda, type AgendaPoint, agendaPoints, stepAt } from '@quintet/shared/agenda'
import { ID_BYTES, spell } from '@quintet/shared/ids'
import { newRound } from '@quintet/shared/moves'
import type { DocumentName } from '@quintet/shared/protocol'
import { writeSchema } from '@quintet/shared/schema'
import { type Person, type StageChange, type StageFields, writeStage } from '@quintet/shared/stage'
import { resetTimer } from '@quintet/shared/timer'
import * as Y from 'yjs'
import type { DocumentUpdate } from '../store/store.ts'
import { SERVER_HAND } from './hand.ts'

export interface NewWorkshopContent {
  readonly title: string
  readonly creator: Person
  /** Ms since the epoch. */
  readonly now: number
  readonly agenda: Agenda
  /** Gives random bytes; the documents' Yjs client ids are made of them. */
  readonly random: (bytes: number) => Uint8Array
  /** People beside the creator, as the example workshop has them. */
  readonly people?: readonly Person[]
  /** Where the workshop is; at the first step of its agenda unless given. */
  readonly at?: AgendaPoint
  /** The steps at which phases were left. */
  readonly resume?: StageFields['resume']
  /** Rounds of votes; the first one of a workshop that begins with a vote unless given. */
  readonly rounds?: StageChange['rounds']
  readonly marks?: StageChange['marks']
  /** Fills the board, as for the example workshop. */
  readonly write?: (board: Y.Doc) => void
}

/** The first updates of a workshop's documents, in the server's hand: it runs. */
export function newWorkshopDocuments(content: NewWorkshopContent): readonly DocumentUpdate[] {
  const { title, creator, now, agenda, random, write } = content
  const at = content.at ?? agendaPoints(agenda)[0]
  const step = at && stepAt(agenda, at)
  if (!step) throw new TypeError('An agenda has at least one phase with at least one step.')
  const newId = () => spell(random(ID_BYTES))
  // A workshop may begin with a vote, which nobody then enters.
  const opened = step.kind === 'vote' ? [newRound(step, at, { now, newId })] : []
  const first = (document: Exclude<DocumentName, 'notebook'>, fill: (doc: Y.Doc) => void): DocumentUpdate => {
    const doc = new Y.Doc()
    doc.clientID = new DataView(Uint8Array.from(random(4)).buffer).getUint32(0)
    writeSchema(doc, document, SERVER_HAND)
    fill(doc)
    return { document, update: Y.encodeStateAsUpdate(doc) }
  }
  return [
    first('stage', (doc) =>
      writeStage(
        doc,
        {
          fields: {
            title,
            createdAt: now,
            state: 'running',
            closedAt: null,
            agenda,
            at,
            resume: content.resume ?? {},
            timer: resetTimer(step.duration),
            locks: {},
          },
          people: [creator, ...(content.people ?? [])],
          rounds: content.rounds ?? opened,
          marks: content.marks ?? [],
        },
        SERVER_HAND,
      ),
    ),
    first('board', (doc) => write?.(doc)),
    first('desk', () => undefined),
  ]
}
