/** A rectangle of the window, px from its top left corner. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Where a popover stands: beside its anchor, or on a phone as a sheet at the lower edge. All px. */
export type Placement =
  | { readonly as: 'beside'; readonly left: number; readonly top: number; readonly maxHeight: number }
  | { readonly as: 'sheet'; readonly bottom: number; readonly maxHeight: number }

/** Narrower than this, px, a popover becomes a sheet: within a thumb's reach, and never off to the side. */
const SHEET_BELOW = 640
const GAP = 6
const EDGE = 8

/**
 * Places a popover of a size under its anchor, or over it where there is more room.
 * @param view what can be seen of the window (less than the window while a phone shows its keyboard); its `bottom` counts from the window's top.
 * @param windowHeight px, from which the sheet's distance to the lower edge is counted.
 */
export function placeBeside(
  anchor: Box,
  size: { readonly width: number; readonly height: number },
  view: Box,
  windowHeight: number,
  align: 'start' | 'end' = 'start',
): Placement {
  const viewHeight = view.bottom - view.top
  if (view.right - view.left < SHEET_BELOW)
    return { as: 'sheet', bottom: windowHeight - view.bottom + EDGE, maxHeight: viewHeight - 2 * EDGE }
  const below = view.bottom - anchor.bottom - GAP - EDGE
  const above = anchor.top - view.top - GAP - EDGE
  const under = size.height <= below || below >= above
  const maxHeight = Math.max(0, under ? below : above)
  const height = Math.min(size.height, maxHeight)
  const wanted = align === 'start' ? anchor.left : anchor.right - size.width
  return {
    as: 'beside',
    left: Math.max(view.left + EDGE, Math.min(wanted, view.right - size.width - EDGE)),
    top: under ? anchor.bottom + GAP : anchor.top - GAP - height,
    maxHeight,
  }
}
