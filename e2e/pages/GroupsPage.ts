import { expect, type Locator } from '@playwright/test'
import type { WorkshopPage } from './WorkshopPage.ts'

/** The wall with groups, on any device. */
export class GroupsPage {
  readonly board: WorkshopPage
  /** What is said to those who do not see the page. */
  readonly said: Locator
  /** What can be done with the notes that are selected. */
  readonly selection: Locator
  /** Where a note is dropped that leaves its group, while all stand in groups. */
  readonly takeOut: Locator
  readonly #main: Locator

  constructor(board: WorkshopPage) {
    this.board = board
    this.#main = board.page.getByRole('main')
    this.said = board.page.getByRole('log', { name: 'Announcements' })
    this.selection = board.page.getByRole('toolbar', { name: 'Selected notes' })
    this.takeOut = this.#main.getByText('Take out of its group')
  }

  /** A group with all that stands in it. */
  card(name: string): Locator {
    return this.#main.getByRole('region', { name: new RegExp(`^${name}, \\d+ notes?$`) })
  }

  /** What is focused, dragged and named of a group. */
  head(name: string): Locator {
    return this.#main.getByRole('group', { name: `Group: ${name}` })
  }

  /** The names of all groups, in order. */
  async names(): Promise<string[]> {
    // In one go: a group can go while one reads another's name.
    const labels = await this.#main
      .getByRole('group', { name: /^Group: / })
      .evaluateAll((groups) => groups.map((each) => each.getAttribute('aria-label') ?? ''))
    return labels.map((label) => label.slice('Group: '.length))
  }

  /** The words of the notes in a group, in order. */
  notesIn(name: string): Promise<string[]> {
    return this.card(name).getByRole('article').getByRole('paragraph').allTextContents()
  }

  /** The words of the notes that stand in no group. */
  async loose(): Promise<string[]> {
    const all = await this.board.words()
    const grouped = await this.#main
      .getByRole('region', { name: /, \d+ notes?$/ })
      .getByRole('paragraph')
      .allTextContents()
    return all.filter((text) => !grouped.includes(text))
  }

  /** Names the only group that has no name yet. */
  async name(name: string): Promise<void> {
    await this.board.press(this.#main.getByText('Name this group', { exact: true }))
    await this.#main.getByRole('textbox', { name: 'Name of this group' }).fill(name)
    await this.board.page.keyboard.press('Enter')
  }

  /** Types into an open list, and takes what it then offers first. */
  async pick(list: 'Group with' | 'Merge into', words: string): Promise<void> {
    const { page } = this.board
    await page.getByRole('combobox', { name: list }).fill(words)
    await page.keyboard.press('Enter')
  }

  /** Chooses an entry of a group's menu. */
  async chooseForGroup(name: string, entry: string): Promise<void> {
    await this.board.press(this.head(name).getByRole('button', { name: /^More for the group/ }))
    await this.board.press(this.board.page.getByRole('menuitem', { name: entry }))
  }

  /** Picks a note up with the mouse. */
  async lift(text: string): Promise<void> {
    const note = this.board.note(text)
    await note.hover()
    await expect(note.getByRole('button', { name: /^Move note:/ })).toBeVisible()
    await this.#press()
  }

  async #press(): Promise<void> {
    const { mouse } = this.board.page
    await mouse.down()
    // Far enough to be no click.
    const box = await this.#main.boundingBox()
    await mouse.move((box?.x ?? 0) + 5, (box?.y ?? 0) + 5, { steps: 4 })
    await expect(this.board.page.locator('[data-drag="left"]').first()).toBeAttached()
  }

  /** Moves what was picked up onto something, and lets go once it is said what that does. */
  async dropOn(target: Locator, announced: string | RegExp): Promise<void> {
    const { mouse } = this.board.page
    // What a drag opens on the wall may still move the target.
    await expect(async () => {
      const { x, y } = await centre(target)
      await mouse.move(x, y, { steps: 8 })
      await expect(this.said).toHaveText(announced, { timeout: 1_000 })
    }).toPass({ timeout: 15_000 })
    await mouse.up()
  }

  /** Drags a note onto something with the mouse. @param announced what is said over it. */
  async drag(text: string, onto: Locator, announced: string): Promise<void> {
    await this.lift(text)
    await this.dropOn(onto, announced)
  }

  /** Drags a group onto another with the mouse. @param announced what is said over it. */
  async dragGroup(name: string, onto: Locator, announced: string): Promise<void> {
    const head = this.head(name)
    await head.hover({ position: { x: 6, y: 6 } })
    await expect(head.getByRole('button', { name: /^Move group:/ })).toBeVisible()
    await this.#press()
    await this.dropOn(onto, announced)
  }
}

async function centre(target: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await target.boundingBox()
  if (!box) throw new Error('It is not on the screen.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
