import { classes } from '../ui/classes.ts'
import styles from './Dots.module.css'

interface DotsProps {
  /** Filled ones. */
  readonly placed: number
  /** Empty ones after them: dots that are still to be placed. */
  readonly free?: number
  readonly size?: 'small' | 'plain' | 'big' | 'huge'
}

/** Dots of a vote in the phase's hue. Decoration: whoever shows them says their number in words beside them. */
export function Dots({ placed, free = 0, size = 'plain' }: DotsProps) {
  return (
    <span className={classes(styles.dots, styles[size])} aria-hidden="true">
      {Array.from({ length: placed + free }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one dot is like another.
        <span key={at} className={classes(styles.dot, at >= placed && styles.free)} />
      ))}
    </span>
  )
}
