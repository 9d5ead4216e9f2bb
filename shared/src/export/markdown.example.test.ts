import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { readBoard } from '../board.ts'
import { exampleWorkshop } from '../example.ts'
import type { PersonId } from '../ids.ts'
import { NO_PROGRESS, type Person } from '../stage.ts'
import { resetTimer } from '../timer.ts'
import { planMarkdown } from './markdown.ts'

it('exports the example workshop word for word', () => {
  const createdAt = Date.UTC(2026, 10, 26, 13)
  const maren: Person = { id: 'maren' as PersonId, name: 'Maren', role: 'facilitator', joinedAt: createdAt }
  let calls = 0
  const example = exampleWorkshop((bytes) => new Uint8Array(bytes).with(bytes - 1, ++calls), createdAt, maren.id)
  const doc = new Y.Doc()
  example.write(doc)
  const stage = {
    title: example.title,
    createdAt,
    state: 'closed' as const,
    closedAt: Date.UTC(2026, 10, 26, 16, 5),
    reopenedAt: null,
    agenda: example.agenda,
    at: example.at,
    resume: example.resume,
    timer: resetTimer(0),
    locks: {},
    left: null,
    countdown: null,
    reveal: null,
    progress: NO_PROGRESS,
    former: new Map(),
    rounds: example.rounds,
    marks: new Map(example.marks),
    people: new Map([maren, ...example.people].map((person) => [person.id, person])),
  }
  const now = Date.UTC(2026, 10, 27, 8, 30)
  expect(planMarkdown({ stage, board: readBoard(doc), now })).toBe(PLAN)
})

