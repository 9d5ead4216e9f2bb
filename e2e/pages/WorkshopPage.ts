import { expect, type Locator, type Page } from '@playwright/test'
import { PHASES, type PhaseId } from '@quintet/shared/phases'

/** How much of a note's words its name surely holds. */
const NAMED = 36

/** The start of a text, as names of notes and of their buttons have it. */
export function named(text: string): string {
  return text.slice(0, NAMED).trim()
}

/** Words as they stand in a pattern. */
export const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The board, on any device: what somebody does and sees in a workshop. */
export class WorkshopPage {
  readonly page: Page
  readonly saved: Locator
  readonly timer: Locator
  readonly #main: Locator
  readonly #touch: boolean

  /** @param touch whether things are tapped instead of clicked. */
  constructor(page: Page, touch = false) {
    this.page = page
    this.#touch = touch
    this.#main = page.getByRole('main')
    this.saved = page.getByRole('banner').getByRole('status')
    this.timer = page.getByRole('timer')
  }

  /** Joins by an invitation, with a name. */
  async join(link: string, name: string): Promise<void> {
    await this.page.goto(link)
    await this.page.getByLabel('Your name').fill(name)
    await this.press(this.page.getByRole('button', { name: 'Join the workshop' }))
  }

  press(control: Locator): Promise<void> {
    return this.#touch ? control.tap() : control.click()
  }

  /** Is there once the phase is on the screen. */
  question(phase: PhaseId): Locator {
    return this.page.getByRole('heading', { level: 1, name: PHASES[phase].question })
  }

  /** A note, and no draft: for a moment after a reveal its author has both on the screen. */
  note(text: string): Locator {
    return this.#main.getByRole('article', { name: new RegExp(`^(?!Draft: ).*${escaped(named(text))}`) })
  }

  /** The words of all notes in reading order, and what else the notes say in sentences. */
  words(): Promise<string[]> {
    return this.#main.getByRole('article').getByRole('paragraph').allTextContents()
  }

  /** What hangs under a note. */
  under(parent: string): Locator {
    return this.#main.getByRole('region', { name: named(parent) }).getByRole('list')
  }

  async add(phase: PhaseId, text: string): Promise<void> {
    const { one } = PHASES[phase]
    await this.#main.getByRole('textbox', { name: `New ${one}` }).fill(text)
    if (this.#touch) await this.#main.getByRole('form').getByRole('button', { name: /^Add/ }).tap()
    else await this.page.keyboard.press('Enter')
  }

  /** Adds a note in the column of another. */
  async addUnder(parent: string, phase: PhaseId, text: string): Promise<void> {
    const { one } = PHASES[phase]
    const column = this.#main.getByRole('region', { name: named(parent) })
    await this.press(column.getByRole('button', { name: new RegExp(`^Add an? ${one}$`) }))
    await column.getByRole('textbox', { name: `New ${one}` }).fill(text)
    await this.press(column.getByRole('form').getByRole('button', { name: /^Add/ }))
  }

  /** Opens a note's words. @returns the field, with the caret at their end. */
  async edit(text: string): Promise<Locator> {
    await this.press(this.note(text).getByText(text))
    const field = this.#main.getByRole('textbox', { name: /^Words of this/ })
    await expect(field).toBeFocused()
    return field
  }

  /** @param note where it is found, if it is no note on the wall. */
  async openMenu(text: string, note: Locator = this.note(text)): Promise<void> {
    const more = note.getByRole('button', { name: /^More for:/ })
    // Its buttons can be pressed under the pointer alone, from which the answer of the server may just move it away.
    if (!this.#touch)
      await expect(async () => {
        await note.hover()
        await more.click({ trial: true, timeout: 1_000 })
      }).toPass({ timeout: 15_000 })
    await this.press(more)
  }

  /** Chooses an entry of a note's menu. @param note where it is found, if it is no note on the wall. */
  async choose(text: string, entry: string, note?: Locator): Promise<void> {
    await this.openMenu(text, note)
    await this.press(this.page.getByRole('menuitem', { name: entry }))
  }

  /** Hangs a note under another by its menu. */
  async hang(text: string, parent: string): Promise<void> {
    await this.choose(text, 'Hang under…')
    await this.page.getByRole('combobox', { name: 'Hang under' }).fill(named(parent))
    await this.press(this.page.getByRole('option', { name: named(parent) }))
  }

  /** Opens the menu at the header's end, or the one of the step. */
  async open(menu: 'More' | 'More for this step'): Promise<Locator> {
    await this.press(this.page.getByRole('button', { name: menu, exact: true }))
    return this.page.getByRole('menu', { name: menu })
  }

  /** Waits until the page lets itself be closed without a question: nothing of one's own would be lost with it. */
  async mayGo(): Promise<void> {
    const asked = () => this.page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })))
    await expect.poll(asked, 'nothing is asked before the page goes').toBe(true)
  }

  /** As a facilitator: takes everyone to the phase after or before this one. */
  async move(way: 'Next' | 'Back', phase: PhaseId): Promise<void> {
    const name = way === 'Next' ? `Next: ${PHASES[phase].name}` : `Back to ${PHASES[phase].name}`
    await this.press(this.page.getByRole('button', { name, exact: true }))
  }

  /** As a facilitator: takes everyone to any phase. */
  async jump(phase: PhaseId): Promise<void> {
    const menu = await this.open('More for this step')
    await this.press(menu.getByRole('menuitemradio', { name: PHASES[phase].name }))
  }

  /** Presses one of the timer's buttons. */
  async time(
    button: 'Start the timer' | 'Pause the timer' | 'Resume the timer' | 'Add one minute' | 'Reset the timer',
  ) {
    await this.press(this.page.getByRole('button', { name: button }))
  }
}
