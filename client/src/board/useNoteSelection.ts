import type { NoteId } from '@quintet/shared/ids'
import type { Verdict } from '@quintet/shared/rules'
import type { MouseEvent } from 'react'
import { announce } from '../ui/announcements.ts'
import { showToast } from '../ui/toasts.ts'
import { NOTE_ATTRIBUTE } from './noteFocus.ts'
import { between, clearSelection, selectAlso, toggleSelected, useSelected, useSelection } from './selection.ts'

/** What selects a note: a click with Ctrl, Cmd or Shift, a long press, its menu, Space. */
export interface NoteSelection {
  readonly selected: boolean
  readonly toggle: () => void
  /** Takes a click that selects. @returns whether it was one; any other lets go of what is selected. */
  readonly click: (event: MouseEvent<HTMLElement>) => boolean
  /** Keeps a press that selects from marking words. */
  readonly press: (event: MouseEvent<HTMLElement>) => void
  /** Takes a long press of a finger, which a browser tells as a context menu. */
  readonly hold: (event: MouseEvent<HTMLElement>) => void
}

const withKey = (event: MouseEvent) => event.ctrlKey || event.metaKey || event.shiftKey
const byFinger = ({ nativeEvent }: MouseEvent) => (nativeEvent as PointerEvent).pointerType === 'touch'

/** Selecting one note, which is for those who may place it. */
export function useNoteSelection(id: NoteId, mayPlace: Verdict): NoteSelection {
  const selected = useSelected(id)

  const toggle = () => {
    if (!mayPlace.allowed) showToast({ text: mayPlace.reason })
    else say(toggleSelected(id))
  }
  return {
    selected,
    toggle,
    press: (event) => {
      if (event.shiftKey) event.preventDefault()
    },
    click: (event) => {
      const last = [...useSelection.getState().ids].at(-1)
      if (event.shiftKey && last !== undefined && mayPlace.allowed)
        say(selectAlso(between(last, id, reading(event.currentTarget))))
      // With a finger there is no key to hold: once one is selected, a tap goes on.
      else if (withKey(event) || (last !== undefined && byFinger(event))) toggle()
      else {
        if (clearSelection()) announce('Nothing is selected.')
        return false
      }
      return true
    },
    hold: (event) => {
      if (!byFinger(event)) return
      event.preventDefault()
      toggle()
    },
  }
}

function say(count: number) {
  announce(count === 0 ? 'Nothing is selected.' : `${count} selected.`)
}

/** The notes around one on the screen, in reading order. */
function reading(element: HTMLElement): readonly NoteId[] {
  const board = element.closest<HTMLElement>('[data-board]') ?? document.body
  const notes = board.querySelectorAll(`article[${NOTE_ATTRIBUTE}]`)
  return [...notes].map((note) => note.getAttribute(NOTE_ATTRIBUTE) as NoteId)
}
