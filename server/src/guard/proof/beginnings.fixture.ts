import { addNote } from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { PhaseId, StepKind } from '@quintet/shared/phases'
import { writeSchema } from '@quintet/shared/schema'
import * as Y from 'yjs'
import { type Chance, chanceOf } from '../../testing/seeded.ts'
import { type Facts, NOW, type Where } from './policy.fixture.ts'
import { type Guarded, INES, MAREN, SERVER, TOMASZ } from './scene.fixture.ts'
import { boardWish, deskWish, notebookWish, type Wish, type Wisher } from './wishes.fixture.ts'

/** What is there when a scene begins: small documents with much history, and a stage somewhere in the workshop. */

/** The client ids that the people of a beginning wrote under. */
export const EARLIER = [
  [TOMASZ, 101],
  [INES, 102],
  [MAREN, 103],
] as const

/** A workshop at Decide of Actions, where most is open. */
export const DECIDING: Facts = {
  state: 'running',
  closedAt: null,
  reopenedAt: null,
  at: { phase: 'actions', kind: 'decide' },
  left: null,
  locks: new Map(),
  anonymous: new Set(),
}

const PHASES: readonly PhaseId[] = ['principles', 'ideal', 'gaps', 'actions', 'owners']
const STEPS: readonly StepKind[] = ['open', 'write', 'share', 'group', 'vote', 'decide', 'owners']

/** A stage at any step, with locks, a close, anonymous phases and a move, each long ago or only just now. */
export function factsAtRandom(chance: Chance): Facts {
  if (chance.below(4) === 0) return DECIDING
  const where = (): Where => ({ phase: chance.pick(PHASES), kind: chance.pick(STEPS) })
  const since = () => NOW - chance.pick([0, 1_000, 2_999, 3_001, 60_000])
  const some = (share: number) => PHASES.filter(() => chance.below(share) === 0)
  const state = chance.pick(['running', 'running', 'running', 'running', 'closed', 'preparing'] as const)
  const closedAt = state === 'closed' ? since() : null
  const at = chance.below(2) === 0 ? DECIDING.at : where()
  const left = chance.below(2) === 0 ? { ...where(), movedAt: since() } : null
  const locks = new Map(some(6).map((phase) => [phase, since()]))
  return {
    state,
    closedAt,
    // Some time of another phase, and no choice of its own: so that rounds of old seeds stay what they were.
    reopenedAt: (state === 'running' && locks.get('principles')) || null,
    at,
    left,
    locks,
    anonymous: new Set(some(5)),
  }
}

/** Documents to begin with are made once, and many rounds begin with each. */
const BEGINNINGS = 8
const begun = new Map<string, Uint8Array>()

/** The state of a small document with a history, as bytes. */
export function beginningAtRandom(chance: Chance, document: Guarded): Uint8Array {
  const nth = chance.below(BEGINNINGS)
  const name = `${document} ${nth}`
  const state = begun.get(name) ?? beginning(chanceOf(nth), document)
  begun.set(name, state)
  return state
}

function beginning(chance: Chance, document: Guarded): Uint8Array {
  const docs = [new Y.Doc(), ...EARLIER.map(() => new Y.Doc())]
  docs.forEach((doc, at) => {
    doc.clientID = EARLIER[at - 1]?.[1] ?? SERVER
  })
  const [server, ...people] = docs
  if (!server) throw new Error('There is no server.')
  writeSchema(server, document, null)
  if (document === 'board') furnish(server)
  let made = 0
  for (let round = 0; round < 4; round++) {
    for (const doc of docs) for (const other of docs) if (doc !== other) pour(doc, other)
    people.forEach((doc, at) => {
      const [actor] = document === 'notebook' ? [TOMASZ] : (EARLIER[at] ?? [TOMASZ])
      const wisher = { person: actor.person, newId: () => `old-${++made}` }
      for (let nth = 0; nth < 4; nth++) wishFor(document, chance, doc, wisher)?.edit(doc)
    })
  }
  for (const doc of docs) pour(doc, server)
  for (const [, draft] of server.getMap<Y.Map<unknown>>('drafts')) if (chance.below(3) === 0) draft.set('became', 'n1')
  return Y.encodeStateAsUpdate(server)
}

/** What somebody might do next to a document. */
export function wishFor(document: Guarded, chance: Chance, doc: Y.Doc, wisher: Wisher): Wish | null {
  switch (document) {
    case 'board':
      return boardWish(chance, doc, wisher)
    case 'notebook':
      return notebookWish(chance, doc, wisher)
    case 'desk':
      return deskWish(chance, doc)
  }
}

/** Notes of everybody and of nobody, in several phases, an action with its plan, a group, and what nobody but the server writes. */
function furnish(server: Y.Doc): void {
  const notes = [
    ['n1', 'gaps', TOMASZ.person, 'We wait 🙂 for parts'],
    ['n2', 'gaps', INES.person, 'Nobody knows 👩‍💻 whom to ask'],
    ['n3', 'gaps', null, 'Nobody’s own words'],
    ['n4', 'actions', TOMASZ.person, 'Name one owner'],
    ['n5', 'ideal', MAREN.person, 'They call us first'],
    ['n6', 'principles', INES.person, ''],
  ] as const
  for (const [id, phase, author, text] of notes)
    addNote({ id: id as NoteId, phase, author, at: 1, text, order: 'a0', under: null })(server)
  groupNotes({ id: 'g1' as GroupId, phase: 'gaps', name: 'Waiting', order: 'a1' }, [['n3' as NoteId, 'a0']])(server)
  groupNotes({ id: 'g2' as GroupId, phase: 'actions', name: 'Owners 🙂', order: 'a1' }, [])(server)
  server.getMap('kudos').set('k1', new Y.Map([['text', new Y.Text('Thank you')]]))
}

const pour = (from: Y.Doc, to: Y.Doc) => Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'met')
