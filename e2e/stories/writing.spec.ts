import { withNames } from '@quintet/shared/agenda'
import { phaseOf } from '../agendas.ts'
import type { Devices } from '../devices.ts'
import { ScreenPage } from '../pages/ScreenPage.ts'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { WritePage } from '../pages/WritePage.ts'
import { createWithAgenda } from '../scene.ts'
import type { QuintetServer } from '../server.ts'
import { expect, test } from '../story.ts'

const AGENDA = {
  phases: [phaseOf('principles', 'write', 'share', 'decide'), phaseOf('ideal', 'open'), phaseOf('owners', 'owners')],
}

const DOCS = 'Docs before tickets'
const PAVED = 'Paved roads, not gates'
const RUN = 'We run what we recommend'
const ERRORS = 'An error message says what to do next'
const LATE = 'No surprise migrations'

/** Everyone in Write: Maren leads, Tomasz at a computer, Ines with a phone on plain http, and somebody who watches. */
async function inWrite(
  server: QuintetServer,
  devices: Devices,
  agenda: Parameters<typeof createWithAgenda>[2] = AGENDA,
) {
  const { maren, join, observer } = await createWithAgenda(server, devices, agenda)
  const tomasz = new WorkshopPage(await devices.desktop())
  const ines = new WorkshopPage(await devices.phone(), true)
  const eye = new WorkshopPage(await devices.desktop())
  await Promise.all([tomasz.join(join, 'Tomasz'), ines.join(join, 'Ines'), eye.page.goto(observer)])
  for (const each of [maren, tomasz, ines, eye]) await each.question('principles').waitFor()
  expect(await ines.page.evaluate(() => isSecureContext)).toBe(false)
  return {
    maren: new WritePage(maren),
    tomasz: new WritePage(tomasz),
    ines: new WritePage(ines),
    eye: new WritePage(eye),
  }
}

/** Presses a facilitator's main button. */
const forward = ({ board, page }: WritePage, name: string) =>
  board.press(page.getByRole('button', { name, exact: true }))

/** Waits until a countdown has run and everyone is in the step behind it. */
const revealed = (people: readonly WritePage[]) =>
  Promise.all(people.map(({ page }) => expect(page.getByText(/^Share, step 2 of 3/)).toBeVisible()))

test('everyone writes in silence, and all drafts land at once', async ({ server, devices }) => {
  test.setTimeout(180_000)
  const { maren, tomasz, ines, eye } = await inWrite(server, devices)
  const everyone = [maren, tomasz, ines, eye]

  await test.step('drafts are their author’s alone; others see numbers', async () => {
    await tomasz.add(DOCS)
    await tomasz.add(PAVED)
    await ines.add(RUN)
    await maren.add(ERRORS)
    await expect(tomasz.drafts).toHaveCount(2)
    await expect(ines.drafts).toHaveCount(1)
    for (const { page } of [tomasz, eye]) await expect(page.getByText('3 are writing')).toBeVisible()
    await expect(tomasz.page.getByText('Nobody else can see these until Maren reveals them')).toBeVisible()
    await expect(ines.page.getByText('Only you see these')).toBeVisible()
    await expect(maren.page.getByText(DOCS)).toHaveCount(0)
    await expect(eye.page.getByRole('textbox')).toHaveCount(0)
    await expect(eye.page.getByRole('main')).not.toContainText(RUN)
  })

  await test.step('what stands in a composer survives a reload, and is not a draft yet', async () => {
    await ines.type('Half a thought')
    await ines.board.mayGo()
    await ines.page.reload()
    await expect(ines.composer).toHaveValue('Half a thought')
    await expect(ines.drafts).toHaveCount(1)
  })

  await test.step('a draft is edited in place, removed and brought back', async () => {
    await tomasz.board.press(tomasz.draft(PAVED).getByText(PAVED))
    await expect(tomasz.page.getByRole('textbox', { name: /^Words of this/ })).toBeFocused()
    await tomasz.page.keyboard.type(': the easy way is the safe way')
    await tomasz.page.keyboard.press('Enter')
    await expect(tomasz.draft(`${PAVED}: the easy way`)).toBeVisible()
    await tomasz.board.choose(DOCS, 'Remove', tomasz.draft(DOCS))
    await expect(tomasz.drafts).toHaveCount(1)
    await tomasz.page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
    await expect(tomasz.drafts).toHaveCount(2)
  })

  await test.step('people say that they are done', async () => {
    await tomasz.board.press(tomasz.done)
    await expect(tomasz.done).toHaveAttribute('aria-pressed', 'true')
    for (const { page } of [maren, eye]) await expect(page.getByText('1 is done')).toBeVisible()
    await tomasz.page.reload()
    await expect(tomasz.done).toHaveAttribute('aria-pressed', 'true')
  })

  await test.step('a countdown is on every screen, and is stopped', async () => {
    await Promise.all([...everyone.map((who) => who.countdownShows()), forward(maren, 'Share the drafts')])
    await expect(maren.stop).toBeFocused()
    await maren.page.keyboard.press('Enter')
    for (const who of everyone) await expect(who.countdown).toHaveCount(0)
    await expect(ines.page.getByText('Write')).not.toHaveCount(0)
    await expect(eye.page.getByRole('article')).toHaveCount(0)
  })

  await test.step('all drafts land; what is being typed stays with its author, who goes on typing', async () => {
    await ines.type(', and')
    const told = ines.page.getByText(/^Maren reveals all drafts/).waitFor()
    await Promise.all([ines.countdownShows(), forward(maren, 'Share the drafts')])
    // In one go: letter by letter the last ones may come after the three seconds.
    await ines.page.keyboard.insertText(' the rest')
    await told
    await revealed(everyone)
    for (const { board } of everyone)
      for (const text of [DOCS, PAVED, RUN, ERRORS]) await expect(board.note(text)).toBeVisible()
    for (const { board } of [maren, tomasz, eye]) expect((await board.words()).join()).not.toContain('Half a thought')
    await expect(ines.left.getByRole('textbox')).toBeFocused()
    await ines.page.keyboard.type(' of it')
    await expect(ines.left.getByRole('textbox')).toHaveValue('Half a thought, and the rest of it')
  })

  await test.step('the leftover is shared too', async () => {
    await ines.board.press(ines.left.getByRole('button', { name: 'Share it too' }))
    for (const { board } of everyone) await expect(board.note('Half a thought, and the rest of it')).toBeVisible()
    await expect(ines.left).toHaveCount(0)
  })

  await test.step('back in Write what was shown stays shown, and new drafts are secret until the next reveal', async () => {
    await forward(maren, 'Back to Write')
    await expect(tomasz.composer).toBeVisible()
    await expect(tomasz.page.getByRole('region', { name: 'Already on the wall' }).getByRole('article')).toHaveCount(5)
    await tomasz.add(LATE)
    await expect(tomasz.draft(LATE)).toBeVisible()
    await expect(eye.page.getByText(LATE)).toHaveCount(0)
    await forward(maren, 'Share the drafts')
    await revealed(everyone)
    for (const { board } of everyone) await expect(board.note(LATE)).toBeVisible()
    await expect(eye.page.getByRole('main').getByRole('article')).toHaveCount(6)
  })
})

