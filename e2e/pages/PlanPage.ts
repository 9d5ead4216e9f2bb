import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'

/** The plan, and the ways to take it along. */
export class PlanPage {
  readonly page: Page
  readonly heading: Locator
  readonly export: Locator

  constructor(page: Page) {
    this.page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'The plan' })
    this.export = page.getByRole('dialog', { name: 'Export' })
  }

  async openExport(): Promise<void> {
    await this.page.getByRole('button', { name: 'Export', exact: true }).click()
  }

  /** Downloads the Markdown. @returns the file's name and text. */
  async download(): Promise<{ readonly name: string; readonly text: string }> {
    const coming = this.page.waitForEvent('download')
    await this.export.getByRole('button', { name: 'Download Markdown' }).click()
    const download = await coming
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
  }

  /** Copies the Markdown. @returns what the clipboard then holds. */
  async copy(): Promise<string> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await this.export.getByRole('button', { name: 'Copy Markdown' }).click()
    await this.page.getByText('Markdown copied').waitFor()
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  /** The command that the page offers to scripts. */
  command(): Promise<string> {
    return this.export.getByRole('textbox', { name: 'For scripts' }).inputValue()
  }
}
