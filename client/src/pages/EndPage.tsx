import { lazy } from 'react'
import { Link } from 'wouter'
import type { SessionState } from '../session/session.ts'
import { Button } from '../ui/Button.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './EndPage.module.css'
import { Threshold } from './Threshold.tsx'

/** What was not saved, brought when it is wanted. */
export const UnsavedWords = lazy(() =>
  import('./UnsavedWords.tsx').then((module) => ({ default: module.UnsavedWords })),
)

/** How a session can end. */
type Ended = Extract<SessionState, { readonly is: 'refused' | 'removed' }>

/** Why the workshop is not shown any more, and what to do. */
export function EndPage({ state }: { readonly state: Ended }) {
  const removed = state.is === 'removed'
  return (
    <Threshold
      title={removed ? 'You are no longer in this workshop' : 'The workshop cannot be shown'}
      text={state.reason}
    >
      <div className={styles.buttons}>
        {!removed && (
          <Button kind="primary" size="lg" onClick={() => location.reload()}>
            Reload the page
          </Button>
        )}
        <Link href="/" className={styles.home}>
          To the home page
        </Link>
      </div>
      <Part>
        <UnsavedWords />
      </Part>
    </Threshold>
  )
}
