import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What another theme can break: all else is the same in both, and is not asked twice. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Holds a page, as it stands now, to WCAG 2.2 AA in light and in dark. @param where what the page shows, for the report. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const size = page.viewportSize()
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  // All of it in sight: axe takes a button that is scrolled half under a bar for one that is too small.
  if (size) await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) })
  for (const colorScheme of ['light', 'dark'] as const) {
    // Without motion no colour is read on its way to another.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.evaluate(atRest)
    // Our pages have no frames of others: then axe need not open a page of its own for each report.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const { violations } = await (colorScheme === 'light'
      ? axe.withTags(STANDARDS)
      : axe.withRules(OF_COLOUR)
    ).analyze()
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    )
    expect.soft(found, `${where}, ${colorScheme}`).toEqual([])
  }
  if (size) await page.setViewportSize(size)
}

/** Resolves once the page is painted as it now is, with nothing under way: the shortest transition takes a frame too. */
async function atRest(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  do {
    await frame()
    await frame()
  } while (document.getAnimations().some(({ playState }) => playState === 'running'))
}
