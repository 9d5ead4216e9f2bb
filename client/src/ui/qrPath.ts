import { encode } from 'uqr'

/** A QR code as one SVG path: its edge in modules, quiet zone included, and what to fill. */
export interface QrDrawing {
  readonly size: number
  readonly path: string
}

/** Modules of quiet zone that ISO/IEC 18004 asks for on every side. */
const QUIET = 4

/**
 * Draws a text as a QR code of medium error correction; each run of dark modules of a row is one rectangle.
 * @throws if the text is too long for a QR code (about 2,300 bytes).
 */
export function qrPath(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const runs: string[] = []
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x++
      runs.push(`M${start} ${y}h${x + 1 - start}v1H${start}z`)
    }
  }
  return { size, path: runs.join('') }
}
