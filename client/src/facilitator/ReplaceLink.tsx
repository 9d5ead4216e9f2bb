import { useState } from 'react'
import { ApiError, replaceLink } from '../api.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { showToast } from '../ui/toasts.ts'
import styles from './ReplaceLink.module.css'

interface ReplaceLinkProps {
  /** Whose invitation it is. */
  readonly of: 'member' | 'observer'
  readonly onReplaced: () => void
}

const NAMES = { member: 'join link', observer: 'observer link' } as const

/** Makes an invitation anew, after asking: the old one opens nothing any more. */
export function ReplaceLink({ of, onReplaced }: ReplaceLinkProps) {
  const { workshop } = useSession()
  const [asks, setAsks] = useState(false)
  const name = NAMES[of]

  const replace = async () => {
    setAsks(false)
    try {
      await replaceLink(workshop, of)
      onReplaced()
      showToast({ text: `The ${name} is a new one. The old one opens nothing any more`, icon: 'check' })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      showToast({ text: error.message, icon: 'warning' })
    }
  }

  if (!asks)
    return (
      <Button kind="ghost" size="sm" className={styles.open} onClick={() => setAsks(true)}>
        Replace the {name}…
      </Button>
    )
  return (
    <fieldset className={styles.ask}>
      <legend className="sr">Replace the {name}</legend>
      <p>The old {name} opens nothing any more. Whoever is in stays in.</p>
      <span className={styles.buttons}>
        <Button kind="ghost" size="sm" onClick={() => setAsks(false)}>
          Keep it
        </Button>
        <Button kind="danger" size="sm" onClick={() => void replace()}>
          Replace {name}
        </Button>
      </span>
    </fieldset>
  )
}
