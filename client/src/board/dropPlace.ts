import type { OutcomeId } from '@quintet/shared/board'
import type { Drop } from './dropSlot.ts'

/** A rectangle of the window, px from its top left corner. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A list as it stands on the screen while something is dragged. `others` stand in it in order, what is dragged left out. */
export interface ListOnScreen {
  readonly key: string
  /** `grid`: row after row from left to right. `column`: one under the other. */
  readonly flow: 'grid' | 'column'
  readonly box: Box
  readonly others: readonly Box[]
}

/** A list together with what stands in it. */
export interface DropTarget extends ListOnScreen {
  readonly ids: readonly OutcomeId[]
  /** Whether a drop on the middle of one of them goes onto it: notes are grouped, groups merged. */
  readonly takesOnto: boolean
  /** Whether a drop goes to a place among them; otherwise it goes into the list as a whole. */
  readonly takesBetween: boolean
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

/** How much of the width of something, on either side, means the place beside it instead of itself. */
const EDGE = 0.25

function onMiddle({ left, top, right, bottom }: Box, x: number, y: number): boolean {
  const edge = (right - left) * EDGE
  return y >= top && y <= bottom && x >= left + edge && x <= right - edge
}

/** What a drop at a point of the window means; null where it is far from everything. */
export function dropAt(x: number, y: number, lists: readonly DropTarget[]): Drop | null {
  for (const { key, others, ids, takesOnto } of lists) {
    const id = takesOnto ? ids[others.findIndex((box) => onMiddle(box, x, y))] : undefined
    if (id !== undefined) return { is: 'onto', key, id }
  }
  const place = placeAt(x, y, lists)
  return place && dropBetween(place, lists)
}

/** A place of a list, with what stands beside it there. */
export function dropBetween({ key, index }: Place, lists: readonly DropTarget[]): Drop {
  const list = lists.find((each) => each.key === key)
  const ids = list?.ids ?? []
  if (list && !list.takesBetween) return { is: 'between', key, index: ids.length, next: null, last: null }
  return { is: 'between', key, index, next: ids[index] ?? null, last: ids[index - 1] ?? null }
}

const area = ({ left, top, right, bottom }: Box) => (right - left) * (bottom - top)

/** The place that a point of the window means; null where it is far from every list. */
export function placeAt(x: number, y: number, lists: readonly ListOnScreen[]): Place | null {
  let nearest: ListOnScreen | null = null
  let least = REACH
  for (const list of lists) {
    const away = distance(list.box, x, y)
    // Of lists that stand inside of each other it is the inner one.
    const inner = away === 0 && (nearest === null || (least === 0 && area(list.box) < area(nearest.box)))
    if (away < least || inner) {
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
 * The place that an arrow key means, from another: along a list by one, and sideways from column to column. Past the end
 * of rows it goes on in the next list; where there is none it stays.
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
  const beside = lists[at + (back ? -1 : 1)]
  const next = place.index + (back ? -1 : 1)
  if (along && list.flow === 'grid' && beside && (next < 0 || next > list.others.length))
    return { key: beside.key, index: back ? beside.others.length : 0 }
  if (along) return { key: list.key, index: Math.max(0, Math.min(next, list.others.length)) }
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
