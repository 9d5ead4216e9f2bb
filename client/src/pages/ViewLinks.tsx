import { useLayoutEffect } from 'react'
import { Link } from 'wouter'
import { useSession } from '../session/SessionContext.tsx'
import styles from './ViewLinks.module.css'

const VIEWS = [
  { view: 'board', name: 'Workshop', path: '' },
  { view: 'thread', name: 'Thread', path: '/thread' },
  { view: 'plan', name: 'Plan', path: '/plan' },
] as const

/** What of a workshop an address shows. */
export type WorkshopView = (typeof VIEWS)[number]['view']

/** The ways between the workshop's views. */
export function ViewLinks({ here }: { readonly here: WorkshopView }) {
  const { workshop } = useSession()
  // Another view is read from its top, not from where the last one was left.
  useLayoutEffect(() => {
    document.documentElement.scrollTop = 0
  }, [])
  return (
    <nav className={styles.views} aria-label="Workshop" data-views="">
      {VIEWS.map(({ view, name, path }) =>
        view === here ? (
          <span key={view} className={`${styles.view} ${styles.here}`} aria-current="page">
            {name}
          </span>
        ) : (
          <Link key={view} href={`/w/${workshop}${path}`} className={styles.view}>
            {name}
          </Link>
        ),
      )}
    </nav>
  )
}
