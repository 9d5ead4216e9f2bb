import * as fc from 'fast-check'
import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { qrPath } from './qrPath.ts'

/** The dark modules that a path fills, as "x y". */
function filled(path: string): Set<string> {
  const dark = new Set<string>()
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g))
    for (let at = 0; at < Number(length); at++) dark.add(`${Number(x) + at} ${y}`)
  return dark
}

test('the path fills exactly the dark modules of the code', () => {
  void fc.assert(
    fc.property(fc.webUrl({ withFragments: true }), (url) => {
      const { size, path } = qrPath(url)
      const { data } = encode(url, { ecc: 'M', border: 4 })
      const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`${x} ${y}`] : [])))
      expect(size).toBe(data.length)
      expect(filled(path)).toEqual(new Set(dark))
    }),
    { numRuns: 20 },
  )
})
