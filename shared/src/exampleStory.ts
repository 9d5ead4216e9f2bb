import type { PhaseId } from './phases.ts'
import type { Mark } from './stage.ts'

/**
 * The story that the example workshop tells: a platform team asks how it serves product teams. The creator takes
 * Maren's part, the facilitator's, under the name they gave.
 */
export const MEMBERS = ['Tomasz', 'Ines', 'Kofi', 'Yuki', 'Priya', 'Salma', 'Lars', 'Diego'] as const
export type Part = 'Maren' | (typeof MEMBERS)[number]

/** What a vote and a mark are about. */
interface StoryOutcome {
  /** What it hangs under: the words of a note or group of the phase before. */
  readonly under?: string
  /** Dots in each round of the phase's vote; none in those that are not there. */
  readonly votes?: readonly number[]
  readonly marks?: readonly Mark[]
  readonly plan?: StoryPlan
}

export interface StoryNote extends StoryOutcome {
  readonly text: string
  readonly by: Part
}

export interface StoryGroup extends StoryOutcome {
  readonly name: string
  readonly notes: readonly (readonly [text: string, by: Part])[]
}

export interface StoryPlan {
  readonly owner: Part
  /** Days from the creation of the workshop. */
  readonly dueIn: number
  readonly firstStep: string
  readonly measure?: string
}

export interface StoryPhase {
  readonly phase: PhaseId
  /** People with at least one dot, for each round of the vote. */
  readonly voted: readonly number[]
  /** In the order of the wall. */
  readonly wall: readonly (StoryNote | StoryGroup)[]
}

const KEPT = ['kept'] as const

const PAVED = 'Paved roads, not gates: the easy way is the safe way'
const DOCS = 'Docs before tickets'
const MIGRATIONS = 'No surprise migrations. We announce, we help, and then we move'

const PRINCIPLES: StoryPhase = {
  phase: 'principles',
  voted: [9],
  wall: [
    {
      name: PAVED,
      notes: [
        ['The easy way is the safe way', 'Ines'],
        ['Guardrails, and nobody at a gate', 'Kofi'],
        ['A good default for all that a team need not decide', 'Tomasz'],
      ],
      votes: [9],
      marks: KEPT,
    },
    { text: 'We say no only together with an alternative', by: 'Maren', votes: [7], marks: KEPT },
    { text: DOCS, by: 'Yuki', votes: [7], marks: KEPT },
    { text: 'An error message says what to do next', by: 'Tomasz', votes: [6], marks: KEPT },
    { text: MIGRATIONS, by: 'Lars', votes: [8], marks: KEPT },
    { text: 'We run what we recommend', by: 'Priya', votes: [5], marks: KEPT },
    { text: 'One tool for each job', by: 'Diego', votes: [2] },
  ],
}

const DATABASE = '“I have a database in ten minutes, without asking anyone.”'
const STATUS = '“Your status page knew before my users did.”'
const COST = '“I know what a change will cost before I ship it.”'
const UPGRADES = '“Upgrades happen to the platform, not to me.”'

const IDEAL: StoryPhase = {
  phase: 'ideal',
  voted: [8, 9],
  wall: [
    {
      name: DATABASE,
      notes: [
        ['I click, and I get a connection string', 'Tomasz'],
        ['Two sandboxes for each developer, always fresh', 'Diego'],
        ['Backups are on, and somebody has tried the restore', 'Priya'],
      ],
      under: PAVED,
      votes: [10, 12],
      marks: KEPT,
    },
    {
      name: STATUS,
      notes: [
        ['Status comes from alerts, not from a person', 'Kofi'],
        ['I see who is on it, and since when', 'Tomasz'],
      ],
      votes: [8, 9],
      marks: KEPT,
    },
    {
      name: COST,
      notes: [
        ['Cost is shown next to CPU and memory', 'Salma'],
        ['No bill that surprises a team lead', 'Lars'],
      ],
      votes: [7, 6],
      marks: KEPT,
    },
    { text: UPGRADES, by: 'Lars', under: MIGRATIONS, votes: [5, 7], marks: KEPT },
    // No gap hangs here: one of the breaks that the example is to show.
    { text: '“I read one page and I am productive.”', by: 'Diego', under: DOCS, votes: [5, 6], marks: KEPT },
    { text: '“I know who is on call, and they answer.”', by: 'Yuki', votes: [3, 4], marks: ['kept', 'true'] },
    { text: '“You” is a team with names, not a queue', by: 'Salma', votes: [2] },
  ],
}

