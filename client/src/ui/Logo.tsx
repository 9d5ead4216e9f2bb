import { classes } from './classes.ts'
import styles from './Logo.module.css'

interface LogoProps {
  /** Whether the name stands beside the mark. */
  readonly named?: boolean
  readonly className?: string | undefined
}

/** Five bars, one per phase; the last is the thread's end. */
export function Logo({ named = false, className }: LogoProps) {
  return (
    <span className={classes(styles.logo, className)}>
      <span className={styles.mark} aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
        <i />
      </span>
      <span className={named ? styles.name : 'sr'}>Quintet</span>
    </span>
  )
}
