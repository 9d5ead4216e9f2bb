import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { PhaseId } from '@quintet/shared/phases'
import { showSameSecond } from '../clocks.ts'
import { setClockWrong } from '../devices.ts'
import { HomePage } from '../pages/HomePage.ts'
import { InviteDialog } from '../pages/InviteDialog.ts'
import { OwnersPage } from '../pages/OwnersPage.ts'
import { PlanPage } from '../pages/PlanPage.ts'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { sameMoment, withoutChance } from '../plans.ts'
import { expect, test } from '../story.ts'

const TITLE = 'How we serve product teams'
/** The plan that the story ends with, word for word. */
const PLAN = fileURLToPath(new URL('workshop.plan.md', import.meta.url))
const HOUR = 60 * 60 * 1000

const NO = 'We say no only together with an alternative'
const DOCS = 'Docs before tickets'
const PAVED = 'Paved roads, not gates: the easy way is the safe way'
const MISTAKE = 'Everything through a ticket'
const ERRORS = 'An error message says what to do next'

const DATABASE = '“I have a database in ten minutes, without asking anyone.”'
const STATUS = '“Your status page knew before my users did.”'
const COST = '“I know what a change will cost before I ship it.”'

const WAIT = 'Product teams wait 3 days for a new database'
const APPROVALS = 'Every request needs a ticket and two approvals'
const BY_HAND = 'The status page is edited by hand, by whoever has time'
const NOBODY_SEES = 'Nobody sees what their namespace costs'

const POSTGRES = 'Self-service Postgres through the portal, with a quota per team'
const POLICY = 'Replace the two approvals with a policy check'
const ALERTS = 'Drive the status page from alerts'
const WEEKLY = 'Weekly cost per namespace, posted to each team’s channel'

