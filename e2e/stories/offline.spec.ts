import type { Page } from '@playwright/test'
import type { Devices } from '../devices.ts'
import { twoPeople } from '../scene.ts'
import type { QuintetServer } from '../server.ts'
import { expect, test } from '../story.ts'

const DOCS = 'Docs before tickets'
const RUN = 'We run what we recommend'
/** How long a page may take to notice that the network is gone or back, ms. */
const NOTICED = { timeout: 30_000 }

/** Maren and Tomasz with a note that both can write in, everything saved. */
async function twoWhoWrite(server: QuintetServer, devices: Devices) {
  const { maren, tomasz } = await twoPeople(server, devices)
  await maren.add('principles', DOCS)
  await expect(tomasz.note(DOCS)).toBeVisible()
  await expect(maren.saved).toHaveText('Saved')
  return { maren, tomasz }
}

test('a member whose network goes writes on, and what both wrote merges on return', async ({ server, devices }) => {
  const { maren, tomasz } = await twoWhoWrite(server, devices)
  const network = tomasz.page.context()

  await network.setOffline(true)
  await expect(tomasz.saved).toHaveText('Offline', NOTICED)
  await expect(tomasz.page.getByText('You are offline. Keep going.')).toBeVisible()
  await expect(tomasz.page.getByText(/What you write now is kept (in this tab|on this device)/)).toBeVisible()
  await tomasz.add('principles', RUN)
  await expect(tomasz.saved).toHaveText('Offline, 1 edit waits')
  await tomasz.edit(DOCS)
  await tomasz.page.keyboard.type(', always')
  await tomasz.page.keyboard.press('Enter')
  await expect(tomasz.saved).toHaveText('Offline, 2 edits wait')
  await expect(tomasz.page.getByText(/Your 2 edits are kept (in this tab|on this device)/)).toBeVisible()

  await maren.edit(DOCS)
  await maren.page.keyboard.press('Control+Home')
  await maren.page.keyboard.type('First: ')
  await maren.page.keyboard.press('Enter')
  await expect(maren.saved).toHaveText('Saved')
  await expect.poll(() => maren.words()).toEqual([`First: ${DOCS}`])

  await network.setOffline(false)
  await expect(tomasz.saved).toHaveText('Back, 2 edits merged', NOTICED)
  await expect(tomasz.page.getByText('You are offline. Keep going.')).toBeHidden()
  for (const { words } of [maren, tomasz].map((board) => ({ words: () => board.words() })))
    await expect.poll(words).toEqual([`First: ${DOCS}, always`, RUN])
  await expect(tomasz.saved).toHaveText('Saved')
})

test('while the server is away, buttons that move everyone say why they wait', async ({ server, devices }) => {
  const { maren, tomasz } = await twoWhoWrite(server, devices)
  const why = 'You are offline. This moves everyone, so it waits until you are back.'
  await server.kill()
  await expect(maren.saved).toHaveText('Offline', NOTICED)
  for (const name of ['Next: Ideal state', 'Start the timer', 'Add one minute', 'Reset the timer']) {
    const button = maren.page.getByRole('button', { name })
    await expect(button).toBeDisabled()
    await expect(button).toHaveAttribute('title', why)
  }
  // It is not `disabled`, so that a click can tell why.
  await maren.page.getByRole('button', { name: 'Next: Ideal state' }).click({ force: true })
  await expect(maren.page.getByRole('status').filter({ hasText: why })).toBeVisible()

  await server.run()
  await expect(maren.page.getByRole('button', { name: 'Next: Ideal state' })).toBeEnabled(NOTICED)
  await maren.move('Next', 'ideal')
  await expect(tomasz.question('ideal')).toBeVisible(NOTICED)
})

/** How many connections a facilitator's page has: one for each document. */
const CONNECTIONS = 4

/** Leaves a page without a server alone until it will not try again by itself for a long time. */
async function letTriesRest(page: Page): Promise<void> {
  const failed = new Set<string>()
  page.on('console', (message) => {
    const [, document] = /\/sync\/[^/]+\/(\w+)\?.* failed: /.exec(message.text()) ?? []
    if (document) failed.add(document)
  })
  await page.evaluate(() => {
    const set = globalThis.setTimeout
    Object.defineProperty(globalThis, 'setTimeout', { value: (run: () => void, ms = 0) => set(run, 1_000 * ms) })
  })
  // The tries that were planned before have yet to fail.
  failed.clear()
  await expect.poll(() => failed.size, NOTICED).toBe(CONNECTIONS)
}

test('“Try now” brings somebody back at once', async ({ server, devices }) => {
  const { maren } = await twoWhoWrite(server, devices)
  await server.kill()
  await expect(maren.saved).toHaveText('Offline', NOTICED)
  await letTriesRest(maren.page)
  await server.run()
  await maren.page.getByRole('button', { name: 'Try now' }).click()
  await expect(maren.saved).toHaveText(/^(Back|Saved)/)
})

test('closing a tab with edits that are neither saved nor on the device warns first', async ({ server, devices }) => {
  const { maren, tomasz } = await twoWhoWrite(server, devices)
  // A private window of some browsers keeps nothing.
  await tomasz.page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }))
  await tomasz.page.reload()
  await expect(tomasz.note(DOCS)).toBeVisible()
  const warnings: string[] = []
  for (const { page } of [maren, tomasz])
    page.on('dialog', (dialog) => {
      warnings.push(dialog.type())
      void dialog.accept()
    })
  await server.kill()
  await expect(tomasz.saved).toHaveText('Offline', NOTICED)
  await tomasz.add('principles', RUN)
  await expect(tomasz.saved).toHaveText('Offline, 1 edit waits')

  for (const { page } of [maren, tomasz]) {
    const closed = page.waitForEvent('close')
    await page.close({ runBeforeUnload: true })
    await closed
  }
  // Maren had nothing to lose, and was not asked.
  expect(warnings).toEqual(['beforeunload'])
})
