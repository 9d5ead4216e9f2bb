import type { Agenda } from '@quintet/shared/agenda'
import { PHASE_IDS, type PhaseId } from '@quintet/shared/phases'
import { phaseOf } from '../agendas.ts'
import { expectAccessible } from '../axe.ts'
import type { Devices } from '../devices.ts'
import { DeskPage } from '../pages/DeskPage.ts'
import { HomePage } from '../pages/HomePage.ts'
import { InviteDialog } from '../pages/InviteDialog.ts'
import { OwnersPage } from '../pages/OwnersPage.ts'
import { PlanPage } from '../pages/PlanPage.ts'
import { RhythmPage } from '../pages/RhythmPage.ts'
import { ScreenPage } from '../pages/ScreenPage.ts'
import { VotePage } from '../pages/VotePage.ts'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { WritePage } from '../pages/WritePage.ts'
import { createWithAgenda } from '../scene.ts'
import type { QuintetServer } from '../server.ts'
import { expect, test } from '../story.ts'

const STATUS = '“Your status page knew before my users did.”'
const ALERTS = 'Alerts name hosts, not the services people know'
const POLICY = 'Replace the two approvals with a policy check'

const DEVICES = {
  'a desktop of 1440 px': { open: (devices: Devices) => devices.desktop(), touch: false },
  'a phone of 390 px': { open: (devices: Devices) => devices.phone(), touch: true },
}

