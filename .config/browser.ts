import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The browser for the stories: CHROMIUM_PATH, or one that this system has, or null for Playwright's own.
 * Throws when CHROMIUM_PATH names nothing, because another browser than the one asked for would prove nothing.
 */
export function findBrowser(): string | null {
  const asked = process.env.CHROMIUM_PATH
  if (asked && !existsSync(asked))
    throw new Error(`CHROMIUM_PATH is ${asked}, and nothing is there. Correct or unset it.`)
  return asked || (KNOWN.find((path) => existsSync(path)) ?? null)
}

/** Makes sure that there is a browser: Debian's package where we may install it, else Playwright's own. Throws when there is none. */
export function bringBrowser(): void {
  if (findBrowser()) return
  if (isDebian() && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args: string[]) =>
      spawnSync('apt-get', args, { env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
    if (apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium') && findBrowser()) return
  }
  const own = ['--filter', '@quintet/e2e', 'exec', 'playwright', 'install', 'chromium']
  if (spawnSync('pnpm', own, { stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0)
    throw new Error(
      'No browser was found or could be installed. Install Chromium, or set CHROMIUM_PATH, then try again.',
    )
}

/** Debian itself: Ubuntu's package of that name is a stub that wants snapd. */
function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}
