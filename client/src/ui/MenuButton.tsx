import { lazy, type ReactNode, useRef, useState } from 'react'
import { Button, type ButtonKind } from './Button.tsx'
import type { GlyphName } from './glyphs.tsx'
import { IconButton } from './IconButton.tsx'
import type { MenuEntry } from './Menu.tsx'
import { Part } from './Part.tsx'

const loadMenu = () => import('./Menu.tsx').then((module) => ({ default: module.Menu }))
const Menu = lazy(loadMenu)

/** A hand or focus on the button brings the menu's code, so that the click finds it there. */
const prepare = () => {
  // What cannot be fetched now is asked for again, and told, on the click.
  loadMenu().catch(() => undefined)
}

interface MenuButtonProps {
  /** The button's name, and the menu's. */
  readonly label: string
  /** Asked when the menu opens. */
  readonly entries: () => readonly MenuEntry[]
  readonly align?: 'start' | 'end'
  readonly className?: string | undefined
  /** The glyph of a button without words. */
  readonly icon?: GlyphName
  readonly size?: 'sm' | 'md'
  /** Words, where it has some; `kind` is theirs. */
  readonly children?: ReactNode
  readonly kind?: ButtonKind
}

/** A button that opens a menu: with a glyph alone ("more" unless told), or with words. */
export function MenuButton({
  label,
  entries,
  align = 'end',
  className,
  icon = 'more',
  size = 'md',
  children,
  kind = 'second',
}: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const shared = {
    ref: button,
    size,
    className,
    'aria-haspopup': 'menu' as const,
    'aria-expanded': open,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: () => setOpen((before) => !before),
  }
  return (
    <>
      {children === undefined ? (
        <IconButton icon={icon} label={label} {...shared} />
      ) : (
        <Button kind={kind} aria-label={label} {...shared}>
          {children}
        </Button>
      )}
      {open && button.current && (
        <Part onFailed={() => setOpen(false)}>
          <Menu
            label={label}
            anchor={button.current}
            align={align}
            entries={entries()}
            onClose={() => setOpen(false)}
          />
        </Part>
      )}
    </>
  )
}
