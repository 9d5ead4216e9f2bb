import type { CDPSession, Page } from '@playwright/test'

interface Point {
  readonly x: number
  readonly y: number
}

/** One finger on a touch screen, that can rest and slide: a tap is all that a page object has otherwise. */
export class Finger {
  readonly #wire: CDPSession

  private constructor(wire: CDPSession) {
    this.#wire = wire
  }

  static async of(page: Page): Promise<Finger> {
    return new Finger(await page.context().newCDPSession(page))
  }

  async down(at: Point): Promise<void> {
    await this.#wire.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
  }

  async move(to: Point): Promise<void> {
    await this.#wire.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [to] })
  }

  async up(): Promise<void> {
    await this.#wire.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
}
