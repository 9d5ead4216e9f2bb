import { expect, type Locator } from '@playwright/test'

/** Screens show the same second while their seconds begin less than half of one apart, ms. */
const SAME_SECOND = 500

interface Clock {
  readonly timer: Locator
  /** How wrong the screen's own clock is, ms. */
  readonly wrong?: number
}

/**
 * Holds running timers on several screens to the same second. A busy machine only shows a second late, never early: what
 * each screen has shown earliest counts, until they agree.
 * @param zero when they have to be at zero, ms since the epoch by the right clock; without it, they have to agree.
 * @returns when the first of them is at zero.
 */
export async function showSameSecond(clocks: readonly Clock[], zero?: number): Promise<number> {
  const earliest = clocks.map(() => Number.POSITIVE_INFINITY)
  const apart = async () => {
    const shown = await Promise.all(clocks.map(zeroOf))
    for (const [at, each] of shown.entries()) earliest[at] = Math.min(earliest[at] ?? each, each)
    const right = zero ?? Math.min(...earliest)
    return Math.max(...earliest.map((each) => Math.abs(each - right)))
  }
  await expect.poll(apart, 'ms by which the seconds of the screens differ').toBeLessThan(SAME_SECOND)
  return Math.min(...earliest)
}

/**
 * When a running timer will be at zero by what a screen shows, ms since the epoch by the right clock. It watches three
 * changes of the digits and believes the earliest.
 */
function zeroOf({ timer, wrong = 0 }: Clock): Promise<number> {
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
