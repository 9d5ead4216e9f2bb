import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { PhaseId } from '@quintet/shared/phases'
import { HomePage } from '../pages/HomePage.ts'
import { InviteDialog } from '../pages/InviteDialog.ts'
import { OwnersPage } from '../pages/OwnersPage.ts'
import { PlanPage } from '../pages/PlanPage.ts'
import { RhythmPage } from '../pages/RhythmPage.ts'
import { VotePage } from '../pages/VotePage.ts'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { withoutChance } from '../plans.ts'
import { expect, test } from '../story.ts'

/** The plan that the story ends with, word for word. */
const PLAN = fileURLToPath(new URL('rhythm.plan.md', import.meta.url))

const PAVED = 'Paved roads, not gates: the easy way is the safe way'
const DOCS = 'Docs before tickets'
const NO = 'We say no only together with an alternative'

const CLICK = 'I click, and I get a connection string'
const QUOTA = 'Quota is visible. I raise it myself up to a limit'
const STATUS = '“Your status page knew before my users did.”'
const TESTED = 'The page is right, because the examples are tested'
const DATABASE = 'I have a database in ten minutes'

const WAIT = 'Product teams wait 3 days for a new database'
const HAND = 'The status page is edited by hand'
const DISKS = 'On-call is woken twice a night by full disks'

const POSTGRES = 'Self-service Postgres through the portal'
const ALERTS = 'Drive the status page from alerts'
const HOUR = 'Open hour with a product team'

type Name = 'maren' | 'tomasz' | 'ines'
type Dots = Readonly<Partial<Record<Name, readonly (readonly [words: string, dots: number])[]>>>