test('a platform team goes from its principles to owned actions, and loses nothing on the way', async ({
  server,
  devices,
}) => {
  test.setTimeout(240_000)
  const maren = new WorkshopPage(await devices.desktop())
  const tomasz = new WorkshopPage(await devices.desktop())
  const ines = new WorkshopPage(await devices.phone(), true)
  const observer = new WorkshopPage(await devices.desktop())
  const everyone = [maren, tomasz, ines, observer]
  await setClockWrong(tomasz.page, HOUR)

  const all = (check: (screen: WorkshopPage) => Promise<unknown>) => Promise.all(everyone.map(check))
  const allAt = (phase: PhaseId) => all((screen) => expect(screen.question(phase)).toBeVisible())
  const allRead = (words: readonly string[]) => all((screen) => expect.poll(() => screen.words()).toEqual(words))
  const clocks = everyone.map((screen) => ({ timer: screen.timer, wrong: screen === tomasz ? HOUR : 0 }))

  /** Two people write into one note, one before its words and one behind; the server dies while they do. */
  const writeThroughKill = async (note: string, before: string, behind: string) => {
    const fields = await Promise.all([tomasz.edit(note), ines.edit(note)])
    await tomasz.page.keyboard.press('Control+Home')
    const dead = Promise.withResolvers<void>()
    // However slow the machine is, both are still writing when the server dies: their last letter waits for that.
    const write = async ({ page: { keyboard } }: WorkshopPage, text: string) => {
      const letters = [...text]
      await keyboard.type(letters.slice(0, -1).join(''), { delay: 40 })
      await dead.promise
      await keyboard.type(letters.at(-1) ?? '')
    }
    const typed = Promise.all([write(tomasz, before), write(ines, behind)])
    const words = async () => (await observer.words()).find((each) => each.includes(note)) ?? ''
    await expect.poll(async () => (await words()).length).toBeGreaterThan(note.length + 6)
    await server.kill()
    dead.resolve()
    await all((screen) => expect(screen.saved).toHaveText(/^Offline/))
    const seen = await words()
    await typed
    await server.run()
    await all((screen) => expect(screen.saved).toHaveText(/^(Back|Saved)/, { timeout: 30_000 }))
    for (const field of fields) await expect(field).toHaveValue(before + note + behind)
    // What was seen is the start of what each of them wrote.
    const [seenBefore = '', seenBehind = ''] = seen.split(note)
    expect(before.startsWith(seenBefore)).toBe(true)
    expect(behind.startsWith(seenBehind)).toBe(true)
    await Promise.all([tomasz.page.keyboard.press('Escape'), ines.page.keyboard.press('Escape')])
    return before + note + behind
  }

  const links = await test.step('Maren creates the workshop within three clicks, and reads its links', async () => {
    await maren.page.goto(server.local)
    const home = new HomePage(maren.page)
    const clicks = await home.countClicks()
    await home.create(TITLE, 'Maren', 'open')
    await expect(maren.question('principles')).toBeAttached()
    expect(await clicks()).toBeLessThanOrEqual(3)

    const invite = new InviteDialog(maren.page)
    await expect(invite.dialog).toContainText('Keep this link')
    await expect(invite.code).toBeVisible()
    const found = {
      own: await invite.ownLink(),
      join: await invite.joinLink(),
      observer: await invite.observerLink(),
    }
    expect(new Set(Object.values(found)).size).toBe(3)
    for (const link of [found.join, found.observer])
      expect(new URL(link).hostname).not.toMatch(/^(127\.|localhost$|\[::1\])/)
    await invite.close()
    return found
  })

  await test.step('Tomasz joins, Ines from her phone over the network, and an observer without a name', async () => {
    const { pathname, hash } = new URL(links.join)
    await tomasz.join(server.local + pathname + hash, 'Tomasz')
    await ines.join(devices.overNetwork(links.join), 'Ines')
    expect(await ines.page.evaluate(() => isSecureContext)).toBe(false)
    await observer.page.goto(devices.overNetwork(links.observer))
    await allAt('principles')
    for (const { page } of [maren, tomasz, observer])
      await expect(page.getByRole('button', { name: /^3 people here/ })).toBeVisible()
    await expect((await ines.open('More')).getByRole('menuitem', { name: 'People, 3 here' })).toBeVisible()
    await ines.page.keyboard.press('Escape')
    await expect(observer.page.getByRole('textbox')).toHaveCount(0)
  })

  await test.step('Principles: everyone adds, edits, moves and removes, and everyone sees it', async () => {
    await maren.add('principles', NO)
    await allRead([NO])
    await tomasz.add('principles', DOCS)
    // New notes come behind those that their author sees.
    await allRead([NO, DOCS])
    await ines.add('principles', PAVED)
    await ines.add('principles', MISTAKE)
    await allRead([NO, DOCS, PAVED, MISTAKE])

    await ines.edit(MISTAKE)
    await ines.page.keyboard.press('Control+a')
    await ines.page.keyboard.type(ERRORS)
    await ines.page.keyboard.press('Enter')
    await tomasz.add('principles', MISTAKE)
    await allRead([NO, DOCS, PAVED, ERRORS, MISTAKE])

    await tomasz.choose(MISTAKE, 'Remove')
    await allRead([NO, DOCS, PAVED, ERRORS])
    await maren.choose(DOCS, 'Move later')
    await allRead([NO, PAVED, DOCS, ERRORS])
    await ines.choose(ERRORS, 'Move earlier')
    await allRead([NO, PAVED, ERRORS, DOCS])
  })

  await test.step('Two people type into one note at once, emoji among their words', async () => {
    await Promise.all([tomasz.edit(DOCS), ines.edit(DOCS)])
    await tomasz.page.keyboard.press('Control+Home')
    await Promise.all([
      tomasz.page.keyboard.type('👩🏽‍💻 Good ', { delay: 25 }),
      ines.page.keyboard.type(', always 🏳️‍🌈✍🏿', { delay: 25 }),
    ])
    await Promise.all([tomasz.page.keyboard.press('Escape'), ines.page.keyboard.press('Escape')])
    await allRead([NO, PAVED, ERRORS, `👩🏽‍💻 Good ${DOCS}, always 🏳️‍🌈✍🏿`])
  })

  const started =
    await test.step('Every screen shows the same second, also one whose clock is an hour wrong', async () => {
      await maren.time('Start the timer')
      await showSameSecond(clocks)
      await maren.time('Pause the timer')
      await all((screen) => expect(screen.timer.locator('..')).toContainText('Paused by Maren'))
      const paused = await maren.timer.textContent()
      await all((screen) => expect(screen.timer).toHaveText(paused ?? ''))
      await maren.time('Add one minute')
      const [minutes, seconds] = (paused ?? '').split(':')
      await all((screen) => expect(screen.timer).toHaveText(`${Number(minutes) + 1}:${seconds}`))
      await maren.time('Reset the timer')
      await all((screen) => expect(screen.timer).toHaveText('20:00'))
      await maren.time('Start the timer')
      await maren.time('Pause the timer')
      await maren.time('Resume the timer')
      return showSameSecond(clocks)
    })

  const principles =
    await test.step('The server dies while two people write: nothing is missing, all are back, the time is right', async () => {
      const words = await writeThroughKill(NO, 'Listen first. ', ', and we mean it')
      const read = [words, PAVED, ERRORS, `👩🏽‍💻 Good ${DOCS}, always 🏳️‍🌈✍🏿`]
      await allRead(read)
      await showSameSecond(clocks, started)
      return read
    })

  await test.step('The facilitator advances, goes back and jumps, and everyone comes along', async () => {
    await maren.move('Next', 'ideal')
    await allAt('ideal')
    await maren.move('Back', 'principles')
    await allAt('principles')
    await maren.jump('gaps')
    await allAt('gaps')
    await maren.jump('ideal')
    await allAt('ideal')
  })

  await test.step('Ideal state: what customers would say', async () => {
    await tomasz.add('ideal', DATABASE)
    await allRead([DATABASE])
    await ines.add('ideal', STATUS)
    await allRead([DATABASE, STATUS])
    await maren.add('ideal', COST)
    await allRead([DATABASE, STATUS, COST])
    await maren.move('Next', 'gaps')
    await allAt('gaps')
  })

  await test.step('Gaps hang under the statements', async () => {
    await tomasz.addUnder(DATABASE, 'gaps', WAIT)
    await ines.addUnder(STATUS, 'gaps', BY_HAND)
    await maren.addUnder(STATUS, 'gaps', APPROVALS)
    await maren.addUnder(COST, 'gaps', NOBODY_SEES)
    await all((screen) => expect(screen.under(STATUS)).toContainText(APPROVALS))
    await tomasz.hang(APPROVALS, DATABASE)
    await allRead(GAPS_READ)
    await maren.move('Next', 'actions')
    await allAt('actions')
  })

  await test.step('Actions hang under the gaps', async () => {
    await tomasz.addUnder(WAIT, 'actions', POSTGRES)
    await ines.addUnder(APPROVALS, 'actions', POLICY)
    await maren.addUnder(BY_HAND, 'actions', ALERTS)
    await tomasz.addUnder(NOBODY_SEES, 'actions', WEEKLY)
    await allRead(actionsRead(POLICY))
  })

  const policy = await test.step('The server dies again, and again nothing is missing', async () => {
    const words = await writeThroughKill(POLICY, 'Now: ', ' 🧑🏻‍🔧 that answers at once')
    await allRead(actionsRead(words))
    return words
  })

  await test.step('Owners: each action gets an owner, a day, a first step and a measure', async () => {
    await maren.move('Next', 'owners')
    await allAt('owners')
    const [marens, tomaszs, iness, observed] = [
      new OwnersPage(maren.page),
      new OwnersPage(tomasz.page),
      new OwnersPage(ines.page, true),
      new OwnersPage(observer.page),
    ]
    await tomaszs.claim(POSTGRES)
    await iness.claim(ALERTS)
    await marens.assign(policy, 'Ines')
    await marens.assignAbsent(WEEKLY, 'Salma')
    await tomaszs.setDue(POSTGRES, '2031-01-29')
    await iness.setDue(ALERTS, '2031-02-03')
    await tomaszs.write(POSTGRES, 'First step', 'Draft the API with Payments, one hour')
    await tomaszs.write(POSTGRES, 'Measure of success', 'Order to connection string in 10 min')
    await iness.write(ALERTS, 'First step', 'List the 12 alerts that users would notice')
    for (const seen of [marens, tomaszs, iness, observed]) {
      for (const said of [
        'Tomasz',
        '29 Jan 2031',
        'Draft the API with Payments, one hour',
        'Order to connection string in 10 min',
      ])
        await expect(seen.action(POSTGRES)).toContainText(said)
      for (const said of ['Ines', '3 Feb 2031', 'List the 12 alerts that users would notice'])
        await expect(seen.action(ALERTS)).toContainText(said)
      await expect(seen.action(policy)).toContainText('Ines')
      await expect(seen.action(WEEKLY)).toContainText('Salma')
    }
  })

  await test.step('Maren takes the plan along as Markdown: copied, downloaded, and by a script', async () => {
    await maren.press((await maren.open('More')).getByRole('menuitem', { name: 'The plan', exact: true }))
    const plan = new PlanPage(maren.page)
    await expect(plan.heading).toBeVisible()
    await plan.openExport()
    const { name, text } = await plan.download()
    expect(name).toBe('how-we-serve-product-teams-plan.md')
    expect(withoutChance(text)).toBe(await readFile(PLAN, 'utf8'))
    expect(sameMoment(await plan.copy())).toBe(sameMoment(text))

    const [, key, path] = /^curl -H 'Authorization: Bearer (\S+)' http:\/\/[^/]+(\S+)$/.exec(await plan.command()) ?? []
    expect(key).toBe(new URL(links.observer).hash.slice(1))
    const answer = await fetch(server.local + path, { headers: { authorization: `Bearer ${key}` } })
    expect(sameMoment(await answer.text())).toBe(sameMoment(text))
    await maren.page.goBack()
    await maren.page.keyboard.press('Escape')
  })

  await test.step('At the end all four screens agree on the notes of each phase', async () => {
    const agree = async (phase: PhaseId, words: readonly string[]) => {
      await maren.jump(phase)
      await allAt(phase)
      await allRead(words)
    }
    await agree('actions', actionsRead(policy))
    await agree('gaps', GAPS_READ)
    await agree('ideal', [DATABASE, STATUS, COST])
    await agree('principles', principles)
  })
})

/** What columns say in sentences: what each hangs under, and its notes. */
function branches(kind: string, columns: readonly (readonly string[])[]): readonly string[] {
  return columns.flatMap((notes) => [kind, ...notes])
}

/** What the wall of gaps says. */
const GAPS_READ = branches('Ideal state', [
  [DATABASE, WAIT, APPROVALS],
  [STATUS, BY_HAND],
  [COST, NOBODY_SEES],
])

/** What the wall of actions says. @param policy the words of the action that is written through a kill. */
const actionsRead = (policy: string) =>
  branches('Gap', [
    [WAIT, POSTGRES],
    [BY_HAND, ALERTS],
    [APPROVALS, policy],
    [NOBODY_SEES, WEEKLY],
  ])
