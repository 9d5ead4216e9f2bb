import type { ReactNode } from 'react'
import styles from './Chip.module.css'
import { classes } from './classes.ts'
import type { GlyphName } from './glyphs.tsx'
import { Icon } from './Icon.tsx'

interface ChipProps {
  /** What it means: `phase` takes the hue of the phase class around it, `gold` is the thread's. */
  readonly tone?: 'plain' | 'phase' | 'ok' | 'warn' | 'bad' | 'gold'
  readonly icon?: GlyphName
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A word about a thing. Never colour alone: it has words, and mostly a glyph. */
export function Chip({ tone = 'plain', icon, className, children }: ChipProps) {
  return (
    <span className={classes(styles.chip, styles[tone], className)}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  )
}
