import { expect, type Locator, type Page } from '@playwright/test'

/** So many presses of Tab lead to anything on a screen of a story; what needs more cannot be reached. */
const MOST = 80

/** A page that is used by keys alone. A pointer that touches it all the same fails the story. */
export class KeyboardPage {
  readonly page: Page

  private constructor(page: Page) {
    this.page = page
  }

  /** Takes the mouse away, for pages opened from now on. */
  static async of(page: Page): Promise<KeyboardPage> {
    await page.context().addInitScript(() =>
      addEventListener('pointerdown', () => {
        throw new Error('A pointer was used where there are keys alone.')
      }),
    )
    return new KeyboardPage(page)
  }

  /** Goes to something by Tab, or by Shift and Tab where it stands before. @throws if it is not reached, or not in sight then. */
  async tabTo(target: Locator): Promise<void> {
    const { keyboard } = this.page
    await expect(target).toBeVisible()
    const key = (await target.evaluate(standsBeforeFocus)) ? 'Shift+Tab' : 'Tab'
    for (let presses = 0; !(await target.evaluate(isFocused)); presses++) {
      if (presses === MOST) throw new Error(`${MOST} times ${key} did not lead to ${target}.`)
      await keyboard.press(key)
    }
    await this.stands(target)
  }

  /** Goes on by arrow keys, as between notes and in lists. @throws if so many do not lead there. */
  async arrowTo(target: Locator, arrow: 'ArrowDown' | 'ArrowUp' | 'ArrowLeft' | 'ArrowRight'): Promise<void> {
    for (let presses = 0; !(await target.evaluate(isFocused)); presses++) {
      if (presses === MOST) throw new Error(`${MOST} times ${arrow} did not lead to ${target}.`)
      await this.page.keyboard.press(arrow)
    }
    await this.stands(target)
  }

  /** Goes to a button and presses it. */
  async press(target: Locator): Promise<void> {
    await this.tabTo(target)
    await this.keys('Enter')
  }

  /** Presses keys one after the other, on what has the focus. */
  async keys(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** Types into what has the focus. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  /** Goes to a field, types, and ends with Enter. */
  async write(field: Locator, text: string): Promise<void> {
    await this.tabTo(field)
    await this.type(text)
    await this.keys('Enter')
  }

  /** Picks from the list that has just opened: types until one option is meant, and takes it. */
  async pick(typed: string, option: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('combobox')).toBeFocused()
    await this.type(typed)
    await expect(this.page.getByRole('option', { name: option })).toHaveAttribute('aria-selected', 'true')
    await this.keys('Enter')
    await expect(this.page.getByRole('combobox')).toHaveCount(0)
  }

  /** Chooses from the menu that has just opened, by the letters that its words begin with. */
  async choose(typed: string, item: string): Promise<void> {
    const { page } = this
    await expect(page.getByRole('menu')).toBeVisible()
    await expect(page.locator('[role^="menuitem"]:focus')).toHaveCount(1)
    await this.type(typed)
    await expect(page.locator('[role^="menuitem"]:focus')).toContainText(item)
    await this.keys('Enter')
    await expect(page.getByRole('menu')).toHaveCount(0)
  }

  /** Something has the focus, shows it, and is in sight: not wholly under a bar or a dialog. */
  async stands(target: Locator): Promise<void> {
    await expect(target).toBeFocused()
    await expect.poll(() => target.evaluate(isSeen), `${target} is in sight while it has the focus`).toBe(true)
  }

  /** Whoever just did something by key still has a place to go on from. */
  async keepsFocus(after: string): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(() => document.activeElement !== document.body), `focus is kept after: ${after}`)
      .toBe(true)
  }
}

const isFocused = (element: Element) => element === document.activeElement

function standsBeforeFocus(element: Element): boolean {
  const { activeElement, body } = document
  if (!activeElement || activeElement === body) return false
  return Boolean(activeElement.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING)
}

function isSeen(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect()
  const parts = [0.1, 0.5, 0.9]
  return (
    element.matches(':focus-visible') &&
    parts.some((x) =>
      parts.some((y) => {
        const hit = document.elementFromPoint(left + width * x, top + height * y)
        // A radio button is shown by its label.
        return hit !== null && (element.contains(hit) || hit.closest('label')?.contains(element) === true)
      }),
    )
  )
}
