import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Logo } from '../ui/Logo.tsx'
import styles from './Threshold.module.css'

interface ThresholdProps {
  /** A quiet line over the title. */
  readonly over?: string
  readonly title: string
  /** What happened, what is safe, what to do. */
  readonly text?: string
  readonly children?: ReactNode
}

/** The page before a workshop: a question, or why it cannot be opened. Made for a phone first. */
export function Threshold({ over, title, text, children }: ThresholdProps) {
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Link href="/" className={styles.home}>
          <Logo named />
        </Link>
      </header>
      <main className={styles.main}>
        {over !== undefined && <p className={styles.over}>{over}</p>}
        <h1 className={`voice ${styles.title}`}>{title}</h1>
        {text !== undefined && <p className={styles.text}>{text}</p>}
        {children !== undefined && <div className={styles.rest}>{children}</div>}
      </main>
    </div>
  )
}