test('a team goes through the whole rhythm, from an empty workshop to its exported plan', async ({
  server,
  devices,
}) => {
  test.setTimeout(300_000)
  const maren = new WorkshopPage(await devices.desktop())
  const tomasz = new WorkshopPage(await devices.desktop())
  const ines = new WorkshopPage(await devices.phone(), true)
  const eye = new WorkshopPage(await devices.desktop())
  const everyone = [maren, tomasz, ines, eye]
  const all = (check: (screen: WorkshopPage) => Promise<unknown>) => Promise.all(everyone.map(check))
  const rhythm = {
    maren: new RhythmPage(maren),
    tomasz: new RhythmPage(tomasz),
    ines: new RhythmPage(ines),
    eye: new RhythmPage(eye),
  }
  const votes = {
    maren: new VotePage(maren.page),
    tomasz: new VotePage(tomasz.page),
    ines: new VotePage(ines.page, true),
  }
  const { forward } = { forward: (name: string) => rhythm.maren.forward(name) }
  const allIn = (phase: PhaseId, step: string) =>
    Promise.all(Object.values(rhythm).map((each) => expect(each.step(phase, step)).toBeVisible()))
  const nobodyReads = (words: readonly string[], but: WorkshopPage) =>
    Promise.all(
      everyone.flatMap((screen) =>
        screen === but ? [] : words.map((each) => expect(screen.page.getByText(each)).toHaveCount(0)),
      ),
    )

  /** From the drafts of a phase to its vote. @param grouping what is done while notes are grouped. */
  const share = async (phase: PhaseId, words: readonly string[], grouping?: () => Promise<void>) => {
    await forward('Share the drafts')
    await all(async (screen) => {
      for (const each of words) await expect(screen.note(each)).toBeVisible()
    })
    await allIn(phase, 'Share')
    await forward('Next: Group')
    await allIn(phase, 'Group')
    await grouping?.()
    await forward('Next: Vote')
    await allIn(phase, 'Vote')
  }

  /** Everyone votes; then the facilitator keeps. */
  const decide = async (phase: PhaseId, dots: Dots, keep: readonly string[]) => {
    for (const [name, placed] of Object.entries(dots) as [Name, readonly (readonly [string, number])[]][])
      for (const [words, times] of placed) await votes[name].place(words, times)
    const voted = Object.keys(dots).length
    await expect(maren.page.getByRole('region', { name: 'This step' })).toContainText(
      voted === 1 ? '1 has voted' : `${voted} have voted`,
    )
    await forward('Close vote')
    await allIn(phase, 'Decide')
    for (const words of keep) {
      await maren.press(votes.maren.keep(words))
      await expect(votes.maren.kept(words)).toBeVisible()
    }
    await all(async ({ page }) => {
      for (const words of keep)
        await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: words }).last()).toContainText(
          'Kept',
        )
    })
  }

  const links = await test.step('Maren creates a workshop; the rhythm is what it runs', async () => {
    await maren.page.goto(server.local)
    await new HomePage(maren.page).create('How we serve product teams', 'Maren')
    const invite = new InviteDialog(maren.page)
    const found = { join: await invite.joinLink(), observer: await invite.observerLink() }
    await invite.close()
    const { pathname, hash } = new URL(found.join)
    await tomasz.join(server.local + pathname + hash, 'Tomasz')
    await ines.join(devices.overNetwork(found.join), 'Ines')
    await eye.page.goto(devices.overNetwork(found.observer))
    await allIn('principles', 'Write')
    return found
  })

  await test.step('Principles: drafts are nobody else’s until they are shared', async () => {
    await rhythm.tomasz.write('principles', [PAVED])
    await rhythm.ines.write('principles', [DOCS])
    await rhythm.maren.write('principles', [NO])
    await nobodyReads([PAVED], tomasz)
    await nobodyReads([DOCS], ines)
    await nobodyReads([NO], maren)
    await ines.mayGo()
    await ines.page.reload()
    await expect(rhythm.ines.draft(DOCS)).toBeVisible()
    await share('principles', [PAVED, DOCS, NO])
    await decide(
      'principles',
      {
        tomasz: [
          [PAVED, 4],
          [DOCS, 1],
        ],
        ines: [[DOCS, 2]],
      },
      [PAVED],
    )
  })

  await test.step('Ideal state: a group stands for what belongs together, by the name it is given', async () => {
    await forward('Next: Ideal state')
    await allIn('ideal', 'Write')
    await rhythm.ines.write('ideal', [CLICK, TESTED])
    await rhythm.tomasz.write('ideal', [QUOTA])
    await rhythm.maren.under(PAVED)
    await rhythm.maren.write('ideal', [STATUS])
    await share('ideal', [CLICK, QUOTA, STATUS, TESTED], async () => {
      await ines.choose(CLICK, 'Group with…')
      await ines.page.getByRole('combobox', { name: 'Group with' }).fill('Quota')
      await ines.press(ines.page.getByRole('option', { name: QUOTA }))
      await rhythm.tomasz.nameGroup(DATABASE)
      await all(({ page }) => expect(page.getByRole('main').getByText(DATABASE).first()).toBeVisible())
      await all((screen) => expect(screen.note(QUOTA)).toBeVisible())
    })
    await decide(
      'ideal',
      {
        tomasz: [[DATABASE, 5]],
        ines: [
          [DATABASE, 1],
          [STATUS, 3],
          [TESTED, 1],
        ],
        maren: [[STATUS, 1]],
      },
      [DATABASE, STATUS, TESTED],
    )
  })

  await test.step('Gaps hang under what was kept, as drafts already', async () => {
    await forward('Next: Gaps')
    await allIn('gaps', 'Write')
    await rhythm.tomasz.under(DATABASE)
    await rhythm.tomasz.write('gaps', [WAIT])
    await rhythm.ines.under(STATUS)
    await rhythm.ines.write('gaps', [HAND])
    await rhythm.maren.write('gaps', [DISKS])
    await share('gaps', [WAIT, HAND, DISKS])
    await decide('gaps', { tomasz: [[WAIT, 3]], ines: [[HAND, 2]] }, [WAIT, HAND])
  })

  await test.step('The board names its breaks, and each is mended on the spot', async () => {
    await expect(maren.page.getByText('The thread is broken in 1 place.')).toBeVisible()
    await maren.press(maren.page.getByRole('button', { name: /^It is true already: / }))
    await all(({ page }) => expect(page.getByText('It is true already', { exact: true })).toBeVisible())
    await tomasz.hang(DISKS, DATABASE)
    // A menu goes with its note, which goes to another column.
    await expect(maren.under(DATABASE)).toContainText(DISKS)
    await maren.choose(DISKS, 'Park')
  })

  await test.step('Actions hang under the gaps that were kept', async () => {
    await forward('Next: Actions')
    await allIn('actions', 'Write')
    await rhythm.tomasz.under(WAIT)
    await rhythm.tomasz.write('actions', [POSTGRES])
    await rhythm.ines.under(HAND)
    await rhythm.ines.write('actions', [ALERTS])
    await rhythm.maren.write('actions', [HOUR])
    await share('actions', [POSTGRES, ALERTS, HOUR], () => rhythm.maren.putFirst(POSTGRES))
    await decide(
      'actions',
      {
        tomasz: [[POSTGRES, 4]],
        ines: [
          [ALERTS, 3],
          [HOUR, 1],
        ],
      },
      [POSTGRES, ALERTS],
    )
  })

  await test.step('Owners: what was kept is claimed; closing with an action unowned asks first', async () => {
    await forward('Next: Owners')
    const tomaszs = new OwnersPage(tomasz.page)
    await expect(tomaszs.action(ALERTS)).toBeVisible()
    await expect(tomaszs.action(HOUR)).toHaveCount(0)
    await tomaszs.claim(POSTGRES)
    await tomaszs.setDue(POSTGRES, '2031-01-29')
    await tomaszs.write(POSTGRES, 'First step', 'Draft the API with Payments')
    await forward('Close workshop')
    const asks = maren.page.getByRole('dialog', { name: 'Close with 1 action unowned?' })
    await expect(asks).toContainText(ALERTS)
    await maren.press(asks.getByRole('button', { name: 'Close anyway' }))
    await expect(maren.page.getByRole('button', { name: 'Open the plan' })).toBeVisible()
  })

  await test.step('The plan stays open after the close, and is taken along word for word', async () => {
    await new OwnersPage(ines.page, true).claim(ALERTS)
    await expect(new OwnersPage(maren.page).action(ALERTS)).toContainText('Ines')
    await maren.press(maren.page.getByRole('button', { name: 'Open the plan' }))
    const plan = new PlanPage(maren.page)
    await expect(plan.heading).toBeVisible()
    await plan.openExport()
    const { text } = await plan.download()
    expect(withoutChance(text)).toBe(await readFile(PLAN, 'utf8'))
    const key = new URL(links.observer).hash.slice(1)
    const path = new URL(links.observer).pathname.replace('/w/', '/api/workshops/')
    const answer = await fetch(`${server.local}${path}/export/plan.md`, { headers: { authorization: `Bearer ${key}` } })
    expect(withoutChance(await answer.text())).toBe(withoutChance(text))
  })
})
