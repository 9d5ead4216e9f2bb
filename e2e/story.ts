import { test as base } from '@playwright/test'
import { QuintetServer } from './server.ts'

/** Every story has a server of its own. */
export const test = base.extend<{ server: QuintetServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  server: async ({}, use) => {
    const server = await QuintetServer.start()
    await use(server)
    await server.close()
  },
})

export { expect } from '@playwright/test'
