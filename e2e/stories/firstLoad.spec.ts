import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { createWorkshop } from '../scene.ts'
import { expect, test } from '../story.ts'

/** What a member's phone may fetch of JavaScript until the first note is saved, bytes on the wire with gzip. */
const MOST = 150_000

test('a phone fetches at most 150 kB of JavaScript until a member’s first note is saved', async ({
  server,
  devices,
}) => {
  const { maren, join } = await createWorkshop(server, devices)

  const ines = new WorkshopPage(await devices.phone(), true)
  const wire = await ines.page.context().newCDPSession(ines.page)
  await wire.send('Network.enable')
  // Over https browsers take brotli, which is smaller: the promise is for the plain http of a meeting room.
  await wire.send('Network.setExtraHTTPHeaders', { headers: { 'Accept-Encoding': 'gzip' } })
  const scripts = new Map<string, { readonly url: string; readonly encoding: string; bytes: number }>()
  wire.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type !== 'Script' && !/javascript/.test(response.mimeType)) return
    scripts.set(requestId, { url: response.url, encoding: header(response.headers, 'content-encoding'), bytes: 0 })
  })
  // What the body weighs as it came, without the answer's headers.
  wire.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId)
    if (script) script.bytes += encodedDataLength
  })

  await ines.join(join, 'Ines')
  await ines.add('principles', 'Docs before tickets')
  await expect(maren.note('Docs before tickets')).toBeAttached()
  await expect(ines.saved).toHaveText('Saved')

  const fetched = [...scripts.values()]
  const total = fetched.reduce((sum, { bytes }) => sum + bytes, 0)
  console.log(`${total} bytes of JavaScript in ${fetched.length} files until the first note was saved`)
  expect(fetched.length).toBeGreaterThan(0)
  expect(fetched.every(({ bytes }) => bytes > 0)).toBe(true)
  // Small files are not worth a compressed copy.
  expect(fetched.filter(({ encoding, bytes }) => encoding !== 'gzip' && bytes > 1_000)).toEqual([])
  expect(total).toBeLessThanOrEqual(MOST)
})

const header = (headers: Readonly<Record<string, string>>, name: string) =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
