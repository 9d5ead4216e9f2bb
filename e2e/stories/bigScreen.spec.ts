import { showSameSecond } from '../clocks.ts'
import { ScreenPage } from '../pages/ScreenPage.ts'
import { createWorkshop } from '../scene.ts'
import { expect, test } from '../story.ts'

const DOCS = 'Docs before tickets'

test('the big screen follows the workshop and shows the way in', async ({ server, devices }) => {
  const { maren } = await createWorkshop(server, devices)
  const opening = maren.page.context().waitForEvent('page')
  await maren.press((await maren.open('More')).getByRole('menuitem', { name: 'Big screen, in a new tab' }))
  const page = await opening
  const screen = new ScreenPage(page)
  await expect(screen.code).toBeVisible()
  await expect(screen.question('principles')).toBeVisible()

  await maren.add('principles', DOCS)
  await expect(screen.note(DOCS)).toBeVisible()
  await maren.time('Start the timer')
  await showSameSecond([{ timer: maren.timer }, { timer: screen.timer }])
  await maren.time('Pause the timer')
  // Until the server has paused it, the digits go on.
  await expect(maren.timer.locator('..')).toContainText('Paused by Maren')
  await expect(screen.timer).toHaveText((await maren.timer.textContent()) ?? '')
  await maren.move('Next', 'ideal')
  await expect(screen.question('ideal')).toBeVisible()
  await expect(screen.note(DOCS)).toBeHidden()
  // It watches: its tab, which a facilitator opened, has nothing to press or to write in.
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await expect(page.getByRole('button')).toHaveCount(0)
})