for (const [device, { open, touch }] of Object.entries(DEVICES))
  test(`axe finds nothing on any screen, in light and dark, on ${device}`, async ({ server, devices }) => {
    test.setTimeout(180_000)
    const board = new WorkshopPage(await open(devices), touch)
    const { page } = board
    await page.goto(server.local)
    await expect(page.getByRole('heading', { name: 'A new workshop' })).toBeVisible()
    await expectAccessible(page, 'home')
    await new HomePage(page).tryExample()
    await expect(board.question('owners')).toBeVisible()
    const address = page.url()
    const owners = new OwnersPage(page, touch)
    await expect(owners.action(POLICY)).toBeVisible()

    const menu = await board.open('More')
    await expectAccessible(page, 'menu of the page')
    await board.press(menu.getByRole('menuitem', { name: /^People/ }))
    await expect(page.getByRole('dialog', { name: 'People' })).toContainText('Facilitator')
    await expectAccessible(page, 'people list')
    await page.keyboard.press('Escape')

    await board.press(owners.action(POLICY).getByRole('button', { name: /^Assign:/ }))
    await expect(page.getByRole('option', { name: 'Yuki' })).toBeVisible()
    await expectAccessible(page, 'assign picker')
    await page.keyboard.press('Escape')
    await board.press(owners.action(POLICY).getByRole('button', { name: /^Add: first step/ }))
    await expect(owners.action(POLICY).getByRole('textbox')).toBeFocused()
    await expectAccessible(page, 'owners, while a first step is written')
    await page.keyboard.press('Escape')

    const invite = new InviteDialog(page)
    await board.press((await board.open('More')).getByRole('menuitem', { name: 'Invite people' }))
    await expect(invite.code).toBeVisible()
    await expectAccessible(page, 'invite dialog')
    const join = await invite.joinLink()
    await invite.close()

    for (const phase of PHASE_IDS.toReversed()) {
      await board.jump(phase)
      await expect(board.question(phase)).toBeVisible()
      await expectAccessible(page, phase)
      if (phase !== 'gaps') continue
      await board.choose(ALERTS, 'Hang under…')
      await expect(page.getByRole('option', { name: STATUS })).toBeVisible()
      await expectAccessible(page, 'hang picker')
      await page.keyboard.press('Escape')
      await board.edit(ALERTS)
      await expectAccessible(page, 'gaps, while a note is written')
      await page.keyboard.press('Escape')
    }
    await board.openMenu('Docs before tickets')
    await expectAccessible(page, 'menu of a note')
    await page.keyboard.press('Escape')
    const steps = await board.open('More for this step')
    await expectAccessible(page, 'menu of the step')
    await board.press(steps.getByRole('menuitem', { name: 'Lock Principles' }))
    await expect(page.getByText(/^You locked Principles at /)).toBeVisible()
    await board.choose('Docs before tickets', 'Hide for everyone')
    const desk = new DeskPage(board)
    await desk.openRemoved()
    await expect(desk.removed.getByRole('listitem')).toContainText(['Hidden'])
    await expectAccessible(page, 'what was hidden, over a locked phase')

    const plan = new PlanPage(page)
    await page.goto(`${address}/plan`)
    await page.getByRole('button', { name: /^Open: Drive the status page/ }).click()
    await expect(page.getByRole('list', { name: 'Thread' })).toBeVisible()
    await expectAccessible(page, 'plan')
    await plan.openExport()
    await expect(plan.export.getByRole('textbox', { name: 'For scripts' })).toBeVisible()
    await expectAccessible(page, 'export')

    const screen = new ScreenPage(page)
    await page.goto(`${address}/screen`)
    await expect(screen.code).toBeVisible()
    await expectAccessible(page, 'big screen')

    const guest = await open(devices)
    await guest.goto(devices.overNetwork(join))
    await expect(guest.getByRole('button', { name: 'Join the workshop' })).toBeVisible()
    await expectAccessible(guest, 'join form')
    await guest.goto(`${server.local}/w/AAAAAAAAAAAAAAAA`)
    await expect(guest.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(guest, 'no such workshop')
  })

/** With every kind of step, and as short as that can be. */
const AGENDA: Agenda = {
  phases: [
    phaseOf('principles', 'write', 'share', 'group', 'vote', 'decide'),
    phaseOf('ideal', 'open'),
    phaseOf('gaps', 'open'),
    phaseOf('actions', 'open'),
    phaseOf('owners', 'owners'),
  ],
}

const PAVED = 'Paved roads, not gates'
const EASY = 'The easy way is the safe way'
const DOCS = 'Docs before tickets'
const NO = 'We say no with an alternative'
const LATE = 'Half a thought'
const CLICK = 'I click, and I get a database'
const KNOWS = 'The status page knows first'
const WAIT = 'Teams wait three days for a database'
const DISKS = 'Disks are full at night'
const POSTGRES = 'Self-service Postgres'
const HOUR = 'Open hour with a product team'

/** Who leads, who takes part and who watches, each at 1440 and at 390 px; and the screen in the room. */
async function inEveryRole(server: QuintetServer, devices: Devices) {
  const { maren, own, join, observer } = await createWithAgenda(server, devices, AGENDA)
  const tomasz = new WorkshopPage(await devices.desktop())
  const eye = new WorkshopPage(await devices.desktop())
  const phones = {
    maren: new WorkshopPage(await devices.phone(), true),
    ines: new WorkshopPage(await devices.phone(), true),
    eye: new WorkshopPage(await devices.phone(), true),
  }
  await Promise.all([
    tomasz.join(join, 'Tomasz'),
    phones.ines.join(join, 'Ines'),
    phones.maren.page.goto(own),
    eye.page.goto(observer),
    phones.eye.page.goto(observer),
  ])
  const screen = await eye.page.context().newPage()
  await screen.goto(`${devices.overNetwork(eye.page.url())}/screen`)
  return { maren, tomasz, eye, phones, screen }
}

test('axe finds nothing in any step, as facilitator, member and observer, in light and dark', async ({
  server,
  devices,
}) => {
  test.setTimeout(360_000)
  const { maren, tomasz, eye, phones, screen } = await inEveryRole(server, devices)
  const all: Readonly<Record<string, WorkshopPage>> = {
    'a facilitator': maren,
    'a member': tomasz,
    'an observer': eye,
    'a facilitator’s phone': phones.maren,
    'a member’s phone': phones.ines,
    'an observer’s phone': phones.eye,
  }
  const lead = new RhythmPage(maren)
  const member = new RhythmPage(tomasz)

  /** Holds what a step shows to the standards, on the devices of all roles at once, and on the screen in the room. */
  const look = (where: string, who: Readonly<Record<string, WorkshopPage>> = all) =>
    Promise.all([
      ...Object.entries(who).map(([name, { page }]) => expectAccessible(page, `${where}, ${name}`)),
      who === all && expectAccessible(screen, `${where}, the screen in the room`),
    ])
  const allIn = (phase: PhaseId, step: string) =>
    Promise.all(Object.values(all).map((each) => expect(new RhythmPage(each).step(phase, step)).toBeVisible()))
  const allSee = (words: string) =>
    Promise.all(
      Object.values(all).map(({ page }) => expect(page.getByRole('main').getByText(words).first()).toBeVisible()),
    )

  await test.step('Write, with drafts and with words in the composer', async () => {
    await allIn('principles', 'Write')
    await member.write('principles', [PAVED, EASY])
    await lead.write('principles', [DOCS, NO])
    await new WritePage(phones.ines).type(LATE)
    await expect(phones.eye.page.getByText('3 are writing')).toBeVisible()
    await look('Write')
  })

  await test.step('the countdown, held by a server that is gone', async () => {
    await Promise.all([
      ...Object.values(all).map((each) => new WritePage(each).countdownShows()),
      lead.forward('Share the drafts'),
    ])
    await server.kill()
    await look('the countdown')
    await server.run()
  })

  await test.step('Share, with what a reveal left', async () => {
    await allIn('principles', 'Share')
    await allSee(NO)
    await expect(phones.ines.page.getByRole('region', { name: 'Still yours alone' })).toBeVisible()
    await look('Share')
  })

  await test.step('Group, with a group, a selection and the list to pick from', async () => {
    await lead.forward('Next: Group')
    await allIn('principles', 'Group')
    await tomasz.choose(EASY, 'Group with…')
    await tomasz.press(tomasz.page.getByRole('option', { name: PAVED }))
    await allSee('Not in a group')
    for (const words of [DOCS, NO]) {
      await maren.note(words).focus()
      await maren.page.keyboard.press('Space')
    }
    await maren.press(
      maren.page.getByRole('toolbar', { name: 'Selected notes' }).getByRole('button', { name: 'Group…' }),
    )
    await expect(maren.page.getByRole('option', { name: /^New group/ })).toBeVisible()
    await phones.ines.choose(DOCS, 'Group with…')
    await expect(phones.ines.page.getByRole('option', { name: /^New group/ })).toBeVisible()
    await look('Group')
    for (const { page } of [maren, phones.ines]) await page.keyboard.press('Escape')
    await maren.page.keyboard.press('Escape')
  })

  await test.step('Vote, open and closed, and Decide', async () => {
    await lead.forward('Next: Vote')
    await allIn('principles', 'Vote')
    await new VotePage(tomasz.page).place(DOCS, 2)
    await new VotePage(phones.ines.page, true).place(NO, 2)
    await expect(maren.page.getByText('2 have voted')).toBeVisible()
    await look('Vote')
    await lead.forward('Close vote')
    await allIn('principles', 'Decide')
    await maren.press(new VotePage(maren.page).keep(DOCS))
    await expect(new VotePage(phones.eye.page).block(DOCS).first()).toContainText('Kept')
    await maren.choose(NO, 'Park')
    await expect(maren.page.getByRole('region', { name: 'Parked principles' })).toBeVisible()
    await look('Decide')
    await lead.forward('Back to Vote')
    await allIn('principles', 'Vote')
    await look('a closed vote')
  })

  await test.step('the thread in columns, with its breaks', async () => {
    await maren.jump('ideal')
    for (const words of [CLICK, KNOWS]) await maren.add('ideal', words)
    await maren.jump('gaps')
    await expect(tomasz.question('gaps')).toBeVisible()
    await tomasz.addUnder(CLICK, 'gaps', WAIT)
    await phones.ines.add('gaps', DISKS)
    await allSee(DISKS)
    await allSee('No gap here')
    await look('gaps in columns')
    await maren.jump('actions')
    await tomasz.addUnder(WAIT, 'actions', POSTGRES)
    await phones.ines.add('actions', HOUR)
    await allSee(HOUR)
  })

  await test.step('Owners, and what is asked before the close', async () => {
    await maren.jump('owners')
    const owners = new OwnersPage(tomasz.page)
    await owners.claim(POSTGRES)
    await owners.setDue(POSTGRES, '2031-01-29')
    await expect(new OwnersPage(phones.maren.page, true).action(POSTGRES)).toContainText('Tomasz')
    await look('Owners')
    for (const each of [maren, phones.maren]) {
      await each.press(each.page.getByRole('button', { name: 'Close workshop' }))
      await expect(each.page.getByRole('dialog', { name: /unowned/ })).toContainText('gap')
    }
    await look('the checklist before closing', { 'a facilitator': maren, 'a facilitator’s phone': phones.maren })
    await maren.press(maren.page.getByRole('button', { name: 'Close anyway' }))
    await expect(tomasz.page.getByRole('button', { name: 'Open the plan' })).toBeVisible()
  })

  await test.step('the thread and the plan as pages of their own', async () => {
    for (const [view, heading] of [
      ['thread', 'The golden thread'],
      ['plan', 'The plan'],
    ] as const) {
      for (const { page } of Object.values(all)) {
        await page.goto(`${page.url().replace(/\/(thread|plan)$/, '')}/${view}`)
        await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
      }
      await look(`the ${view}`, { ...all })
    }
  })
})
