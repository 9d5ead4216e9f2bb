import { Fragment, type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { classes } from './classes.ts'
import type { GlyphName } from './glyphs.tsx'
import { Icon } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'
import styles from './Menu.module.css'
import { Popover } from './Popover.tsx'
import { showToast } from './toasts.ts'

/** Something to do, in a menu. */
export interface MenuItem {
  readonly label: string
  readonly icon?: GlyphName
  /** The key that does the same, such as `Alt ←`. */
  readonly keys?: string
  /** Why it is not possible now. The item stays in its place and says so. */
  readonly reason?: string | undefined
  /** It takes something away. */
  readonly danger?: boolean
  /** For one of several that are chosen from: whether it is the one. */
  readonly checked?: boolean
  readonly run: () => void
}

/** A menu's content from top to bottom; `heading` names what follows. */
export type MenuEntry = MenuItem | 'separator' | { readonly heading: string }

interface MenuProps {
  /** What the menu is for, for screen readers. */
  readonly label: string
  /** What it stands beside, and what gets focus back. */
  readonly anchor: HTMLElement
  readonly entries: readonly MenuEntry[]
  readonly align?: 'start' | 'end'
  readonly onClose: () => void
}

/** How long letters belong together, ms. */
const PAUSE = 700

const itemsOf = (list: HTMLElement | null) => [...(list?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]

const isItem = (entry: MenuEntry): entry is MenuItem => typeof entry === 'object' && 'run' in entry

/** An open menu: arrows, Home, End and typing move, Enter and Space do it, Escape and Tab close. */
export function Menu({ label, anchor, entries, align = 'start', onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })

  const items = () => itemsOf(list.current)
  const focusAt = (index: number) => {
    const all = items()
    all[(index + all.length) % all.length]?.focus()
  }

  useLayoutEffect(() => {
    const [first] = itemsOf(list.current)
    // Where the menu begins with a choice of several, the chosen one is where to start.
    const chosen =
      first?.getAttribute('role') === 'menuitemradio' &&
      list.current?.querySelector<HTMLElement>('[aria-checked="true"]')
    const start = chosen || first
    start?.focus({ preventScroll: true })
  }, [])

  /** Whether letters were typed just now: a space then goes on with them, instead of choosing. */
  const isTyping = (event: KeyboardEvent) => typed.current.text !== '' && event.timeStamp - typed.current.at < PAUSE
  const typeAhead = (event: KeyboardEvent, from: number) => {
    const text = isTyping(event) ? typed.current.text + event.key : event.key
    typed.current = { text, at: event.timeStamp }
    const words = items().map((item) => item.textContent.toLocaleLowerCase())
    const wanted = text.toLocaleLowerCase()
    // One letter goes on to the next match; more letters may stay where they are.
    const start = text.length === 1 ? from + 1 : from
    const order = words.map((_, step) => (start + step) % words.length)
    const hit = order.find((index) => words[index]?.startsWith(wanted))
    if (hit !== undefined) focusAt(hit)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const at = items().indexOf(document.activeElement as HTMLElement)
    if (event.key === 'ArrowDown') focusAt(at + 1)
    else if (event.key === 'ArrowUp') focusAt(at - 1)
    else if (event.key === 'Home') focusAt(0)
    else if (event.key === 'End') focusAt(-1)
    else if (event.key === 'Tab') onClose()
    else if (
      event.key.length === 1 &&
      (event.key !== ' ' || isTyping(event)) &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    )
      typeAhead(event, at)
    else return
    event.preventDefault()
  }

  const choose = (item: MenuItem) => {
    onClose()
    if (item.reason === undefined) item.run()
    else showToast({ text: item.reason })
  }

  return (
    <Popover anchor={anchor} align={align} onClose={onClose} className={styles.popover}>
      <div ref={list} role="menu" aria-label={label} className={styles.menu} tabIndex={-1} onKeyDown={onKeyDown}>
        {entries.map((entry, index) =>
          isItem(entry) ? (
            <button
              key={entry.label}
              type="button"
              {...(entry.checked === undefined
                ? { role: 'menuitem' }
                : { role: 'menuitemradio', 'aria-checked': entry.checked })}
              aria-disabled={entry.reason !== undefined || undefined}
              title={entry.reason}
              tabIndex={-1}
              className={classes(styles.item, entry.danger && styles.danger)}
              onClick={() => choose(entry)}
              onPointerMove={(event) => {
                if (event.pointerType === 'mouse') event.currentTarget.focus()
              }}
            >
              {entry.icon && <Icon name={entry.icon} className={styles.icon} />}
              <span className={styles.label}>{entry.label}</span>
              {entry.checked && <Icon name="check" size={14} />}
              {entry.keys && (
                <span aria-hidden="true">
                  <Kbd>{entry.keys}</Kbd>
                </span>
              )}
            </button>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: separators and headings hold no state.
            <Fragment key={index}>
              {entry === 'separator' ? (
                <hr className={styles.line} />
              ) : (
                <div role="presentation" className={styles.heading}>
                  {entry.heading}
                </div>
              )}
            </Fragment>
          ),
        )}
      </div>
    </Popover>
  )
}
