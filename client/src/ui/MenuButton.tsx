import { type ReactNode, useRef, useState } from 'react'
import { Button, type ButtonKind } from './Button.tsx'
import type { GlyphName } from './glyphs.tsx'
import { IconButton } from './IconButton.tsx'
import { Menu, type MenuEntry } from './Menu.tsx'

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
        <Menu label={label} anchor={button.current} align={align} entries={entries()} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
