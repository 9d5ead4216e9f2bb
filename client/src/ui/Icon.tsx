import { classes } from './classes.ts'
import { GLYPHS, type GlyphName } from './glyphs.tsx'
import styles from './Icon.module.css'

interface IconProps {
  readonly name: GlyphName
  /** Edge length in px: 16 unless told. */
  readonly size?: 12 | 14 | 16 | 20
  readonly className?: string | undefined
}

/** A glyph beside words. It says nothing to a screen reader: the words, or its button's label, do. */
export function Icon({ name, size = 16, className }: IconProps) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={classes(styles.icon, styles[`s${size}`], className)}>
      {GLYPHS[name]}
    </svg>
  )
}
