import type { Locator } from '@playwright/test'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import type { WorkshopPage } from './WorkshopPage.ts'

/** What only a facilitator has: locks, requests to add, and what was removed or hidden. */
export class DeskPage {
  readonly board: WorkshopPage
  /** How many ask to add something. */
  readonly requests: Locator
  readonly removed: Locator

  constructor(board: WorkshopPage) {
    this.board = board
    this.requests = board.page.getByRole('button', { name: /^Requests to add/ })
    this.removed = board.page.getByRole('dialog', { name: 'Removed notes' })
  }

  /** Locks or unlocks a phase from the menu of the step. */
  async turn(way: 'Lock' | 'Unlock', phase: PhaseId): Promise<void> {
    const menu = await this.board.open('More for this step')
    await this.board.press(menu.getByRole('menuitem', { name: `${way} ${PHASES[phase].name}` }))
  }

  /** Who asks for these words, once the list is open. */
  request(words: string): Locator {
    return this.board.page
      .getByRole('dialog', { name: 'Requests to add' })
      .getByRole('listitem')
      .filter({ hasText: words })
  }

  async answer(words: string, way: 'Accept' | 'Decline'): Promise<void> {
    await this.board.press(this.request(words).getByRole('button', { name: way }))
  }

  /** Opens the list of what was removed or hidden. */
  async openRemoved(): Promise<void> {
    const menu = await this.board.open('More for this step')
    await this.board.press(menu.getByRole('menuitem', { name: 'Removed notes' }))
  }

  async bringBack(words: string): Promise<void> {
    const row = this.removed.getByRole('listitem').filter({ hasText: words })
    await this.board.press(row.getByRole('button', { name: 'Bring back' }))
  }
}
