import { GRACE } from '@quintet/shared/moves'
import { DeskPage } from '../pages/DeskPage.ts'
import { TrayPage } from '../pages/TrayPage.ts'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { twoPeople } from '../scene.ts'
import { expect, test } from '../story.ts'

const DOCS = 'Docs before tickets'
const MEETINGS = 'Docs before meetings'
const QUOTA = 'Quota requests go by mail'
const CLUSTER = 'Nobody owns the test cluster'
/** How long a page may take to notice that the network is gone or back, ms. */
const NOTICED = { timeout: 30_000 }

test('what is written offline into a phase that is locked meanwhile comes back to its author, and by asking or later onto the wall', async ({
  server,
  devices,
}) => {
  // Half a minute where nothing else runs.
  test.setTimeout(120_000)
  const { maren, tomasz, own } = await twoPeople(server, devices)
  const desk = new DeskPage(maren)
  const handed = new TrayPage(tomasz)
  const network = tomasz.page.context()
  await tomasz.add('principles', DOCS)
  await expect(maren.note(DOCS)).toBeVisible()

  await test.step('Tomasz goes on without a network, and Maren locks the phase meanwhile', async () => {
    await network.setOffline(true)
    await expect(tomasz.saved).toHaveText('Offline', NOTICED)
    await tomasz.add('principles', QUOTA)
    await desk.turn('Lock', 'principles')
    await expect(maren.page.getByText(/^You locked Principles at /)).toBeVisible()
    await expect(maren.page.getByRole('navigation', { name: 'Phases' })).toContainText('Principles, locked')
    await expect(maren.note(DOCS)).toContainText('Locked')
  })

  await test.step('he cannot know: he writes one more, and changes a word of his older note', async () => {
    const locked = Date.now()
    await tomasz.add('principles', CLUSTER)
    await tomasz.edit(DOCS)
    await tomasz.page.keyboard.press('Control+Shift+ArrowLeft')
    await tomasz.page.keyboard.type('meetings')
    await tomasz.page.keyboard.press('Enter')
    await expect.poll(() => onWall(tomasz)).toEqual([MEETINGS, QUOTA, CLUSTER])
    // What was on its way when she locked it would still be taken.
    await expect.poll(() => Date.now()).toBeGreaterThan(locked + GRACE)
  })

  await test.step('on return the wall is the server’s, and what he wrote is in his tray', async () => {
    await network.setOffline(false)
    await expect(handed.tray).toBeVisible(NOTICED)
    await expect(handed.tray).toContainText('2 notes and 1 change could not be saved')
    await expect(handed.tray).toContainText(
      /Maren locked Principles at \d?\d:\d\d, while you were offline\. Nothing is lost/,
    )
    await expect(handed.pieces).toHaveCount(3)
    for (const words of [MEETINGS, QUOTA, CLUSTER]) await expect(handed.piece(words)).toBeVisible()
    for (const board of [maren, tomasz]) await expect.poll(() => onWall(board)).toEqual([DOCS])
    await expect(handed.way(QUOTA, 'Put back')).toHaveAttribute(
      'title',
      'Principles is locked. A facilitator can unlock it.',
    )
  })

  await test.step('it is still there after a reload, to be copied and asked for', async () => {
    await tomasz.page.reload()
    await expect(handed.pieces).toHaveCount(3)
    await handed.does(CLUSTER, 'Copy')
    await expect(tomasz.page.getByText(/^Copied/)).toBeVisible()
    await handed.does(QUOTA, 'Ask to add')
    await expect(handed.piece(QUOTA)).toContainText('Asked')
  })

  await test.step('Maren accepts it on her phone, and it stands on the wall, signed by him', async () => {
    await expect(desk.requests).toHaveAccessibleName('Requests to add 1')
    const phone = new WorkshopPage(await devices.phone(), true)
    await phone.page.goto(devices.overNetwork(own))
    const thumb = new DeskPage(phone)
    await phone.press(thumb.requests)
    await expect(thumb.request(QUOTA)).toContainText('Tomasz asks to add to Principles')
    await thumb.answer(QUOTA, 'Accept')
    await expect(maren.note(QUOTA)).toContainText('Tomasz')
    await expect(handed.piece(QUOTA)).toContainText('Added')
  })

  await test.step('once Maren unlocks it, one press puts back each of the rest', async () => {
    await desk.turn('Unlock', 'principles')
    await handed.does(CLUSTER, 'Put back')
    await handed.does(MEETINGS, 'Put back')
    for (const board of [maren, tomasz]) await expect.poll(() => onWall(board)).toEqual([MEETINGS, QUOTA, CLUSTER])
    await expect(tomasz.saved).toHaveText('Saved')
  })

  await test.step('Maren hides a note from everyone, and brings it back', async () => {
    await maren.choose(CLUSTER, 'Hide for everyone')
    await expect(tomasz.note(CLUSTER)).toBeHidden()
    await desk.openRemoved()
    await expect(desk.removed.getByRole('listitem')).toContainText(['Hidden'])
    await desk.bringBack(CLUSTER)
    await expect(desk.removed).toContainText('It is back in Principles.')
    await expect(tomasz.note(CLUSTER)).toContainText('You')
  })
})

/** The words of the notes on a wall: what was handed back is no part of it. */
async function onWall(board: WorkshopPage): Promise<string[]> {
  const notes = board.page.getByRole('main').locator('[data-note]')
  return notes.getByRole('paragraph').allTextContents()
}
