import {
  DndContext,
  type DragMoveEvent,
  DragOverlay,
  type DragStartEvent,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useDraggable,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import type { OutcomeId } from '@quintet/shared/board'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import { type SyntheticEvent, useEffect, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useBoard, useNote, useWords } from '../document/views.ts'
import { announce } from '../ui/announcements.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { DraggedPaper } from './DraggedPaper.tsx'
import { type DraggableThing, dropLists, useDraggables } from './dragRegistry.ts'
import { type Box, type DropTarget, dropAt, dropBetween, isArrowKey, type Place, stepPlace } from './dropPlace.ts'
import { type Drop, useDrag } from './dropSlot.ts'
import { listed } from './listed.ts'
import { isRanked, listKey, type NoteList } from './lists.ts'
import { focusNote, noteElement } from './noteFocus.ts'
import { clearSelection, selectedWith } from './selection.ts'
import { useGroupActions } from './useGroupActions.ts'
import { useNoteActions } from './useNoteActions.ts'
import { firstWords, named } from './words.ts'

/** How long a finger rests on a note before it lifts it, ms: shorter is a scroll. */
const HOLD = 200
/** How far a finger may stray meanwhile, and how far a mouse goes before a click is a drag, px. */
const STRAY = 8
const DRAG = 6

const INSTRUCTIONS =
  'Space picks the note up. Arrow keys choose its place, Space puts it down there, Escape puts it back. The note’s menu does the same.'

/** Where a pointer that started a drag is now. */
function pointer({ activatorEvent, active }: DragMoveEvent): { x: number; y: number } | null {
  const { initial, translated } = active.rect.current
  const start =
    activatorEvent instanceof MouseEvent
      ? activatorEvent
      : 'touches' in activatorEvent
        ? (activatorEvent as TouchEvent).touches[0]
        : undefined
  if (!initial || !translated || !start) return null
  return { x: start.clientX + translated.left - initial.left, y: start.clientY + translated.top - initial.top }
}

interface Measured {
  readonly drop: Drop | null
  readonly scrolled: number
  readonly lists: readonly DropTarget[]
}

const PIXELS = /^[\d.]+px$/
const pixels = (length: string) => (PIXELS.test(length) ? Number.parseFloat(length) : 0)

/**
 * Where notes stand, by their list items without padding: what is far from the window is not laid out inside of its item,
 * and asking a note itself would lay all of it out.
 */
function itemBoxes(notes: readonly HTMLElement[]): readonly Box[] {
  const items = notes.map((note) => note.closest('li') ?? note)
  const [first] = items
  if (!first) return []
  const style = getComputedStyle(first)
  const [top, right, bottom, left] = [style.paddingTop, style.paddingRight, style.paddingBottom, style.paddingLeft].map(
    pixels,
  ) as [number, number, number, number]
  return items.map((item) => {
    const box = item.getBoundingClientRect()
    return { left: box.left + left, top: box.top + top, right: box.right - right, bottom: box.bottom - bottom }
  })
}

/** Lists in which notes are grouped by dropping one on another, and groups merged. */
const ONTO: ReadonlySet<NoteList['kind']> = new Set(['wall', 'sorted', 'groups'])

/** Dragging, for every note and group that says it can be dragged. It stands beside the board and reaches into the grips. */
export function DragLayer() {
  const things = useDraggables((registry) => registry.things)
  const dragged = useDrag((drag) => drag.dragged)
  const board = useBoard()
  const notes = useNoteActions()
  const groups = useGroupActions()

  const measured = useRef<Measured | null>(null)

  /** The lists as they stand now; measured again only once something moved, since measuring lays the page out. */
  const screen = (): readonly DropTarget[] => {
    const { dragged, drop } = useDrag.getState()
    const known = measured.current
    if (known && known.drop === drop && known.scrolled === window.scrollY) return known.lists
    const elements = new Map(useDraggables.getState().things.map((thing) => [thing.id, thing.element]))
    const isGroup = board.group(dragged[0] as OutcomeId) !== undefined
    const lists = dropLists().flatMap((list): DropTarget[] => {
      const { kind } = list.list
      if ((kind === 'groups') !== isGroup) return []
      const all = listed(board, list.list).filter(({ id }) => !dragged.includes(id))
      // One that is being written in cannot be dragged, and still stands there.
      const others = itemBoxes(all.flatMap(({ id }) => elements.get(id) ?? noteElement(id) ?? []))
      const ids = all.map(({ id }) => id)
      const box = list.element.getBoundingClientRect()
      return [
        {
          key: list.key,
          flow: list.flow,
          box,
          others,
          ids,
          takesOnto: ONTO.has(kind),
          takesBetween: !isRanked(list.list),
        },
      ]
    })
    measured.current = { drop, scrolled: window.scrollY, lists }
    return lists
  }

  /** Where the dragged thing stands now, as a place among the others. */
  const home = (id: OutcomeId): Place | null => {
    const thing = useDraggables.getState().things.find((each) => each.id === id)
    if (!thing) return null
    const moved = useDrag.getState().dragged.filter((each) => each !== id)
    const standing = listed(board, thing.list).filter((each) => !moved.includes(each.id))
    return { key: listKey(thing.list), index: standing.findIndex((each) => each.id === id) }
  }

  const say = (drop: Drop | null) => {
    const list = dropLists().find((each) => each.key === drop?.key)
    if (!drop || !list) announce('Nowhere: it would go back.')
    else if (drop.is === 'onto') announce(`Together with ${named(board.words(drop.id))}.`)
    else {
      const { dragged } = useDrag.getState()
      const others = listed(board, list.list).filter((each) => !dragged.includes(each.id)).length
      announce(`Place ${drop.index + 1} of ${others + 1}, ${list.label}.`)
    }
  }

  const show = (drop: Drop | null) => {
    const { dragged, drop: before } = useDrag.getState()
    const at = dragged.length === 1 && dragged[0] ? home(dragged[0]) : null
    const into = dropLists().find((each) => each.key === drop?.key)
    const anywhere = into !== undefined && isRanked(into.list)
    const stays = drop?.is === 'between' && at?.key === drop.key && (anywhere || drop.index === at.index)
    const next = stays ? null : drop
    if (sameDrop(next, before)) return
    useDrag.setState({ drop: next })
    say(drop)
  }

  const coordinates: KeyboardCoordinateGetter = (event, { currentCoordinates }) => {
    const { dragged, drop } = useDrag.getState()
    const [held] = dragged
    if (!isArrowKey(event.code) || !held) return undefined
    event.preventDefault()
    const from = drop?.is === 'between' ? drop : home(held)
    if (!from) return undefined
    const lists = screen()
    const next = stepPlace(from, event.code, lists)
    show(dropBetween(next, lists))
    const list = lists.find((each) => each.key === next.key)
    const box = list?.others[next.index]
    const last = list?.others.at(-1)
    if (box) return { x: box.left, y: box.top }
    if (last) return list?.flow === 'grid' ? { x: last.right, y: last.top } : { x: last.left, y: last.bottom }
    return list ? { x: list.box.left, y: list.box.top } : currentCoordinates
  }

  /** Whether words are small where something stands: in groups and columns, and beside groups. */
  const isDense = (id: OutcomeId) => {
    const note = board.note(id)
    const alone = note && listed(board, { kind: 'groups', phase: note.phase }).length === 0
    return !(alone && home(id)?.key.startsWith('wall '))
  }

  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: DRAG } }),
    useSensor(TouchSensor, { activationConstraint: { delay: HOLD, tolerance: STRAY } }),
    useSensor(KeyboardSensor, { coordinateGetter: coordinates }),
  )

  const start = ({ active }: DragStartEvent) => {
    const id = active.id as OutcomeId
    const note = board.note(id)
    measured.current = null
    // Whoever drags one of several that are selected drags them all.
    const dragged = note ? heldFirst(note.id, selectedWith(note.id, board.wall(note.phase).map(noteId))) : [id]
    useDrag.setState({ dragged, drop: null })
    announce(dragged.length > 1 ? `Picked up ${dragged.length} notes.` : `Picked up ${named(board.words(id))}.`)
  }
  const move = (event: DragMoveEvent) => {
    const at = pointer(event)
    if (at) show(dropAt(at.x, at.y, screen()))
  }
  const end = (put: boolean) => {
    const { dragged, drop } = useDrag.getState()
    const [held] = dragged
    const list = dropLists().find((each) => each.key === drop?.key)
    useDrag.setState({ dragged: [], drop: null })
    if (!held) return
    if (!put || !drop || !list) announce('Put back.')
    else if (drop.is === 'onto') {
      putOnto(dragged, drop.id)
      return
    } else {
      if (board.group(held)) groups.put(held as GroupId, drop.index)
      else notes.put(inReadingOrder(dragged as readonly NoteId[]), list.list, drop.index)
      clearSelection()
      announce(`Put down: place ${drop.index + 1}, ${list.label}.`)
    }
    focusNote(held)
  }
  const putOnto = (dragged: readonly OutcomeId[], onto: OutcomeId) => {
    const [from, into] = [board.group(dragged[0] as OutcomeId), board.group(onto)]
    if (from && into) groups.merge(from.id, into.id)
    else groups.group(inReadingOrder(dragged as readonly NoteId[]), onto)
  }
  const inReadingOrder = (ids: readonly NoteId[]) => {
    const phase = board.note(ids[0] as NoteId)?.phase
    return phase
      ? board
          .wall(phase)
          .map(noteId)
          .filter((id) => ids.includes(id))
      : ids
  }

  return (
    <DndContext
      sensors={sensors}
      accessibility={{
        // Our own announcer speaks, in our own words.
        announcements: { onDragStart: quiet, onDragOver: quiet, onDragEnd: quiet, onDragCancel: quiet },
        screenReaderInstructions: { draggable: INSTRUCTIONS },
        restoreFocus: false,
      }}
      onDragStart={start}
      onDragMove={move}
      onDragEnd={() => end(true)}
      onDragCancel={() => end(false)}
    >
      {things.map((thing) =>
        board.group(thing.id) ? (
          <GroupHandle key={thing.id} thing={thing} />
        ) : (
          <NoteHandle key={thing.id} thing={thing} />
        ),
      )}
      {createPortal(
        <DragOverlay dropAnimation={null}>
          {dragged[0] && <DraggedPaper ids={dragged} dense={isDense(dragged[0])} />}
        </DragOverlay>,
        document.body,
      )}
    </DndContext>
  )
}

