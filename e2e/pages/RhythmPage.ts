import { expect, type Locator } from '@playwright/test'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { named, type WorkshopPage } from './WorkshopPage.ts'

/** The steps of a phase on any device: drafts, what became of them, groups, and the facilitator's main button. */
export class RhythmPage {
  readonly board: WorkshopPage
  readonly #main: Locator

  constructor(board: WorkshopPage) {
    this.board = board
    this.#main = board.page.getByRole('main')
  }

  /** Is there while a phase is in a step. */
  step(phase: PhaseId, step: string): Locator {
    return this.#main.getByText(new RegExp(`^${PHASES[phase].name} ${step}\\b`))
  }

  draft(words: string): Locator {
    return this.#main.getByRole('article', { name: `Draft: ${named(words)}` })
  }

  /** Writes drafts, one after the other. */
  async write(phase: PhaseId, drafts: readonly string[]): Promise<void> {
    for (const words of drafts) {
      await this.board.add(phase, words)
      await expect(this.draft(words)).toBeVisible()
    }
  }

  /** Chooses what the next draft hangs under. */
  async under(parent: string): Promise<void> {
    const { board } = this
    await board.press(this.#main.getByRole('button', { name: /^Hangs under:/ }))
    await board.page.getByRole('combobox', { name: 'Hang under' }).fill(named(parent))
    await board.press(board.page.getByRole('option', { name: named(parent) }))
  }

  /** The facilitator's main button, by what it says that it does. */
  forward(name: string): Promise<void> {
    const bar = this.board.page.getByRole('region', { name: 'This step' })
    return this.board.press(bar.getByRole('button', { name, exact: true }))
  }

  /** Names the only group that has no name yet. */
  async nameGroup(name: string): Promise<void> {
    await this.board.press(this.#main.getByText('Name this group', { exact: true }))
    await this.#main.getByRole('textbox', { name: 'Name of this group' }).fill(name)
    await this.board.page.keyboard.press('Enter')
  }

  /** Moves a note to the front of the wall, on which a reveal put it anywhere. */
  async putFirst(words: string): Promise<void> {
    const notes = this.#main.getByRole('article')
    const place = async () => {
      const names = await notes.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''))
      return names.findIndex((name) => name.includes(named(words)))
    }
    for (let at = await place(); at > 0; at--) {
      await this.board.choose(words, 'Move earlier')
      await expect.poll(place).toBe(at - 1)
    }
  }
}
