import { PHASE_IDS } from '@quintet/shared/phases'
import { expectAccessible } from '../axe.ts'
import type { Devices } from '../devices.ts'
import { HomePage } from '../pages/HomePage.ts'
import { InviteDialog } from '../pages/InviteDialog.ts'
import { OwnersPage } from '../pages/OwnersPage.ts'
import { PlanPage } from '../pages/PlanPage.ts'
import { ScreenPage } from '../pages/ScreenPage.ts'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
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
    await board.open('More for this step')
    await expectAccessible(page, 'menu of the step')

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
