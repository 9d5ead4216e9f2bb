import type * as Y from 'yjs'
import { type AgendaPoint, agendaPoints, OPEN_AGENDA } from './agenda.ts'
import type { PlanText } from './board.ts'
import { addNote, setDue, setOwner, targetText, writeText } from './edits.ts'
import { ID_BYTES, type NoteId, type PersonId, spell } from './ids.ts'
import { keyAt, type Ordered } from './order.ts'
import type { PhaseId } from './phases.ts'
import type { Person } from './stage.ts'

/** A workshop that is already filled, for people who want to look around before they make their own. */
export interface ExampleWorkshop {
  readonly title: string
  /** The members, without the creator. They have no seats, so nobody can act as one of them. */
  readonly people: readonly Person[]
  /** Where the workshop is: at Owners of the open agenda, with two actions still to be claimed. */
  readonly at: AgendaPoint
  /** Fills an empty board with named edits, as one transaction. */
  readonly write: (board: Y.Doc) => void
}

/** The creator takes this part, under the name they gave. */
const CREATOR = 'Maren'
const MEMBERS = ['Tomasz', 'Ines', 'Kofi', 'Yuki', 'Priya', 'Salma', 'Lars', 'Diego'] as const
type Part = typeof CREATOR | (typeof MEMBERS)[number]

interface ExampleNote {
  readonly text: string
  readonly by: Part
  /** What it hangs under: the words of a note of the phase before. */
  readonly under?: string
}

interface ExampleAction extends ExampleNote {
  readonly plan?: {
    readonly owner: Part
    /** Days from the creation of the workshop. */
    readonly dueIn: number
    readonly firstStep: string
    readonly measure?: string
  }
}

const PRINCIPLES: readonly ExampleNote[] = [
  { text: 'Paved roads, not gates: the easy way is the safe way', by: 'Ines' },
  { text: 'We say no only together with an alternative', by: 'Maren' },
  { text: 'Docs before tickets', by: 'Yuki' },
  { text: 'An error message says what to do next', by: 'Tomasz' },
  { text: 'No surprise migrations. We announce, we help, and then we move', by: 'Lars' },
  { text: 'We run what we recommend', by: 'Priya' },
]

const DATABASE = '“I have a database in ten minutes, without asking anyone.”'
const STATUS = '“Your status page knew before my users did.”'
const COST = '“I know what a change will cost before I ship it.”'
const UPGRADES = '“Upgrades happen to the platform, not to me.”'

const IDEAL: readonly ExampleNote[] = [
  { text: DATABASE, by: 'Tomasz', under: 'Paved roads, not gates: the easy way is the safe way' },
  { text: STATUS, by: 'Kofi' },
  { text: COST, by: 'Salma' },
  { text: UPGRADES, by: 'Lars', under: 'No surprise migrations. We announce, we help, and then we move' },
  // No gap hangs here: one of the breaks that the example is to show.
  { text: '“I read one page and I am productive.”', by: 'Diego', under: 'Docs before tickets' },
]

const GAPS: readonly ExampleNote[] = [
  { text: 'Product teams wait 3 days for a new database', by: 'Tomasz', under: DATABASE },
  { text: 'Every request needs a ticket and two approvals', by: 'Ines', under: DATABASE },
  { text: 'The status page is edited by hand, by whoever has time', by: 'Priya', under: STATUS },
  { text: 'Alerts name hosts, not the services people know', by: 'Lars', under: STATUS },
  { text: 'Half of all incidents start in a change that nobody announced', by: 'Ines', under: STATUS },
  { text: 'Nobody sees what their namespace costs', by: 'Salma', under: COST },
  { text: 'A cluster upgrade needs 14 teams to change YAML', by: 'Lars', under: UPGRADES },
  // It hangs under nothing yet: the other break of the gaps.
  { text: 'On-call is woken twice a night by full disks', by: 'Yuki' },
]

