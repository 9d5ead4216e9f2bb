import { useState } from 'react'
import { Link } from 'wouter'
import { Icon } from '../ui/Icon.tsx'
import { visitWords } from './dates.ts'
import styles from './RecentList.module.css'
import { readRecent } from './recent.ts'

const ROLES = { facilitator: 'Facilitator', member: 'Member', observer: 'Observer' } as const

/** The workshops that this browser was in. */
export function RecentList() {
  const [{ list, now }] = useState(() => ({ list: readRecent(), now: Date.now() }))
  return (
    <section aria-labelledby="recent">
      <div className={styles.head}>
        <h2 id="recent" className={`voice ${styles.title}`}>
          Recent
        </h2>
        <span className={styles.note}>Remembered in this browser only</span>
      </div>
      {list.length === 0 ? (
        <div className={styles.empty}>
          <p className={`voice ${styles.none}`}>No workshop yet</p>
          <p>Those that you create or join in this browser stand here.</p>
        </div>
      ) : (
        <ul className={styles.list}>
          {list.map((each) => (
            <li key={each.workshop}>
              <Link href={`/w/${each.workshop}`} className={styles.row}>
                <span className={styles.words}>
                  <span className={styles.name}>{each.title}</span>
                  <span className={styles.date}>{visitWords(each.visited, now)}</span>
                </span>
                <span className={styles.role}>{ROLES[each.role]}</span>
                <Icon name="right" className={styles.arrow} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.foot}>Not in the list? Open the link that you were given, or paste it with “Open a link”.</p>
    </section>
  )
}
