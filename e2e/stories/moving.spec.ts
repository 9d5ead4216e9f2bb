import type { Locator } from '@playwright/test'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { twoPeople } from '../scene.ts'
import { expect, test } from '../story.ts'
import { Finger } from '../touch.ts'

const PAVED = 'Paved roads, not gates: the easy way is the safe way'
const DOCS = 'Docs before tickets'
const RUN = 'We run what we recommend'
const DATABASE = '“I have a database in ten minutes, without asking anyone.”'
const STATUS = '“Your status page knew before my users did.”'
const WAIT = 'Product teams wait 3 days for a new database'
const APPROVALS = 'Every request needs a ticket and two approvals'

async function addAll(board: WorkshopPage): Promise<void> {
  for (const text of [PAVED, DOCS, RUN]) await board.add('principles', text)
}

/** What the page says to those who do not see it. */
const said = (board: WorkshopPage) => board.page.getByRole('log', { name: 'Announcements' })

const grip = (board: WorkshopPage, text: string) => board.note(text).getByRole('button', { name: /^Move note:/ })

/** The middle of something on the screen. */
async function middle(target: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await target.boundingBox()
  if (!box) throw new Error('It is not on the screen.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Well behind a note in its row: the place that opens on the way there moves the note along. */
async function behind(note: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const { x, y } = await middle(note)
  const box = await note.boundingBox()
  return { x: x + 2 * (box?.width ?? 0), y }
}

const reads = (board: WorkshopPage, words: readonly string[]) => expect.poll(() => board.words()).toEqual(words)

test('a mouse drags a note along the wall, and a gap to another statement', async ({ server, devices }) => {
  const { maren, tomasz } = await twoPeople(server, devices)
  await addAll(maren)
  await reads(tomasz, [PAVED, DOCS, RUN])

  const drag = async (text: string, to: () => ReturnType<typeof middle>, announced: string | RegExp) => {
    await maren.note(text).hover()
    await expect(grip(maren, text)).toBeVisible()
    await maren.page.mouse.down()
    // Where one wrote before closes with the first of it, and may move what is aimed at.
    await expect(async () => {
      const { x, y } = await to()
      await maren.page.mouse.move(x, y, { steps: 8 })
      await expect(said(maren)).toHaveText(announced, { timeout: 1_000 })
    }).toPass({ timeout: 15_000 })
    await maren.page.mouse.up()
  }
  await drag(PAVED, () => behind(maren.note(RUN)), 'Place 3 of 3, on the wall.')
  await reads(tomasz, [DOCS, RUN, PAVED])
  await reads(maren, [DOCS, RUN, PAVED])

  await maren.jump('ideal')
  await maren.add('ideal', DATABASE)
  await maren.add('ideal', STATUS)
  await maren.jump('gaps')
  await maren.addUnder(STATUS, 'gaps', WAIT)
  await expect(tomasz.under(STATUS)).toContainText(WAIT)
  await drag(
    WAIT,
    () => middle(maren.page.getByRole('region', { name: DATABASE.slice(0, 30) })),
    /^Place 1 of 1, under “/,
  )
  await expect(tomasz.under(DATABASE)).toContainText(WAIT)
  await expect(tomasz.under(STATUS)).not.toContainText(WAIT)
})

test('a finger that rests on a note lifts it, on a screen of 640 px and more', async ({ server, devices }) => {
  const { maren, join } = await twoPeople(server, devices)
  await addAll(maren)
  const ines = new WorkshopPage(await devices.tablet(), true)
  await ines.join(join, 'Ines')
  await reads(ines, [PAVED, DOCS, RUN])
  // Nothing has been touched: the first touch lifts already.
  await expect(grip(ines, RUN)).toBeAttached()

  const finger = await Finger.of(ines.page)
  await finger.down(await middle(ines.note(RUN)))
  await expect(said(ines)).toHaveText(`Picked up “${RUN}”.`)
  const first = await middle(ines.note(PAVED))
  await finger.move({ x: first.x - 60, y: first.y })
  await expect(said(ines)).toHaveText('Place 1 of 3, on the wall.')
  await finger.up()
  await reads(ines, [RUN, PAVED, DOCS])
  await reads(maren, [RUN, PAVED, DOCS])
})

test('keys move a note through its grip, and each step is announced', async ({ server, devices }) => {
  const { maren, tomasz } = await twoPeople(server, devices)
  await addAll(maren)
  const press = async (key: string, announced: string) => {
    await maren.page.keyboard.press(key)
    await expect(said(maren)).toHaveText(announced)
  }
  const pickUp = async (text: string, announced: string) => {
    await maren.note(text).focus()
    await grip(maren, text).focus()
    await press('Space', announced)
    // @dnd-kit listens for the next key in a timer of its own, which this one comes behind.
    await maren.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
  }

  await pickUp(PAVED, 'Picked up “Paved roads, not gates: the easy way is…”.')
  await press('ArrowRight', 'Place 2 of 3, on the wall.')
  await press('ArrowRight', 'Place 3 of 3, on the wall.')
  await press('Space', 'Put down: place 3, on the wall.')
  await reads(tomasz, [DOCS, RUN, PAVED])
  await expect(maren.note(PAVED)).toBeFocused()

  await pickUp(DOCS, `Picked up “${DOCS}”.`)
  await press('ArrowRight', 'Place 2 of 3, on the wall.')
  await press('Escape', 'Put back.')
  await reads(maren, [DOCS, RUN, PAVED])
  await reads(tomasz, [DOCS, RUN, PAVED])
})

test('whatever dragging does, the note’s menu and its keys do too', async ({ server, devices }) => {
  const { maren, tomasz } = await twoPeople(server, devices)
  await addAll(maren)
  await maren.choose(PAVED, 'Move later')
  await expect(said(maren)).toHaveText('Place 2 of 3.')
  await reads(tomasz, [DOCS, PAVED, RUN])
  await expect(maren.note(PAVED)).toBeFocused()
  await maren.page.keyboard.press('Alt+ArrowLeft')
  await expect(said(maren)).toHaveText('Place 1 of 3.')
  await reads(tomasz, [PAVED, DOCS, RUN])

  await maren.jump('ideal')
  await maren.add('ideal', DATABASE)
  await maren.add('ideal', STATUS)
  await maren.jump('gaps')
  await maren.addUnder(STATUS, 'gaps', APPROVALS)
  await expect(tomasz.note(APPROVALS)).toBeVisible()
  await tomasz.note(APPROVALS).focus()
  await tomasz.page.keyboard.press('h')
  await tomasz.page.getByRole('combobox', { name: 'Hang under' }).fill('database')
  await tomasz.page.keyboard.press('Enter')
  await expect(maren.under(DATABASE)).toContainText(APPROVALS)
})

test('undo takes back my own note, but never words that a colleague wrote in it', async ({ server, devices }) => {
  const { maren, tomasz } = await twoPeople(server, devices)
  await addAll(maren)
  await reads(tomasz, [PAVED, DOCS, RUN])
  await tomasz.edit(DOCS)
  await tomasz.page.keyboard.type(', always')
  await tomasz.page.keyboard.press('Enter')
  await reads(maren, [PAVED, `${DOCS}, always`, RUN])

  await maren.note(PAVED).focus()
  await maren.page.keyboard.press('Control+z')
  await expect(said(maren)).toHaveText('Undone: add note.')
  await reads(tomasz, [PAVED, `${DOCS}, always`])
  // Nothing: Tomasz wrote there since.
  await maren.page.keyboard.press('Control+z')
  await expect(said(maren)).toHaveText('Others have changed this since, so it stays as it is.')
  await maren.page.keyboard.press('Control+z')
  await reads(tomasz, [`${DOCS}, always`])
  await reads(maren, [`${DOCS}, always`])
})

test('several pasted lines become one note a line, if one wants', async ({ server, devices }) => {
  const { maren, tomasz } = await twoPeople(server, devices)
  await maren.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const paste = async () => {
    await maren.page.getByRole('textbox', { name: 'New principle' }).focus()
    await maren.page.keyboard.press('Control+v')
  }
  await maren.page.evaluate((text) => navigator.clipboard.writeText(text), `- ${PAVED}\n- ${DOCS}\n\n- ${RUN}\n`)
  await paste()
  await expect(maren.page.getByText('You pasted 3 lines.')).toBeVisible()
  await maren.page.getByRole('button', { name: 'One note a line' }).click()
  await reads(tomasz, [PAVED, DOCS, RUN])

  await maren.page.evaluate((text) => navigator.clipboard.writeText(text), 'One\nthought')
  await paste()
  await maren.page.getByRole('button', { name: 'As one note' }).click()
  await maren.page.keyboard.press('Enter')
  await reads(tomasz, [PAVED, DOCS, RUN, 'One\nthought'])
})