const WAIT = 'Product teams wait 3 days for a new database'
const TICKETS = 'Every request needs a ticket and two approvals'
const BY_HAND = 'The status page is edited by hand, by whoever has time'
const ALERTS = 'Alerts name hosts, not the services people know'
const UNANNOUNCED = 'Half of all incidents start in a change that nobody announced'
const NAMESPACE = 'Nobody sees what their namespace costs'
const YAML = 'A cluster upgrade needs 14 teams to change YAML'
const DISKS = 'On-call is woken twice a night by full disks'

const GAPS: StoryPhase = {
  phase: 'gaps',
  voted: [9],
  wall: [
    { text: WAIT, by: 'Tomasz', under: DATABASE, votes: [7], marks: KEPT },
    { text: TICKETS, by: 'Ines', under: DATABASE, votes: [5], marks: KEPT },
    { text: 'Three runbooks for one failover, none of them current', by: 'Kofi', under: DATABASE, votes: [2] },
    { text: BY_HAND, by: 'Priya', under: STATUS, votes: [6], marks: KEPT },
    { text: ALERTS, by: 'Lars', under: STATUS, votes: [4], marks: KEPT },
    { text: UNANNOUNCED, by: 'Ines', under: STATUS, votes: [4], marks: KEPT },
    { text: NAMESPACE, by: 'Salma', under: COST, votes: [4], marks: KEPT },
    { text: 'Prices are in a contract that three people can read', by: 'Diego', under: COST, votes: [1] },
    { text: YAML, by: 'Lars', under: UPGRADES, votes: [5], marks: KEPT },
    // It hangs under nothing yet: the other break of the gaps.
    { text: DISKS, by: 'Yuki', votes: [3], marks: KEPT },
    { text: 'The office network drops every Tuesday', by: 'Diego', marks: ['parked'] },
  ],
}

const ACTIONS: StoryPhase = {
  phase: 'actions',
  voted: [8],
  wall: [
    {
      text: 'Self-service Postgres through the portal, with a quota per team',
      by: 'Tomasz',
      under: WAIT,
      votes: [8],
      marks: KEPT,
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
      under: TICKETS,
      votes: [5],
      marks: KEPT,
    },
    {
      text: 'Drive the status page from alerts',
      by: 'Priya',
      under: BY_HAND,
      votes: [6],
      marks: KEPT,
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
      under: YAML,
      votes: [4],
      marks: KEPT,
    },
    {
      name: 'Name the service in every alert that pages a person',
      notes: [
        ['A label for the service on every alert', 'Kofi'],
        ['A page says what is down, in words that users use', 'Lars'],
      ],
      under: ALERTS,
      votes: [4],
      marks: KEPT,
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
      under: NAMESPACE,
      votes: [3],
      marks: KEPT,
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
      under: DISKS,
      votes: [3],
      marks: KEPT,
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
      under: UNANNOUNCED,
      votes: [2],
      marks: KEPT,
      plan: { owner: 'Maren', dueIn: 7, firstStep: 'Invite Oskar’s team' },
    },
    { text: 'Rewrite all runbooks', by: 'Diego', under: WAIT, votes: [1] },
  ],
}

export const STORY: readonly StoryPhase[] = [PRINCIPLES, IDEAL, GAPS, ACTIONS]
