import styles from './Skeleton.module.css'

/** The workshop's outline while it loads: nothing jumps when it arrives. */
export function Skeleton() {
  return (
    <div className={styles.page} role="status">
      <span className="sr">The workshop is being opened</span>
      <div className={styles.header} />
      <div className={styles.ask}>
        <span className={styles.where} />
        <span className={styles.question} />
      </div>
      <div className={styles.wall}>
        {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((note) => (
          <span key={note} className={styles.note} />
        ))}
      </div>
    </div>
  )
}
