import { describe, expect, it } from 'vitest'
import { placeBeside } from './placement.ts'

const view = { left: 0, top: 0, right: 1000, bottom: 800 }
const at = (left: number, top: number) => ({ left, top, right: left + 100, bottom: top + 30 })

describe('placeBeside', () => {
  it.each([
    { name: 'under its anchor', anchor: at(100, 100), size: { width: 200, height: 300 }, left: 100, top: 136 },
    {
      name: 'over it where there is no room below',
      anchor: at(100, 700),
      size: { width: 200, height: 300 },
      left: 100,
      top: 394,
    },
    { name: 'inside of the right edge', anchor: at(900, 100), size: { width: 200, height: 300 }, left: 792, top: 136 },
    { name: 'inside of the left edge', anchor: at(-50, 100), size: { width: 200, height: 300 }, left: 8, top: 136 },
  ])('stands $name', ({ anchor, size, left, top }) => {
    expect(placeBeside(anchor, size, view, 800)).toMatchObject({ as: 'beside', left, top })
  })

  it('ends with its anchor where it is told to', () => {
    expect(placeBeside(at(500, 100), { width: 200, height: 100 }, view, 800, 'end')).toMatchObject({ left: 400 })
  })

  it('takes the larger side and scrolls where neither has room', () => {
    expect(placeBeside(at(0, 500), { width: 200, height: 2000 }, view, 800)).toMatchObject({ top: 8, maxHeight: 486 })
  })

  it('is a sheet on a phone, above the keyboard', () => {
    const seen = { left: 0, top: 0, right: 390, bottom: 500 }
    expect(placeBeside(at(0, 100), { width: 200, height: 300 }, seen, 844)).toEqual({
      as: 'sheet',
      bottom: 352,
      maxHeight: 484,
    })
  })
})
