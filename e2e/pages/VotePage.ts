import type { Locator, Page } from '@playwright/test'
import { escaped, named } from './WorkshopPage.ts'

/** A vote and what comes of it, on any device: one's own dots, the totals, and what is kept. */
export class VotePage {
  readonly page: Page
  readonly #main: Locator
  readonly #touch: boolean

  /** @param touch whether things are tapped instead of clicked. */
  constructor(page: Page, touch = false) {
    this.page = page
    this.#touch = touch
    this.#main = page.getByRole('main')
  }

  press(control: Locator): Promise<void> {
    return this.#touch ? control.tap() : control.click()
  }

  plus(words: string): Locator {
    return this.#main.getByRole('button', { name: `Place a dot on: ${named(words)}` })
  }

  minus(words: string): Locator {
    return this.#main.getByRole('button', { name: `Take a dot back from: ${named(words)}` })
  }

  /** Is there while one's own dots on something are so many. */
  dots(words: string, count: number): Locator {
    return this.#main.getByRole('group', { name: new RegExp(`^Your dots on ${escaped(named(words))}.*: ${count}$`) })
  }

  /** Any control of one's own dots. */
  get ballot(): Locator {
    return this.#main.getByRole('group', { name: /^Your dots on/ })
  }

  /** Is there while so many of one's own dots are left. */
  left(count: number, budget: number): Locator {
    return this.#main.getByText(new RegExp(`^${count} of (your )?${budget} dots left$`))
  }

  async place(words: string, times = 1): Promise<void> {
    for (let dot = 0; dot < times; dot++) await this.press(this.plus(words))
  }

  /** A note or group with what stands beside it. */
  block(words: string): Locator {
    return this.#main.getByRole('listitem').filter({ hasText: words })
  }

  keep(words: string): Locator {
    return this.#main.getByRole('button', { name: `Keep: ${named(words)}` })
  }

  kept(words: string): Locator {
    return this.#main.getByRole('button', { name: `Kept: ${named(words)}` })
  }
}
