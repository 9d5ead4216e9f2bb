import { defineConfig, devices } from '@playwright/test'
import { findBrowser } from '../.config/browser.ts'

const browser = findBrowser()
const launchOptions = {
  args: [
    // A name that is no loopback one, for what a phone in a meeting room's network meets: a page without a secure context.
    '--host-resolver-rules=MAP quintet.test 127.0.0.1',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Chromium refuses to run as root inside its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
  ...(browser ? { executablePath: browser } : {}),
}

/** Each story starts the servers that it needs: there is none for all. */
export default defineConfig({
  testDir: 'stories',
  outputDir: 'test-results',
  fullyParallel: true,
  // A story drives several browsers, and waits for them most of the time: two at once keep two cores at work.
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../.config/reports/stories.json' }]],
  use: { actionTimeout: 15_000, trace: 'retain-on-failure', screenshot: 'only-on-failure', video: 'off' },
  projects: [{ name: 'desktop', use: { ...devices['Desktop Chrome'], launchOptions } }],
})
