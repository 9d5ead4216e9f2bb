import type { Locator, Page } from '@playwright/test'

/** The dialog with the ways into a workshop. */
export class InviteDialog {
  readonly dialog: Locator
  readonly code: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.dialog = page.getByRole('dialog', { name: /^(Invite people|The workshop is ready)$/ })
    this.code = this.dialog.getByRole('img', { name: 'QR code of the join link' })
  }

  /** Opens it from the board's header. */
  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Invite', exact: true }).click()
  }

  /** The facilitator's own link, shown once after it was made. */
  ownLink(): Promise<string> {
    return this.dialog.getByRole('textbox', { name: 'Facilitator link', exact: true }).inputValue()
  }

  joinLink(): Promise<string> {
    return this.dialog.getByRole('textbox', { name: 'Join link', exact: true }).inputValue()
  }

  observerLink(): Promise<string> {
    return this.dialog.getByRole('textbox', { name: 'Observer link', exact: true }).inputValue()
  }

  /** Replaces an invitation by a new one. */
  async replace(which: 'join link' | 'observer link'): Promise<void> {
    await this.dialog.getByRole('button', { name: `Replace the ${which}…` }).click()
    await this.dialog.getByRole('button', { name: `Replace ${which}` }).click()
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close', exact: true }).click()
  }
}
