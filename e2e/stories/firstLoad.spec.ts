import type { Page } from '@playwright/test'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { WritePage } from '../pages/WritePage.ts'
import { createWorkshop } from '../scene.ts'
import { expect, test } from '../story.ts'

/** What a member's phone may fetch of JavaScript until the first note or draft is saved, bytes on the wire with gzip. */
const MOST = 150_000

for (const runs of ['open', 'rhythm'] as const) {
  const first = runs === 'open' ? 'note' : 'draft'

  test(`a phone fetches at most 150 kB of JavaScript until a member’s first ${first} is saved`, async ({
    server,
    devices,
  }) => {
    const { maren, join } = await createWorkshop(server, devices, runs)
    const ines = new WorkshopPage(await devices.phone(), true)
    await ines.page.addInitScript(delayLongTimers)
    const scripts = await watchScripts(ines.page)

    await ines.join(join, 'Ines')
    await ines.add('principles', 'Docs before tickets')
    if (runs === 'open') await expect(maren.note('Docs before tickets')).toBeAttached()
    else await expect(new WritePage(ines).draft('Docs before tickets')).toBeAttached()
    await ines.mayGo()
    await expect(ines.saved).toHaveText('Saved')

    await expect.poll(() => [...scripts.values()].every(({ isWhole }) => isWhole)).toBe(true)
    const fetched = [...scripts.values()]
    const total = fetched.reduce((sum, { bytes }) => sum + bytes, 0)
    console.log(`${total} bytes of JavaScript in ${fetched.length} files until the first ${first} was saved`)
    expect(fetched.length).toBeGreaterThan(0)
    expect(fetched.every(({ bytes }) => bytes > 0)).toBe(true)
    // Small files are not worth a compressed copy.
    expect(fetched.filter(({ encoding, bytes }) => encoding !== 'gzip' && bytes > 1_000)).toEqual([])
    expect(total).toBeLessThanOrEqual(MOST)
  })
}

interface Script {
  readonly url: string
  readonly encoding: string
  bytes: number
  isWhole: boolean
}

/** Puts off what a page fetches ahead after seconds, so that it comes behind the first note on a slow machine too. */
function delayLongTimers(): void {
  const set = globalThis.setTimeout
  const delayed = (run: () => void, ms = 0, ...values: []) => set(run, ms < 2_000 ? ms : 20 * ms, ...values)
  Object.defineProperty(globalThis, 'setTimeout', { value: delayed })
}

/** The scripts that a page fetches from now on, with what their bodies weigh as they come, without the answers' headers. */
async function watchScripts(page: Page): Promise<ReadonlyMap<string, Script>> {
  const wire = await page.context().newCDPSession(page)
  await wire.send('Network.enable')
  // Over https browsers take brotli, which is smaller: the promise is for the plain http of a meeting room.
  await wire.send('Network.setExtraHTTPHeaders', { headers: { 'Accept-Encoding': 'gzip' } })
  const scripts = new Map<string, Script>()
  wire.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type !== 'Script' && !/javascript/.test(response.mimeType)) return
    scripts.set(requestId, {
      url: response.url,
      encoding: header(response.headers, 'content-encoding'),
      bytes: 0,
      isWhole: false,
    })
  })
  wire.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId)
    if (script) script.bytes += encodedDataLength
  })
  wire.on('Network.loadingFinished', ({ requestId }) => {
    const script = scripts.get(requestId)
    if (script) script.isWhole = true
  })
  return scripts
}

const header = (headers: Readonly<Record<string, string>>, name: string) =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
