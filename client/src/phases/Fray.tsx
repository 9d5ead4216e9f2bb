import styles from './Fray.module.css'

/** The loose end of a thread, where it is broken. */
export function Fray() {
  return (
    <svg className={styles.fray} viewBox="0 0 26 46" aria-hidden="true">
      <path className={styles.thread} d="M10 0v24" />
      <path className={styles.ends} d="M10 23c0 6-4 8-5 14M10 23c0 7 1 9 0 16M10 23c0 6 4 7 6 12" />
    </svg>
  )
}