test('in an anonymous phase a late draft lands with the next move, and nobody is named', async ({
  server,
  devices,
}) => {
  test.setTimeout(120_000)
  const { maren, tomasz, ines, eye } = await inWrite(server, devices, withNames(AGENDA, 'anonymous'))
  await expect(tomasz.page.getByText(/^The principles are anonymous/)).toBeVisible()
  await tomasz.add(DOCS)
  await ines.type('Typed too late')
  await forward(maren, 'Share the drafts')
  await revealed([maren, tomasz, ines, eye])
  await expect(maren.page.getByText('Share, step 2 of 3 · anonymous')).toBeVisible()
  await expect(maren.board.note(DOCS)).toHaveText(DOCS)
  await expect(tomasz.board.note(DOCS)).toContainText('Yours')

  await ines.board.press(ines.left.getByRole('button', { name: 'Share it too' }))
  await expect(ines.left.getByText('Lands with the next move', { exact: true })).toBeVisible()
  await expect(eye.page.getByText('Typed too late')).toHaveCount(0)
  await forward(maren, 'Next: Decide')
  await expect(eye.board.note('Typed too late')).toBeVisible()
  await expect(ines.left).toHaveCount(0)

  // Words in the composer of a step that is being left would stay behind.
  await expect(tomasz.page.getByText(/^Decide, step 3 of 3/)).toBeVisible()
  await tomasz.board.add('principles', LATE)
  await expect(eye.board.note(LATE)).toBeVisible()
  expect(await eye.page.getByRole('main').textContent()).not.toMatch(/Tomasz|Ines/)
})

test('the big screen shows the silence, the countdown, and then the wall', async ({ server, devices }) => {
  const { maren, tomasz, eye } = await inWrite(server, devices)
  const page = await eye.page.context().newPage()
  await page.goto(`${new URL(eye.page.url()).origin}${new URL(eye.page.url()).pathname}/screen`)
  const screen = new ScreenPage(page)
  await expect(screen.question('principles')).toBeVisible()
  await tomasz.add(DOCS)
  await expect(page.getByText('1 is writing')).toBeVisible()
  await expect(page.getByText(/^One thought per note\. Nobody sees your drafts/)).toBeVisible()
  await expect(page.getByText(DOCS)).toHaveCount(0)
  await forward(maren, 'Share the drafts')
  await expect(page.getByText(/^Sharing (in \d|now)$/)).toBeVisible()
  await expect(screen.note(DOCS)).toBeVisible()
  await expect(page.getByRole('button')).toHaveCount(0)
})
