import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { OPEN_AGENDA } from '../agenda.ts'
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
    agenda: OPEN_AGENDA,
    at: example.at,
    resume: {},
    timer: resetTimer(0),
    locks: {},
    left: null,
    countdown: null,
    reveal: null,
    progress: NO_PROGRESS,
    former: new Map(),
    rounds: [],
    marks: new Map(),
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

- [ ] Self-service Postgres through the portal, with a quota per team \`action:AAAAAAAAAAAAAAAc\`
  - Owner: Tomasz
  - Due: 2027-01-29
  - First step: Draft the API with Payments, one hour
  - Measure: Order to connection string in 10 min
  - Thread:
    - Principle: Paved roads, not gates: the easy way is the safe way
    - Ideal state: “I have a database in ten minutes, without asking anyone.”
    - Gap: Product teams wait 3 days for a new database
- [ ] Replace the two approvals with a policy check \`action:AAAAAAAAAAAAAAAd\`
  - Owner: _none_
  - Due: _none_
  - First step: _none_
  - Measure: _none_
  - Thread:
    - Principle: Paved roads, not gates: the easy way is the safe way
    - Ideal state: “I have a database in ten minutes, without asking anyone.”
    - Gap: Every request needs a ticket and two approvals
- [ ] Drive the status page from alerts \`action:AAAAAAAAAAAAAAAe\`
  - Owner: Priya
  - Due: 2026-12-15
  - First step: List the 12 alerts that users would notice
  - Measure: Page changes within 2 min of an outage
  - Thread:
    - Ideal state: “Your status page knew before my users did.”
    - Gap: The status page is edited by hand, by whoever has time
- [ ] Move cluster settings out of team YAML into defaults \`action:AAAAAAAAAAAAAAAf\`
  - Owner: _none_
  - Due: _none_
  - First step: _none_
  - Measure: _none_
  - Thread:
    - Principle: No surprise migrations. We announce, we help, and then we move
    - Ideal state: “Upgrades happen to the platform, not to me.”
    - Gap: A cluster upgrade needs 14 teams to change YAML
- [ ] Name the service in every alert that pages a person \`action:AAAAAAAAAAAAAAAg\`
  - Owner: Kofi
  - Due: 2026-12-18
  - First step: Label the top 20, from last month’s pages
  - Measure: Nine of ten pages name a service
  - Thread:
    - Ideal state: “Your status page knew before my users did.”
    - Gap: Alerts name hosts, not the services people know
- [ ] Weekly cost per namespace, posted to each team’s channel \`action:AAAAAAAAAAAAAAAh\`
  - Owner: Salma
  - Due: 2027-01-11
  - First step: Show it to two teams and ask what is missing
  - Measure: 5 of 14 teams act on it by March
  - Thread:
    - Ideal state: “I know what a change will cost before I ship it.”
    - Gap: Nobody sees what their namespace costs
- [ ] Grow disks on their own up to 500 GB \`action:AAAAAAAAAAAAAAAi\`
  - Owner: Yuki
  - Due: 2026-12-09
  - First step: Try it on the two noisiest volumes
  - Measure: No disk page for 30 days
  - Thread:
    - Ideal state: _none_
    - Gap: On-call is woken twice a night by full disks
- [ ] Open hour with a product team, every second week \`action:AAAAAAAAAAAAAAAj\`
  - Owner: Maren
  - Due: 2026-12-03
  - First step: Invite Oskar’s team
  - Measure: _none_
  - Thread:
    - Ideal state: “Your status page knew before my users did.”
    - Gap: Half of all incidents start in a change that nobody announced

## Principles

_What do we stand for, for the people we serve?_

- Paved roads, not gates: the easy way is the safe way — Ines
- We say no only together with an alternative — Maren
- Docs before tickets — Yuki
- An error message says what to do next — Tomasz
- No surprise migrations. We announce, we help, and then we move — Lars
- We run what we recommend — Priya

## Ideal state

_If all went right, what would our customers see and say?_

- “I have a database in ten minutes, without asking anyone.” — Tomasz
- “Your status page knew before my users did.” — Kofi
- “I know what a change will cost before I ship it.” — Salma
- “Upgrades happen to the platform, not to me.” — Lars
- “I read one page and I am productive.” — Diego

## Gaps

_What stands between today and that?_

- “I have a database in ten minutes, without asking anyone.”
  - Product teams wait 3 days for a new database — Tomasz
  - Every request needs a ticket and two approvals — Ines
- “Your status page knew before my users did.”
  - The status page is edited by hand, by whoever has time — Priya
  - Alerts name hosts, not the services people know — Lars
  - Half of all incidents start in a change that nobody announced — Ines
- “I know what a change will cost before I ship it.”
  - Nobody sees what their namespace costs — Salma
- “Upgrades happen to the platform, not to me.”
  - A cluster upgrade needs 14 teams to change YAML — Lars
- “I read one page and I am productive.”
  - _no gap_

Under no statement:

- On-call is woken twice a night by full disks — Yuki

## Actions

_What do we do about it?_

- Product teams wait 3 days for a new database
  - Self-service Postgres through the portal, with a quota per team — Tomasz
- Every request needs a ticket and two approvals
  - Replace the two approvals with a policy check — Ines
- The status page is edited by hand, by whoever has time
  - Drive the status page from alerts — Priya
- Alerts name hosts, not the services people know
  - Name the service in every alert that pages a person — Kofi
- Half of all incidents start in a change that nobody announced
  - Open hour with a product team, every second week — Maren
- Nobody sees what their namespace costs
  - Weekly cost per namespace, posted to each team’s channel — Salma
- A cluster upgrade needs 14 teams to change YAML
  - Move cluster settings out of team YAML into defaults — Lars
- On-call is woken twice a night by full disks
  - Grow disks on their own up to 500 GB — Yuki
`
