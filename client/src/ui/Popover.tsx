import { type ComponentProps, type KeyboardEvent, type SyntheticEvent, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { classes } from './classes.ts'
import styles from './Popover.module.css'
import { type Placement, placeBeside } from './placement.ts'

interface PopoverProps extends Omit<ComponentProps<'div'>, 'popover' | 'ref'> {
  /** What it stands beside, and what gets focus back when it closes from within. */
  readonly anchor: HTMLElement
  readonly align?: 'start' | 'end'
  /** Escape, a click elsewhere, or focus that left. */
  readonly onClose: () => void
}

/** The window as it can be seen: a phone's keyboard takes from it. */
function viewBox() {
  const view = window.visualViewport
  const left = view?.offsetLeft ?? 0
  const top = view?.offsetTop ?? 0
  return {
    left,
    top,
    right: left + (view?.width ?? window.innerWidth),
    bottom: top + (view?.height ?? window.innerHeight),
  }
}

/** What happens in a popover is not the business of the note or row that it was opened from. */
const keepInside = (event: SyntheticEvent) => event.stopPropagation()

/**
 * Something light over the page, beside its anchor: in the top layer, closed by Escape and by a click elsewhere.
 * Mounted means open. Whoever opens it moves focus inside; on closing, focus goes back to the anchor.
 */
export function Popover({ anchor, align = 'start', onClose, className, children, ...rest }: PopoverProps) {
  const ref = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  close.current = onClose
  const [placement, setPlacement] = useState<Placement | null>(null)

  useLayoutEffect(() => {
    const popover = ref.current
    if (!popover) return
    popover.showPopover?.()
    const place = () => {
      const { width } = popover.getBoundingClientRect()
      // scrollHeight is its height without the limit that the last placement gave it.
      const size = { width, height: popover.scrollHeight }
      setPlacement(placeBeside(anchor.getBoundingClientRect(), size, viewBox(), window.innerHeight, align))
    }
    place()
    const resized = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(place)
    resized?.observe(popover)
    const clickElsewhere = (event: PointerEvent) => {
      const target = event.target as Node
      // A press on the anchor is its own toggle's business.
      if (!popover.contains(target) && !anchor.contains(target)) close.current()
    }
    document.addEventListener('pointerdown', clickElsewhere, true)
    window.addEventListener('scroll', place, { capture: true, passive: true })
    window.addEventListener('resize', place)
    window.visualViewport?.addEventListener('resize', place)
    return () => {
      resized?.disconnect()
      document.removeEventListener('pointerdown', clickElsewhere, true)
      window.removeEventListener('scroll', place, { capture: true })
      window.removeEventListener('resize', place)
      window.visualViewport?.removeEventListener('resize', place)
      if (popover.contains(document.activeElement)) anchor.focus()
    }
  }, [anchor, align])

  const closeOnEscape = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key !== 'Escape') return
    // Otherwise the dialog that this may stand in would close as well.
    event.preventDefault()
    onClose()
  }

  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps events inside; what it holds has the roles.
    <div
      {...rest}
      ref={ref}
      popover="manual"
      className={classes(styles.popover, placement?.as === 'sheet' && styles.sheet, className)}
      style={
        placement?.as === 'sheet'
          ? { bottom: placement.bottom, maxHeight: placement.maxHeight }
          : { left: placement?.left, top: placement?.top, maxHeight: placement?.maxHeight }
      }
      onKeyDown={closeOnEscape}
      onClick={keepInside}
      onPointerDown={keepInside}
      onFocus={keepInside}
      onBlur={keepInside}
    >
      {children}
    </div>,
    // Outside of an open dialog everything is inert, the body's other children among it.
    anchor.closest('dialog') ?? document.body,
  )
}
