import type { NoteView, OutcomeId, PlanView } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { type ThreadBreak, type ThreadLink, threadBreaks, threadOf } from '@quintet/shared/thread'
import type { StoreApi } from 'zustand/vanilla'
import type { BoardViews } from './boardViews.ts'

/** What a hook subscribes to: a value that stays the same object until it changes. */
export interface Watched<T> {
  readonly subscribe: (listener: () => void) => () => void
  readonly get: () => T
}

/** The chain that ends at a note. It listens to the notes of that chain alone, and to what the chain breaks off at. */
export function watchThread(board: BoardViews, id: OutcomeId): Watched<readonly ThreadLink[]> {
  let last: readonly ThreadLink[] = []
  const get = () => {
    const note = board.note(id)
    const next = note ? threadOf(note, board) : []
    if (!sameItems(last, next, (a, b) => a.note === b.note)) last = next
    return last
  }
  const subscribe = (listener: () => void) => {
    const stops = new Map<NoteId, () => void>()
    const changed = () => {
      follow()
      listener()
    }
    const follow = () => {
      const steps = new Set(stepsOf(board, id))
      for (const [step, stop] of stops)
        if (!steps.has(step)) {
          stop()
          stops.delete(step)
        }
      for (const step of steps) if (!stops.has(step)) stops.set(step, board.notes.at(step).subscribe(changed))
    }
    follow()
    return () => {
      for (const stop of stops.values()) stop()
    }
  }
  return { subscribe, get }
}

/** A note's id, that of what it hangs under, and so on, up to and including one that is not there. */
function stepsOf(board: BoardViews, id: OutcomeId): readonly NoteId[] {
  const steps: OutcomeId[] = []
  for (let at: OutcomeId | null | undefined = id; at && !steps.includes(at); at = board.note(at)?.under) steps.push(at)
  return steps as NoteId[]
}

/** Every break of the thread. Where only words changed, the breaks stay and only take over the words. */
export function watchBreaks(board: BoardViews): Watched<readonly ThreadBreak[]> {
  let shape = -1
  const find = (last: readonly ThreadBreak[]) => {
    const now = board.shape.getState()
    if (now === shape) return last.map((each) => withNote(each, board.note(each.note.id)))
    shape = now
    return threadBreaks({
      note: (id) => board.note(id),
      wall: (phase) => board.views(board.wall(phase).getState()),
      plan: (id) => board.plan(id),
    })
  }
  return perFrame(board.revision, find, (a, b) => a.kind === b.kind && a.note === b.note)
}

/** The plans of the actions that stand, in the order of the wall. */
export function watchPlans(board: BoardViews): Watched<readonly PlanView[]> {
  const find = () =>
    board
      .wall('actions')
      .getState()
      .map((id) => board.plan(id))
  return perFrame<PlanView>(board.revision, find, Object.is)
}

function withNote(each: ThreadBreak, note: NoteView | undefined): ThreadBreak {
  return note && note !== each.note ? { ...each, note } : each
}

/**
 * A list that is found by looking at much of the board: at most once per frame of the screen however much happens, and
 * only while somebody looks.
 */
function perFrame<Item>(
  revision: StoreApi<number>,
  find: (last: readonly Item[]) => readonly Item[],
  same: (a: Item, b: Item) => boolean,
): Watched<readonly Item[]> {
  let last: readonly Item[] = []
  let found = -1
  let frame: number | undefined
  let stop = () => {}
  const listeners = new Set<() => void>()
  const refresh = () => {
    if (found === revision.getState()) return
    found = revision.getState()
    const next = find(last)
    if (!sameItems(last, next, same)) last = next
  }
  const later = () => {
    frame ??= requestAnimationFrame(() => {
      frame = undefined
      refresh()
      for (const listener of listeners) listener()
    })
  }
  const begin = () => {
    stop = revision.subscribe(later)
    // What changed since the first look: React looks again after it subscribed.
    refresh()
  }
  const end = () => {
    stop()
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
  }
  return {
    get: () => {
      if (listeners.size === 0) refresh()
      return last
    },
    subscribe: (listener) => {
      listeners.add(listener)
      if (listeners.size === 1) begin()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) end()
      }
    },
  }
}

function sameItems<Item>(a: readonly Item[], b: readonly Item[], same: (a: Item, b: Item) => boolean): boolean {
  return a.length === b.length && a.every((item, at) => same(item, b[at] as Item))
}
