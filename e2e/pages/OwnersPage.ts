import { expect, type Locator, type Page } from '@playwright/test'
import { named } from './WorkshopPage.ts'

/** The phase of owners: a row for each action, or a card on a phone. */
export class OwnersPage {
  readonly #page: Page
  readonly #touch: boolean

  constructor(page: Page, touch = false) {
    this.#page = page
    this.#touch = touch
  }

  action(text: string): Locator {
    const main = this.#page.getByRole('main')
    return this.#touch
      ? main.getByRole('article', { name: named(text) })
      : main.getByRole('row').filter({ has: this.#page.getByRole('rowheader', { name: named(text) }) })
  }

  async claim(action: string): Promise<void> {
    await this.#press(this.action(action).getByRole('button', { name: /^Claim:/ }))
  }

  /** Assigns an action to somebody of the workshop. */
  async assign(action: string, name: string): Promise<void> {
    await this.#press(this.action(action).getByRole('button', { name: /^Assign:/ }))
    await this.#press(this.#page.getByRole('option', { name }))
  }

  /** Assigns an action to somebody who is not in the workshop. */
  async assignAbsent(action: string, name: string): Promise<void> {
    await this.#press(this.action(action).getByRole('button', { name: /^Assign:/ }))
    await this.#press(this.#page.getByRole('option', { name: 'Someone not here' }))
    await this.#page.getByRole('combobox', { name: 'Their name' }).fill(name)
    await this.#page.keyboard.press('Enter')
  }

  /** @param day `YYYY-MM-DD`. */
  async setDue(action: string, day: string): Promise<void> {
    await this.#press(this.action(action).getByRole('button', { name: /due date/ }))
    await this.action(action)
      .getByLabel(/^Due date of:/)
      .fill(day)
    // Enter would go to the browser's calendar, which has opened beside the field.
    await this.#press(this.#page.getByRole('heading', { level: 1 }))
  }

  async write(action: string, field: 'First step' | 'Measure of success', text: string): Promise<void> {
    const row = this.action(action)
    await this.#press(row.getByRole('button', { name: `Add: ${field.toLowerCase()}` }))
    const input = row.getByRole('textbox', { name: field })
    await expect(input).toBeFocused()
    await this.#page.keyboard.type(text)
    await this.#page.keyboard.press('Enter')
  }

  #press(control: Locator): Promise<void> {
    return this.#touch ? control.tap() : control.click()
  }
}
