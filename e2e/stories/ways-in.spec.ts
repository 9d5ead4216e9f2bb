import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { createWorkshop } from '../scene.ts'
import { expect, test } from '../story.ts'

const DOCS = 'Docs before tickets'

const here = (board: WorkshopPage, count: number) =>
  board.page.getByRole('button', { name: new RegExp(`^${count} (person|people) here`) })

test('the key of a link leaves the address bar, and the history', async ({ server, devices }) => {
  const { maren, join, observer, own } = await createWorkshop(server, devices)
  const path = new URL(maren.page.url()).pathname
  const tomasz = new WorkshopPage(await devices.desktop())
  await tomasz.join(join, 'Tomasz')
  await expect(tomasz.question('principles')).toBeVisible()
  await expect(tomasz.page).toHaveURL(server.network + path)
  expect(
    await tomasz.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join(),
    ),
  ).not.toContain(new URL(join).hash.slice(1))
  for (const link of [observer, own]) {
    const page = await devices.desktop()
    await page.goto(link)
    await expect(new WorkshopPage(page).question('principles')).toBeVisible()
    await expect(page).toHaveURL(/^[^#]*$/)
  }
})

test('after a reload, and in a second tab, one is the same person', async ({ server, devices }) => {
  const { maren, join } = await createWorkshop(server, devices)
  const tomasz = new WorkshopPage(await devices.desktop())
  await tomasz.join(join, 'Tomasz')
  await tomasz.add('principles', DOCS)
  await expect(maren.note(DOCS)).toContainText('Tomasz')
  await tomasz.page.reload()
  await expect(tomasz.note(DOCS)).toContainText('You')
  const tab = new WorkshopPage(await tomasz.page.context().newPage())
  await tab.page.goto(tomasz.page.url())
  await expect(tab.note(DOCS)).toContainText('You')
  // The invitation again, in the same browser, is no further person either.
  await tab.page.goto(join)
  await expect(tab.page).toHaveURL(/^[^#]*$/)
  await expect(tab.note(DOCS)).toContainText('You')
  for (const board of [maren, tomasz, tab]) await expect(here(board, 2)).toBeVisible()
})

test('“Continue on another device” opens the same seat elsewhere', async ({ server, devices }) => {
  const { maren, join } = await createWorkshop(server, devices)
  const tomasz = new WorkshopPage(await devices.desktop())
  await tomasz.join(join, 'Tomasz')
  await tomasz.add('principles', DOCS)
  const menu = await tomasz.open('More')
  await menu.getByRole('menuitem', { name: 'Continue on another device' }).click()
  const dialog = tomasz.page.getByRole('dialog', { name: 'Continue on another device' })
  await expect(dialog.getByRole('img', { name: 'QR code of your own link' })).toBeVisible()
  const link = await dialog.getByRole('textbox', { name: 'Your own link' }).inputValue()

  const phone = new WorkshopPage(await devices.phone(), true)
  await phone.page.goto(devices.overNetwork(link))
  await expect(phone.note(DOCS)).toContainText('You')
  await phone.add('principles', 'We run what we recommend')
  await expect(tomasz.note('We run what we recommend')).toContainText('You')
  await expect(maren.note('We run what we recommend')).toContainText('Tomasz')
  await expect(here(maren, 2)).toBeVisible()
})

test('one browser holds several seats, an observer’s among them, and changes between them', async ({
  server,
  devices,
}) => {
  const { maren, join, observer } = await createWorkshop(server, devices)
  const local = (link: string) => server.local + new URL(link).pathname + new URL(link).hash
  const second = new WorkshopPage(await maren.page.context().newPage())
  await second.join(local(join), 'Kofi')
  await expect(second.question('principles')).toBeVisible()
  await expect(second.page.getByRole('button', { name: 'Next: Ideal state' })).toBeHidden()
  await expect(here(maren, 2)).toBeVisible()
  await second.page.goto(local(observer))
  await expect(second.page.getByRole('textbox', { name: 'New principle' })).toBeHidden()
  await expect(second.question('principles')).toBeVisible()
  await expect(second.page.getByRole('textbox')).toHaveCount(0)

  const sit = async (seat: string) =>
    second.press((await second.open('More')).getByRole('menuitemradio', { name: seat }))
  await sit('Maren, facilitator')
  await expect(second.page.getByRole('button', { name: 'Next: Ideal state' })).toBeVisible()
  await sit('Kofi, member')
  await expect(second.page.getByRole('textbox', { name: 'New principle' })).toBeVisible()
  await second.add('principles', DOCS)
  await expect(maren.note(DOCS)).toContainText('Kofi')
  await second.page.reload()
  await expect(second.note(DOCS)).toContainText('You')
  // The first tab stays on its own seat.
  await maren.page.reload()
  await expect(maren.page.getByRole('button', { name: 'Next: Ideal state' })).toBeVisible()
})

test('a replaced invitation opens nothing any more, and whoever is in stays in', async ({ server, devices }) => {
  const { maren, invite, join } = await createWorkshop(server, devices)
  const tomasz = new WorkshopPage(await devices.desktop())
  await tomasz.join(join, 'Tomasz')
  await expect(tomasz.question('principles')).toBeVisible()
  await invite.open()
  await invite.replace('join link')
  await expect.poll(() => invite.joinLink()).not.toContain(new URL(join).hash)
  const fresh = devices.overNetwork(await invite.joinLink())
  await invite.close()

  const late = new WorkshopPage(await devices.phone(), true)
  await late.page.goto(join)
  await expect(late.page.getByRole('heading', { level: 1 })).toHaveText('The workshop cannot be opened')
  await expect(late.page.getByRole('main')).toContainText('Ask a facilitator for the link of today.')
  await late.join(fresh, 'Ines')
  await expect(late.question('principles')).toBeVisible()
  await tomasz.add('principles', DOCS)
  await expect(maren.note(DOCS)).toBeVisible()
})

test('a link that leads nowhere says what to do', async ({ server, devices }) => {
  const { maren, join } = await createWorkshop(server, devices)
  const { pathname } = new URL(join)
  const page = await devices.phone()
  const told = async (address: string, title: string, sentence: string) => {
    await page.goto(server.network + address)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(page.getByRole('main')).toContainText(sentence)
  }
  await told('/w/AAAAAAAAAAAAAAAA', 'The workshop cannot be opened', 'There is no such workshop here.')
  await told('/w/no.id', 'There is nothing at this address', 'Check the link')
  await told(`${pathname}/nowhere`, 'There is nothing at this address', 'start from the home page')
  await told(`${pathname}#half-a-key`, 'The workshop cannot be opened', 'This link opens nothing')
  await told(pathname, 'Open your link once more', 'This browser has no seat in the workshop.')

  await page.goto(server.network)
  await page.getByRole('button', { name: 'Open a link' }).tap()
  const field = page.getByLabel('The link that you were given')
  await field.fill('not a link')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('This is no link to a workshop.')
  await field.fill(join)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Join the workshop' })).toBeVisible()
  await expect(here(maren, 1)).toBeVisible()
})