const ACTIONS: readonly ExampleAction[] = [
  {
    text: 'Self-service Postgres through the portal, with a quota per team',
    by: 'Tomasz',
    under: 'Product teams wait 3 days for a new database',
    plan: {
      owner: 'Tomasz',
      dueIn: 64,
      firstStep: 'Draft the API with Payments, one hour',
      measure: 'Order to connection string in 10 min',
    },
  },
  {
    text: 'Replace the two approvals with a policy check',
    by: 'Ines',
    under: 'Every request needs a ticket and two approvals',
  },
  {
    text: 'Drive the status page from alerts',
    by: 'Priya',
    under: 'The status page is edited by hand, by whoever has time',
    plan: {
      owner: 'Priya',
      dueIn: 19,
      firstStep: 'List the 12 alerts that users would notice',
      measure: 'Page changes within 2 min of an outage',
    },
  },
  {
    text: 'Move cluster settings out of team YAML into defaults',
    by: 'Lars',
    under: 'A cluster upgrade needs 14 teams to change YAML',
  },
  {
    text: 'Name the service in every alert that pages a person',
    by: 'Kofi',
    under: 'Alerts name hosts, not the services people know',
    plan: {
      owner: 'Kofi',
      dueIn: 22,
      firstStep: 'Label the top 20, from last month’s pages',
      measure: 'Nine of ten pages name a service',
    },
  },
  {
    text: 'Weekly cost per namespace, posted to each team’s channel',
    by: 'Salma',
    under: 'Nobody sees what their namespace costs',
    plan: {
      owner: 'Salma',
      dueIn: 46,
      firstStep: 'Show it to two teams and ask what is missing',
      measure: '5 of 14 teams act on it by March',
    },
  },
  {
    text: 'Grow disks on their own up to 500 GB',
    by: 'Yuki',
    under: 'On-call is woken twice a night by full disks',
    plan: {
      owner: 'Yuki',
      dueIn: 13,
      firstStep: 'Try it on the two noisiest volumes',
      measure: 'No disk page for 30 days',
    },
  },
  {
    text: 'Open hour with a product team, every second week',
    by: 'Maren',
    under: 'Half of all incidents start in a change that nobody announced',
    plan: { owner: 'Maren', dueIn: 7, firstStep: 'Invite Oskar’s team' },
  },
]

const WALLS: readonly (readonly [PhaseId, readonly ExampleNote[]])[] = [
  ['principles', PRINCIPLES],
  ['ideal', IDEAL],
  ['gaps', GAPS],
  ['actions', ACTIONS],
]

const DAY = 24 * 60 * 60 * 1000

/**
 * The example: a platform team that asks how it serves product teams.
 * @param random gives that many fresh random bytes.
 * @param now ms since the epoch; due dates are days (UTC) counted from it.
 * @param creator the facilitator who opened the example: the author and owner of what the story's facilitator wrote.
 */
export function exampleWorkshop(
  random: (bytes: number) => Uint8Array,
  now: number,
  creator: PersonId,
): ExampleWorkshop {
  // A millisecond apart and after the creator, so that lists of people keep the story's order.
  const people = MEMBERS.map((name, index): Person => {
    return { id: spell(random(ID_BYTES)) as PersonId, name, role: 'member', joinedAt: now + index + 1 }
  })
  const personOf = (part: Part) => people.find(({ name }) => name === part)?.id ?? creator
  const freshNoteId = () => spell(random(ID_BYTES)) as NoteId
  const at = agendaPoints(OPEN_AGENDA).find(({ phase }) => phase === 'owners')
  if (!at) throw new Error('The open agenda has no Owners, where the example stands.')
  return {
    title: 'How we serve product teams',
    people,
    at,
    write: (board) => board.transact(() => writeExample(board, freshNoteId, personOf, now)),
  }
}

function writeExample(board: Y.Doc, freshNoteId: () => NoteId, personOf: (part: Part) => PersonId, now: number): void {
  const idOf = new Map<string, NoteId>()
  for (const [phase, notes] of WALLS) {
    const wall: Ordered[] = []
    for (const { text, by, under } of notes) {
      const note = { id: freshNoteId(), order: keyAt(wall, wall.length) }
      wall.push(note)
      const parent = under === undefined ? null : (idOf.get(under) ?? null)
      addNote({ ...note, phase, author: personOf(by), at: now, text, under: parent })(board)
      idOf.set(text, note.id)
    }
  }
  for (const { text, plan } of ACTIONS) {
    const id = idOf.get(text)
    if (!plan || !id) continue
    setOwner(id, { person: personOf(plan.owner) })(board)
    setDue(id, new Date(now + plan.dueIn * DAY).toISOString().slice(0, 10))(board)
    fillIn(board, id, 'firstStep', plan.firstStep)
    fillIn(board, id, 'measure', plan.measure ?? '')
  }
}

function fillIn(board: Y.Doc, id: NoteId, field: PlanText, words: string): void {
  const text = targetText(board, { of: 'plan', id, field })
  if (text && words !== '') writeText(text, { at: 0, remove: 0, insert: words })
}
