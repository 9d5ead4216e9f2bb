import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { twoPeople } from '../scene.ts'
import { expect, test } from '../story.ts'

const DOCS = 'Docs before tickets'
const RUN = 'We run what we recommend'
const ASK = 'We ask before we build'
const BUILT = fileURLToPath(new URL('../../client/dist', import.meta.url))
/** How long a page may take to notice that the network is gone or back, ms. */
const NOTICED = { timeout: 30_000 }

/**
 * Stands where the server stood with nothing but the files of the app, as a browser that has them does: there is nobody
 * to ask and nobody to connect to.
 */
async function serveFilesAlone(port: number): Promise<() => Promise<void>> {
  const files = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://here')
    if (pathname.startsWith('/api/')) return response.destroy()
    const file = await readFile(`${BUILT}${pathname}`).catch(() => readFile(`${BUILT}/index.html`))
    const kind = KINDS.find(([ending]) => pathname.endsWith(ending))
    response.setHeader('content-type', kind?.[1] ?? 'text/html')
    return response.end(file)
  })
  files.on('upgrade', (_request, socket) => socket.destroy())
  files.listen(port)
  await once(files, 'listening')
  return async () => {
    files.closeAllConnections()
    files.close()
    await once(files, 'close')
  }
}

const KINDS = [
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.svg', 'image/svg+xml'],
] as const

/** How many databases the device has. */
const databases = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).length)

test('what was written without a network outlives its tab, and merges when both are back', async ({
  server,
  devices,
}) => {
  // Two tabs, a server that goes and comes, and waits that browsers choose between their tries.
  test.slow()
  const { maren, tomasz } = await twoPeople(server, devices)
  await tomasz.add('principles', DOCS)
  await expect(maren.note(DOCS)).toBeVisible()
  await tomasz.mayGo()
  await expect.poll(() => databases(tomasz.page), NOTICED).toBe(3)
  const address = tomasz.page.url()

  await server.kill()
  await expect(tomasz.saved).toHaveText('Offline', NOTICED)
  await expect(tomasz.page.getByText('What you write now is kept on this device')).toBeVisible()
  await tomasz.add('principles', RUN)
  await expect(tomasz.note(RUN).getByText('Waits for the network')).toBeVisible()
  await expect(tomasz.note(DOCS).getByText('Waits for the network')).toBeHidden()
  await tomasz.edit(DOCS)
  await tomasz.page.keyboard.type(', always')
  await tomasz.page.keyboard.press('Enter')
  await expect(tomasz.saved).toHaveText('Offline, 2 edits wait')

  // Once all of it is on the device nobody is asked before the tab goes.
  await tomasz.mayGo()
  const closed = tomasz.page.waitForEvent('close')
  const asked = tomasz.page.waitForEvent('dialog').then(
    () => 'asked',
    () => 'not asked',
  )
  await tomasz.page.close({ runBeforeUnload: true })
  await closed
  expect(await asked).toBe('not asked')

  const endFiles = await serveFilesAlone(server.port)
  const again = new WorkshopPage(await tomasz.page.context().newPage())
  await again.page.goto(address)
  await expect.poll(() => again.words(), NOTICED).toEqual([`${DOCS}, always`, RUN])
  await expect(again.saved).toHaveText('Offline, 2 edits wait', NOTICED)
  await expect(again.note(RUN).getByText('Waits for the network')).toBeVisible()
  await again.add('principles', ASK)

  await endFiles()
  await server.run()
  await expect(again.saved).toHaveText(/^(Back|Saved)/, NOTICED)
  await expect.poll(() => maren.words(), NOTICED).toEqual([`${DOCS}, always`, RUN, ASK])
  await expect(again.page.getByText('Waits for the network')).toHaveCount(0)

  const menu = await again.open('More')
  await again.press(menu.getByRole('menuitem', { name: 'Leave, and clear this device' }))
  const dialog = again.page.getByRole('dialog', { name: 'Leave, and clear this device?' })
  await expect(dialog.getByText('Everything that you wrote is saved on the server.')).toBeVisible()
  await again.press(dialog.getByRole('button', { name: 'Leave, and clear' }))
  await expect(again.page).toHaveURL(/\/$/)
  await expect.poll(() => databases(again.page)).toBe(0)
  const [workshop = ''] = new URL(address).pathname.split('/').slice(2)
  const kept = await again.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  expect(kept).not.toContain(workshop)

  // Whoever uses this browser next is nobody here.
  await again.page.goto(address)
  await expect(again.page.getByRole('heading', { name: 'Open your link once more' })).toBeVisible()
})
