import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import type { QuintetServer } from './server.ts'

const DESKTOP = { viewport: { width: 1440, height: 900 } } as const
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const
const TABLET = { viewport: { width: 1024, height: 768 }, hasTouch: true } as const

/** The devices of a story: each is a browser of its own, with its own cookies and storage. */
export class Devices {
  readonly #browser: Browser
  readonly #server: QuintetServer
  readonly #failures: string[] = []
  readonly #opened: Page[] = []

  constructor(browser: Browser, server: QuintetServer) {
    this.#browser = browser
    this.#server = server
  }

  /** A computer with a mouse. */
  desktop(options: BrowserContextOptions = {}): Promise<Page> {
    return this.#open({ ...DESKTOP, ...options })
  }

  /** A phone: 390 px wide, and touched. */
  phone(options: BrowserContextOptions = {}): Promise<Page> {
    return this.#open({ ...PHONE, ...options })
  }

  /** A tablet: touched, and wide enough to drag on. */
  tablet(options: BrowserContextOptions = {}): Promise<Page> {
    return this.#open({ ...TABLET, ...options })
  }

  /** A link as it reads at the address by which phones reach the server. */
  overNetwork(link: string): string {
    const { pathname, hash } = new URL(link)
    return `${this.#server.network}${pathname}${hash}`
  }

  /** Closes all devices. @throws if a script failed on one of them. */
  async close(): Promise<void> {
    await Promise.all(this.#opened.map((page) => page.context().close({ reason: 'The story is over.' })))
    if (this.#failures.length > 0) throw new Error(`Scripts failed:\n${this.#failures.join('\n')}`)
  }

  async #open(options: BrowserContextOptions): Promise<Page> {
    const context = await this.#browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options })
    context.on('weberror', (error) => this.#failures.push(error.error().stack ?? String(error.error())))
    const page = await context.newPage()
    this.#opened.push(page)
    return page
  }
}

/** Sets a device's clock wrong, for pages that it opens from now on. @param by ms; positive is fast. */
export async function setClockWrong(page: Page, by: number): Promise<void> {
  await page.context().addInitScript((ms) => {
    const Right = Date
    class Wrong extends Right {
      constructor(...values: unknown[]) {
        super(...((values.length === 0 ? [Right.now() + ms] : values) as [number]))
      }
      static override now(): number {
        return Right.now() + ms
      }
    }
    Object.defineProperty(globalThis, 'Date', { value: Wrong })
    Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + ms })
  }, by)
}
