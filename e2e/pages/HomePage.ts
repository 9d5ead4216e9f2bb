import type { Page } from '@playwright/test'

/** The home page, before anything is created. */
export class HomePage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /**
   * Creates a workshop as a person does: types a title and a name, and clicks.
   * @param runs how its phases run: in the rhythm of steps, as the form has it, or chosen by key as one open step each.
   */
  async create(title: string, name: string, runs: 'rhythm' | 'open' = 'rhythm'): Promise<void> {
    await this.page.getByLabel('What is it called?').click()
    await this.page.keyboard.type(title)
    await this.page.keyboard.press('Tab')
    await this.page.keyboard.type(name)
    if (runs === 'open') {
      await this.page.keyboard.press('Tab')
      await this.page.keyboard.press('ArrowDown')
    }
    await this.page.getByRole('button', { name: 'Create workshop' }).click()
  }

  /** Opens the workshop that is filled already. */
  async tryExample(): Promise<void> {
    await this.page.getByRole('button', { name: 'Try the example' }).click()
  }

  /** Counts clicks from now on. @returns how to read the count. */
  async countClicks(): Promise<() => Promise<number>> {
    const clicks = await this.page.evaluateHandle(() => {
      const seen = { count: 0 }
      document.addEventListener('click', () => seen.count++, true)
      return seen
    })
    return () => clicks.evaluate(({ count }) => count)
  }
}