const PLAN = `# How we serve product teams

- Created: 2026-11-26T13:00Z
- Closed: 2026-11-26T16:05Z
- Exported: 2026-11-27T08:30Z

## People

- Maren (facilitator)
- Tomasz
- Ines
- Kofi
- Yuki
- Priya
- Salma
- Lars
- Diego

## Action plan

6 of 8 actions have an owner.

- [ ] Self-service Postgres through the portal, with a quota per team \`action:AAAAAAAAAAAAAAAi\`
  - Owner: Tomasz
  - Due: 2027-01-29
  - First step: Draft the API with Payments, one hour
  - Measure: Order to connection string in 10 min
  - Thread:
    - Principle: Paved roads, not gates: the easy way is the safe way
    - Ideal state: “I have a database in ten minutes, without asking anyone.”
    - Gap: Product teams wait 3 days for a new database
- [ ] Replace the two approvals with a policy check \`action:AAAAAAAAAAAAAAAj\`
  - Owner: _none_
  - Due: _none_
  - First step: _none_
  - Measure: _none_
  - Thread:
    - Principle: Paved roads, not gates: the easy way is the safe way
    - Ideal state: “I have a database in ten minutes, without asking anyone.”
    - Gap: Every request needs a ticket and two approvals
- [ ] Drive the status page from alerts \`action:AAAAAAAAAAAAAAAk\`
  - Owner: Priya
  - Due: 2026-12-15
  - First step: List the 12 alerts that users would notice
  - Measure: Page changes within 2 min of an outage
  - Thread:
    - Ideal state: “Your status page knew before my users did.”
    - Gap: The status page is edited by hand, by whoever has time
- [ ] Move cluster settings out of team YAML into defaults \`action:AAAAAAAAAAAAAAAl\`
  - Owner: _none_
  - Due: _none_
  - First step: _none_
  - Measure: _none_
  - Thread:
    - Principle: No surprise migrations. We announce, we help, and then we move
    - Ideal state: “Upgrades happen to the platform, not to me.”
    - Gap: A cluster upgrade needs 14 teams to change YAML
- [ ] Name the service in every alert that pages a person \`action:AAAAAAAAAAAAAAAm\`
  - Owner: Kofi
  - Due: 2026-12-18
  - First step: Label the top 20, from last month’s pages
  - Measure: Nine of ten pages name a service
  - Thread:
    - Ideal state: “Your status page knew before my users did.”
    - Gap: Alerts name hosts, not the services people know
- [ ] Weekly cost per namespace, posted to each team’s channel \`action:AAAAAAAAAAAAAAAn\`
  - Owner: Salma
  - Due: 2027-01-11
  - First step: Show it to two teams and ask what is missing
  - Measure: 5 of 14 teams act on it by March
  - Thread:
    - Ideal state: “I know what a change will cost before I ship it.”
    - Gap: Nobody sees what their namespace costs
- [ ] Grow disks on their own up to 500 GB \`action:AAAAAAAAAAAAAAAo\`
  - Owner: Yuki
  - Due: 2026-12-09
  - First step: Try it on the two noisiest volumes
  - Measure: No disk page for 30 days
  - Thread:
    - Ideal state: _none_
    - Gap: On-call is woken twice a night by full disks
- [ ] Open hour with a product team, every second week \`action:AAAAAAAAAAAAAAAp\`
  - Owner: Maren
  - Due: 2026-12-03
  - First step: Invite Oskar’s team
  - Measure: _none_
  - Thread:
    - Ideal state: “Your status page knew before my users did.”
    - Gap: Half of all incidents start in a change that nobody announced

## Where the thread is broken

- [ ] A statement has no gap: “I read one page and I am productive.”
- [ ] A gap has no statement: On-call is woken twice a night by full disks
- [ ] An action has no owner: Replace the two approvals with a policy check
- [ ] An action has no owner: Move cluster settings out of team YAML into defaults

## Principles

_What do we stand for, for the people we serve?_

9 of 9 people voted, with 5 dots each: 44 votes.

Kept:

- Paved roads, not gates: the easy way is the safe way — _9 votes_
  - The easy way is the safe way — Ines
  - Guardrails, and nobody at a gate — Kofi
  - A good default for all that a team need not decide — Tomasz
- No surprise migrations. We announce, we help, and then we move — Lars, _8 votes_
- We say no only together with an alternative — Maren, _7 votes, tied_
- Docs before tickets — Yuki, _7 votes, tied_
- An error message says what to do next — Tomasz, _6 votes_
- We run what we recommend — Priya, _5 votes_

Not kept:

- One tool for each job — Diego, _2 votes_

## Ideal state

_If all went right, what would our customers see and say?_

Round 2: 9 of 9 people voted, with 5 dots each: 44 votes.

Kept:

- “I have a database in ten minutes, without asking anyone.” — _12 votes_
  - Principle: Paved roads, not gates: the easy way is the safe way
  - I click, and I get a connection string — Tomasz
  - Two sandboxes for each developer, always fresh — Diego
  - Backups are on, and somebody has tried the restore — Priya
- “Your status page knew before my users did.” — _9 votes_
  - Status comes from alerts, not from a person — Kofi
  - I see who is on it, and since when — Tomasz
- “Upgrades happen to the platform, not to me.” — Lars, _7 votes_
  - Principle: No surprise migrations. We announce, we help, and then we move
- “I know what a change will cost before I ship it.” — _6 votes, tied_
  - Cost is shown next to CPU and memory — Salma
  - No bill that surprises a team lead — Lars
- “I read one page and I am productive.” — Diego, _6 votes, tied_
  - Principle: Docs before tickets
- “I know who is on call, and they answer.” — Yuki, _4 votes, true already_

Not kept:

- “You” is a team with names, not a queue — Salma

Earlier rounds:

- Round 1: 8 of 9 people voted, with 5 dots each: 40 votes
  - 10 votes: “I have a database in ten minutes, without asking anyone.”
  - 8 votes: “Your status page knew before my users did.”
  - 7 votes: “I know what a change will cost before I ship it.”
  - 5 votes, tied: “Upgrades happen to the platform, not to me.”
  - 5 votes, tied: “I read one page and I am productive.”
  - 3 votes: “I know who is on call, and they answer.”
  - 2 votes: “You” is a team with names, not a queue

## Gaps

_What stands between today and that?_

9 of 9 people voted, with 5 dots each: 41 votes.

Kept:

- “I have a database in ten minutes, without asking anyone.”
  - Product teams wait 3 days for a new database — Tomasz, _7 votes_
  - Every request needs a ticket and two approvals — Ines, _5 votes, tied_
- “Your status page knew before my users did.”
  - The status page is edited by hand, by whoever has time — Priya, _6 votes_
  - Alerts name hosts, not the services people know — Lars, _4 votes, tied_
  - Half of all incidents start in a change that nobody announced — Ines, _4 votes, tied_
- “Upgrades happen to the platform, not to me.”
  - A cluster upgrade needs 14 teams to change YAML — Lars, _5 votes, tied_
- “I know what a change will cost before I ship it.”
  - Nobody sees what their namespace costs — Salma, _4 votes, tied_
- “I read one page and I am productive.”
  - _no gap_
- “I know who is on call, and they answer.”
  - _it is true already_

Under no statement:

- On-call is woken twice a night by full disks — Yuki, _3 votes_

Not kept:

- Three runbooks for one failover, none of them current — Kofi, _2 votes_
- Prices are in a contract that three people can read — Diego, _1 vote_

## Actions

_What do we do about it?_

8 of 9 people voted, with 5 dots each: 36 votes.

Kept:

- Product teams wait 3 days for a new database
  - Self-service Postgres through the portal, with a quota per team — Tomasz, _8 votes_
- The status page is edited by hand, by whoever has time
  - Drive the status page from alerts — Priya, _6 votes_
- Every request needs a ticket and two approvals
  - Replace the two approvals with a policy check — Ines, _5 votes_
- A cluster upgrade needs 14 teams to change YAML
  - Move cluster settings out of team YAML into defaults — Lars, _4 votes, tied_
- Alerts name hosts, not the services people know
  - Name the service in every alert that pages a person — _4 votes, tied_
    - A label for the service on every alert — Kofi
    - A page says what is down, in words that users use — Lars
- Half of all incidents start in a change that nobody announced
  - Open hour with a product team, every second week — Maren, _2 votes_
- Nobody sees what their namespace costs
  - Weekly cost per namespace, posted to each team’s channel — Salma, _3 votes, tied_
- On-call is woken twice a night by full disks
  - Grow disks on their own up to 500 GB — Yuki, _3 votes, tied_

Not kept:

- Rewrite all runbooks — Diego, _1 vote_

## Parked

- Gap: The office network drops every Tuesday — Diego
`
