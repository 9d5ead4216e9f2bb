import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import type { GlyphName } from './glyphs.tsx'
import { Icon } from './Icon.tsx'
import styles from './IconButton.module.css'
import { type Refusable, refusable } from './refusal.ts'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'aria-label' | 'title'>, Refusable {
  readonly icon: GlyphName
  /** What it does, in words: its accessible name and its tooltip. */
  readonly label: string
  readonly size?: 'sm' | 'md'
  /** The tooltip where the label is too long for one. */
  readonly tip?: string
}

/** A button with a glyph alone. */
export function IconButton({
  icon,
  label,
  size = 'md',
  tip,
  reason,
  onClick,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={tip ?? label}
      {...refusable(reason, onClick)}
      className={classes(styles.button, styles[size], className)}
    >
      <Icon name={icon} />
    </button>
  )
}
