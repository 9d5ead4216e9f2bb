import type { Locator } from '@playwright/test'

/**
 * When a running timer will be at zero by what a screen shows, ms since the epoch by the right clock. It watches three
 * changes of the digits and believes the earliest, since a busy page only shows a second late, never early.
 * @param wrong how wrong the screen's own clock is, ms.
 */
export function zeroOf(timer: Locator, wrong = 0): Promise<number> {
  return timer.evaluate(
    (element, ms) =>
      new Promise<number>((resolve) => {
        const zeros: number[] = []
        const watch = new MutationObserver(() => {
          const [minutes = Number.NaN, seconds = Number.NaN] = (element.textContent ?? '').split(':').map(Number)
          zeros.push(Date.now() - ms + (minutes * 60 + seconds) * 1000)
          if (zeros.length < 3) return
          watch.disconnect()
          resolve(Math.min(...zeros))
        })
        watch.observe(element, { childList: true, characterData: true, subtree: true })
      }),
    wrong,
  )
}
