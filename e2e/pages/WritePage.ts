import { expect, type Locator, type Page } from '@playwright/test'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { named, type WorkshopPage } from './WorkshopPage.ts'

/** The board while people write for themselves, and what a reveal leaves with them. */
export class WritePage {
  readonly board: WorkshopPage
  readonly page: Page
  readonly #main: Locator
  readonly #phase: PhaseId

  constructor(board: WorkshopPage, phase: PhaseId = 'principles') {
    this.board = board
    this.page = board.page
    this.#main = this.page.getByRole('main')
    this.#phase = phase
  }

  get composer(): Locator {
    return this.#main.getByRole('textbox', { name: `New ${PHASES[this.#phase].one}` })
  }

  /** One's own drafts in their order, in words. */
  get drafts(): Locator {
    return this.#main.getByRole('region', { name: /^Your drafts/ }).getByRole('article')
  }

  draft(text: string): Locator {
    return this.#main.getByRole('article', { name: `Draft: ${named(text)}` })
  }

  /** What stands in the composer's field goes on; nothing is added. */
  async type(words: string): Promise<void> {
    await this.board.press(this.composer)
    // A tap is over before what it does is done.
    await expect(this.composer).toBeFocused()
    await this.page.keyboard.type(words)
  }

  /** Writes a draft and adds it. */
  add(text: string): Promise<void> {
    return this.board.add(this.#phase, text)
  }

  /** How many write and are done, in the bar or where an observer reads it. */
  progress(words: string | RegExp): Locator {
    return this.page.getByText(words)
  }

  get countdown(): Locator {
    return this.page.getByText(/^Sharing (in \d|now)$/)
  }

  /** Resolves in the frame in which a countdown shows, if it is called before: three seconds are left to do something. */
  async countdownShows(): Promise<void> {
    await this.page.waitForFunction(() => /Sharing (in \d|now)/.test(document.body.textContent ?? ''))
  }

  get stop(): Locator {
    return this.page.getByRole('alertdialog').getByRole('button', { name: 'Stop' })
  }

  get done(): Locator {
    return this.page.getByRole('button', { name: 'I’m done' })
  }

  /** What a reveal left, and is still one's own. */
  get left(): Locator {
    return this.#main.getByRole('region', { name: 'Still yours alone' })
  }

  share(text: string): Promise<void> {
    return this.board.press(this.draft(text).getByRole('button', { name: 'Share it too' }))
  }
}
