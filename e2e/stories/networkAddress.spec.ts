import type { Page } from '@playwright/test'
import { HomePage } from '../pages/HomePage.ts'
import { InviteDialog } from '../pages/InviteDialog.ts'
import { PlanPage } from '../pages/PlanPage.ts'
import { ScreenPage } from '../pages/ScreenPage.ts'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { expect, test } from '../story.ts'

/** Writes down what goes wrong on a page: sentences on the console, and requests that fail or are refused. */
function watch(page: Page): readonly string[] {
  const wrong: string[] = []
  // An invitation is asked without a name at first: the answer says that it takes one. Chromium tells that on the console.
  const asks = (url: string) => /\/api\/workshops\/[^/]+\/join$/.test(url)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !asks(message.location().url))
      wrong.push(`${message.type()}: ${message.text()} ${message.location().url}`)
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    // What a page was fetching ahead when it was left.
    if (why !== 'net::ERR_ABORTED') wrong.push(`failed: ${request.url()} ${why}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400 && !asks(response.url())) wrong.push(`${response.status()}: ${response.url()}`)
  })
  return wrong
}

test('on a plain http address of the network nothing fails, and the console stays quiet', async ({
  server,
  devices,
}) => {
  const maren = new WorkshopPage(await devices.desktop())
  const wrongs = [watch(maren.page)]
  await maren.page.goto(server.network)
  await new HomePage(maren.page).create('How we serve product teams', 'Maren', 'open')
  const invite = new InviteDialog(maren.page)
  await expect(invite.code).toBeVisible()
  const join = await invite.joinLink()
  expect(new URL(join).origin).toBe(server.network)
  await invite.close()

  const ines = new WorkshopPage(await devices.phone(), true)
  wrongs.push(watch(ines.page))
  await ines.join(join, 'Ines')
  expect(await ines.page.evaluate(() => isSecureContext)).toBe(false)
  await ines.add('principles', 'Docs before tickets')
  await expect(maren.note('Docs before tickets')).toBeVisible()

  await maren.press((await maren.open('More')).getByRole('menuitem', { name: 'The plan', exact: true }))
  const plan = new PlanPage(maren.page)
  await plan.openExport()
  // Without a secure context there is no clipboard to ask for; copying has another way.
  await plan.export.getByRole('button', { name: 'Copy Markdown' }).click()
  await expect(maren.page.getByText('Markdown copied')).toBeVisible()
  expect((await plan.download()).text).toContain('Docs before tickets — Ines')
  await maren.page.goto(maren.page.url().replace(/plan$/, 'screen'))
  await expect(new ScreenPage(maren.page).code).toBeVisible()
  expect(wrongs.flat()).toEqual([])
})