const quiet = () => undefined

const noteId = ({ id }: { readonly id: NoteId }) => id

/** Notes with the one that is held before the others. */
function heldFirst(held: NoteId, ids: readonly NoteId[]): readonly NoteId[] {
  return [held, ...ids.filter((id) => id !== held)]
}

function sameDrop(a: Drop | null, b: Drop | null): boolean {
  if (a?.is !== b?.is || a?.key !== b?.key) return false
  if (a?.is === 'onto' && b?.is === 'onto') return a.id === b.id
  return a?.is !== 'between' || b?.is !== 'between' || a.index === b.index
}

function NoteHandle({ thing }: { readonly thing: DraggableThing }) {
  const note = useNote(thing.id as NoteId)
  return <Handle thing={thing} label={`Move note: ${firstWords(note?.text ?? '')}`} />
}

function GroupHandle({ thing }: { readonly thing: DraggableThing }) {
  return <Handle thing={thing} label={`Move group: ${firstWords(useWords(thing.id))}`} />
}

interface HandleProps {
  readonly thing: DraggableThing
  readonly label: string
}

/** Makes one note or group draggable: its grip by key, all of its paper or head by mouse and touch. */
function Handle({ thing: { id, element, grip }, label }: HandleProps) {
  const isDragged = useDrag(({ dragged }) => dragged.includes(id))
  const { setNodeRef, setActivatorNodeRef, listeners, attributes } = useDraggable({ id })
  const latest = useRef(listeners)
  latest.current = listeners

  useLayoutEffect(() => {
    setNodeRef(element)
    return () => setNodeRef(null)
  }, [element, setNodeRef])

  useEffect(() => {
    const press = (event: Event) => {
      const control = (event.target as HTMLElement).closest('button, a, input, textarea')
      if (control && !grip.contains(control)) return
      const name = event.type === 'mousedown' ? 'onMouseDown' : 'onTouchStart'
      // @dnd-kit's listeners read nothing but the native event.
      latest.current?.[name]?.({ nativeEvent: event } as SyntheticEvent)
    }
    element.addEventListener('mousedown', press)
    element.addEventListener('touchstart', press, { passive: true })
    return () => {
      element.removeEventListener('mousedown', press)
      element.removeEventListener('touchstart', press)
    }
  }, [element, grip])

  useEffect(() => {
    if (!isDragged) return
    element.dataset.drag = 'left'
    return () => {
      delete element.dataset.drag
    }
  }, [element, isDragged])

  return createPortal(
    <IconButton
      ref={setActivatorNodeRef}
      icon="grip"
      size="sm"
      label={label}
      tip="Drag to move"
      aria-describedby={attributes['aria-describedby']}
      onKeyDown={listeners?.onKeyDown as undefined}
    />,
    grip,
  )
}
