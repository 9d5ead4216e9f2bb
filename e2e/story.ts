import { test as base } from '@playwright/test'
import { Devices } from './devices.ts'
import { QuintetServer } from './server.ts'

/** Every story has a server of its own, and the devices of those who take part; a script error in any page fails it. */
export const test = base.extend<{ server: QuintetServer; devices: Devices }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  server: async ({}, use) => {
    const server = await QuintetServer.start()
    await use(server)
    await server.close()
  },
  // The server stands above its devices: they close first, and no story ends with a page that tries to come back.
  devices: async ({ browser, server }, use) => {
    const devices = new Devices(browser, server)
    await use(devices)
    await devices.close()
  },
})

export { expect } from '@playwright/test'
