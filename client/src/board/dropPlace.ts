/** A rectangle of the window, px from its top left corner. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A list as it stands on the screen while something is dragged. `others` are its notes in order, the dragged one left out. */
export interface ListOnScreen {
  readonly key: string
  /** `grid`: row after row from left to right. `column`: one under the other. */
  readonly flow: 'grid' | 'column'
  readonly box: Box
  readonly others: readonly Box[]
}

/** A place among the others of a list: before the one at `index`, or after all of them. */
export interface Place {
  readonly key: string
  readonly index: number
}

/** How far outside of a list, px, a drop still goes to it. */
const REACH = 64

const middle = (from: number, to: number) => (from + to) / 2

function distance({ left, top, right, bottom }: Box, x: number, y: number): number {
  const dx = Math.max(left - x, 0, x - right)
  const dy = Math.max(top - y, 0, y - bottom)
  return Math.hypot(dx, dy)
}

/** The place that a point of the window means; null where it is far from every list. */
export function placeAt(x: number, y: number, lists: readonly ListOnScreen[]): Place | null {
  let nearest: ListOnScreen | null = null
  let least = REACH
  for (const list of lists) {
    const away = distance(list.box, x, y)
    if (away < least || (away === 0 && nearest === null)) {
      least = away
      nearest = list
    }
  }
  if (!nearest) return null
  const { key, flow, others } = nearest
  const isBefore = (note: Box) =>
    flow === 'column'
      ? middle(note.top, note.bottom) < y
      : note.bottom < y || (note.top <= y && middle(note.left, note.right) < x)
  return { key, index: others.filter(isBefore).length }
}

export type ArrowKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

export function isArrowKey(key: string): key is ArrowKey {
  return key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight'
}

/**
 * The place that an arrow key means, from another: along a list by one, and sideways from column to column. Past an end
 * it stays.
 * @param lists in reading order.
 */
export function stepPlace(
  place: Place,
  key: ArrowKey,
  lists: readonly Pick<ListOnScreen, 'key' | 'flow' | 'others'>[],
): Place {
  const at = lists.findIndex((list) => list.key === place.key)
  const list = lists[at]
  if (!list) return place
  const back = key === 'ArrowUp' || key === 'ArrowLeft'
  const along = list.flow === 'grid' || key === 'ArrowUp' || key === 'ArrowDown'
  if (along) return { key: list.key, index: Math.max(0, Math.min(place.index + (back ? -1 : 1), list.others.length)) }
  const beside = lists[at + (back ? -1 : 1)]
  return beside ? { key: beside.key, index: Math.min(place.index, beside.others.length) } : place
}

/** How far something is in an arrow key's direction, what stands aside counting double; null where it is not in it. */
function cost(dx: number, dy: number, key: ArrowKey): number | null {
  const sideways = key === 'ArrowRight' || key === 'ArrowLeft'
  const ahead = (sideways ? dx : dy) * (key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1)
  const aside = Math.abs(sideways ? dy : dx)
  // What stands mostly to the side belongs to another key.
  return ahead <= 1 || aside > ahead * 2 ? null : ahead + aside * 2
}

/**
 * The note that an arrow key leads to from another, by where they stand on the screen.
 * @returns an index of `boxes`, or undefined where nothing stands in that direction.
 */
export function neighbour(boxes: readonly Box[], from: number, key: ArrowKey): number | undefined {
  const here = boxes[from]
  if (!here) return undefined
  const x = middle(here.left, here.right)
  const y = middle(here.top, here.bottom)
  let best: number | undefined
  let least = Number.POSITIVE_INFINITY
  for (const [index, box] of boxes.entries()) {
    const price = index === from ? null : cost(middle(box.left, box.right) - x, middle(box.top, box.bottom) - y, key)
    if (price !== null && price < least) {
      least = price
      best = index
    }
  }
  return best
}
