import type { Locator } from '@playwright/test'
import { named, type WorkshopPage } from './WorkshopPage.ts'

/** What was handed back to a member, over the board: for them alone. */
export class TrayPage {
  readonly board: WorkshopPage
  /** There while something is in it: how many of what, and why. */
  readonly tray: Locator
  readonly pieces: Locator

  constructor(board: WorkshopPage) {
    this.board = board
    this.tray = board.page.getByRole('region', { name: /could not be (added|saved)$/ })
    this.pieces = this.tray.getByRole('article')
  }

  piece(words: string): Locator {
    return this.tray.getByRole('article', { name: named(words) })
  }

  /** What can be done about a piece. */
  way(words: string, way: 'Put back' | 'Ask to add' | 'Copy' | 'Discard'): Locator {
    return this.piece(words).getByRole('button', { name: way, exact: true })
  }

  /** Presses what can be done about a piece. */
  async does(words: string, way: 'Put back' | 'Ask to add' | 'Copy' | 'Discard'): Promise<void> {
    await this.board.press(this.way(words, way))
  }
}
