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
import type { NoteId } from '@quintet/shared/ids'
import { type SyntheticEvent, useEffect, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useBoard, useNote } from '../document/views.ts'
import { announce } from '../ui/announcements.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { DraggedPaper } from './DraggedPaper.tsx'
import { type DraggableNote, dropLists, useDraggables } from './dragRegistry.ts'
import { type Box, isArrowKey, type ListOnScreen, type Place, placeAt, stepPlace } from './dropPlace.ts'
import { useDrag } from './dropSlot.ts'
import { listed } from './listed.ts'
import { listKey } from './lists.ts'
import { focusNote } from './noteFocus.ts'
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
  readonly place: Place | null
  readonly scrolled: number
  readonly lists: readonly ListOnScreen[]
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

/** Dragging, for every note that says it can be dragged. It stands beside the board and reaches into the notes' grips. */
export function DragLayer() {
  const notes = useDraggables((registry) => registry.notes)
  const dragged = useDrag((drag) => drag.note)
  const board = useBoard()
  const actions = useNoteActions()

  const measured = useRef<Measured | null>(null)

  /** The lists as they stand now; measured again only once something moved, since measuring lays the page out. */
  const screen = (): readonly ListOnScreen[] => {
    const { note: dragging, place } = useDrag.getState()
    const known = measured.current
    if (known && known.place === place && known.scrolled === window.scrollY) return known.lists
    const elements = new Map(useDraggables.getState().notes.map((note) => [note.id, note.element]))
    const lists = dropLists().map((list) => {
      const others = listed(board, list.list).flatMap(({ id }) => (id === dragging ? [] : (elements.get(id) ?? [])))
      return { key: list.key, flow: list.flow, box: list.element.getBoundingClientRect(), others: itemBoxes(others) }
    })
    measured.current = { place, scrolled: window.scrollY, lists }
    return lists
  }

  /** Where the dragged note stands now, as a place among the others. */
  const home = (id: NoteId): Place | null => {
    const note = useDraggables.getState().notes.find((each) => each.id === id)
    if (!note) return null
    return { key: listKey(note.list), index: listed(board, note.list).findIndex((each) => each.id === id) }
  }

  const say = (place: Place | null) => {
    const list = dropLists().find((each) => each.key === place?.key)
    if (!place || !list) announce('Nowhere: it would go back.')
    else {
      const others = listed(board, list.list).filter((each) => each.id !== useDrag.getState().note).length
      announce(`Place ${place.index + 1} of ${others + 1}, ${list.label}.`)
    }
  }

  const show = (place: Place | null) => {
    const { note, place: before } = useDrag.getState()
    const at = note && home(note)
    const stays = at !== null && place?.key === at.key && place.index === at.index
    const next = stays ? null : place
    if (next?.key === before?.key && next?.index === before?.index) return
    useDrag.setState({ place: next })
    say(place)
  }

  const coordinates: KeyboardCoordinateGetter = (event, { currentCoordinates }) => {
    const { note, place } = useDrag.getState()
    if (!isArrowKey(event.code) || !note) return undefined
    event.preventDefault()
    const from = place ?? home(note)
    if (!from) return undefined
    const lists = screen()
    const next = stepPlace(from, event.code, lists)
    show(next)
    const list = lists.find((each) => each.key === next.key)
    const box = list?.others[next.index]
    const last = list?.others.at(-1)
    if (box) return { x: box.left, y: box.top }
    if (last) return list?.flow === 'grid' ? { x: last.right, y: last.top } : { x: last.left, y: last.bottom }
    return list ? { x: list.box.left, y: list.box.top } : currentCoordinates
  }

  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: DRAG } }),
    useSensor(TouchSensor, { activationConstraint: { delay: HOLD, tolerance: STRAY } }),
    useSensor(KeyboardSensor, { coordinateGetter: coordinates }),
  )

  const start = ({ active }: DragStartEvent) => {
    const id = active.id as NoteId
    measured.current = null
    useDrag.setState({ note: id, place: null })
    announce(`Picked up ${named(board.note(id)?.text ?? '')}.`)
  }
  const move = (event: DragMoveEvent) => {
    const at = pointer(event)
    if (at) show(placeAt(at.x, at.y, screen()))
  }
  const end = (put: boolean) => {
    const { note, place } = useDrag.getState()
    const list = dropLists().find((each) => each.key === place?.key)
    useDrag.setState({ note: null, place: null })
    if (!note) return
    if (put && place && list) {
      actions.put(note, list.list, place.index)
      announce(`Put down: place ${place.index + 1}, ${list.label}.`)
    } else announce('Put back.')
    focusNote(note)
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
      {notes.map((note) => (
        <Handle key={note.id} note={note} />
      ))}
      {createPortal(
        <DragOverlay dropAnimation={null}>
          {dragged && <DraggedPaper id={dragged} dense={home(dragged)?.key.startsWith('wall') === false} />}
        </DragOverlay>,
        document.body,
      )}
    </DndContext>
  )
}

const quiet = () => undefined

/** Makes one note draggable: its grip by key, all of its paper by mouse and touch. */
function Handle({ note: { id, element, grip } }: { readonly note: DraggableNote }) {
  const note = useNote(id)
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, isDragging } = useDraggable({ id })
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
    if (!isDragging) return
    element.dataset.drag = 'left'
    return () => {
      delete element.dataset.drag
    }
  }, [element, isDragging])

  return createPortal(
    <IconButton
      ref={setActivatorNodeRef}
      icon="grip"
      size="sm"
      label={`Move note: ${firstWords(note?.text ?? '')}`}
      tip="Drag to move"
      aria-describedby={attributes['aria-describedby']}
      onKeyDown={listeners?.onKeyDown as undefined}
    />,
    grip,
  )
}
