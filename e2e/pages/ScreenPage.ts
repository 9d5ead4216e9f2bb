import type { Locator, Page } from '@playwright/test'
import { PHASES, type PhaseId } from '@quintet/shared/phases'

/** The big screen on the projector. */
export class ScreenPage {
  readonly code: Locator
  readonly timer: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.code = page.getByRole('img', { name: 'QR code of the join link' })
    this.timer = page.getByRole('timer')
  }

  question(phase: PhaseId): Locator {
    return this.#page.getByRole('heading', { level: 1, name: PHASES[phase].question })
  }

  note(text: string): Locator {
    return this.#page.getByRole('main').getByRole('listitem').filter({ hasText: text })
  }
}
