import type { ReactNode } from 'react'
import styles from './Banner.module.css'
import { classes } from './classes.ts'
import type { GlyphName } from './glyphs.tsx'
import { Icon } from './Icon.tsx'

interface BannerProps {
  readonly icon: GlyphName
  readonly tone?: 'warn' | 'bad' | 'plain'
  /** What happened. */
  readonly title: string
  /** What is safe, and what to do. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** A message across the page that stays until its cause is gone. */
export function Banner({ icon, tone = 'warn', title, children, action }: BannerProps) {
  return (
    <div className={classes(styles.banner, styles[tone])} role="status">
      <Icon name={icon} className={styles.icon} />
      <p className={styles.words}>
        <b>{title}</b> {children}
      </p>
      {action}
    </div>
  )
}
