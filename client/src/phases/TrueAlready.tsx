import type { OutcomeId } from '@quintet/shared/board'
import { useMarks } from '../document/views.ts'
import { useCommand, useWhyNot } from '../facilitator/useCommand.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './TrueAlready.module.css'

/** Says of a statement without a gap that it needs none. It is a facilitator's word, so members have no button. */
export function TrueAlreadyButton({ statement, words }: { readonly statement: OutcomeId; readonly words: string }) {
  const command = useCommand()
  const reason = useWhyNot()
  if (useSession().me.role !== 'facilitator') return null
  return (
    <Button
      kind="ghost"
      size="sm"
      className={styles.button}
      reason={reason}
      aria-label={`It is true already: ${words}`}
      onClick={() => void command({ name: 'mark', outcome: statement, mark: 'true', on: true })}
    >
      It is true already
    </Button>
  )
}

/** What stands under a statement that is true already, with the way back. */
export function TrueAlready({ statement, words }: { readonly statement: OutcomeId; readonly words: string }) {
  const command = useCommand()
  const reason = useWhyNot()
  const leads = useSession().me.role === 'facilitator'
  if (!useMarks(statement).true) return null
  return (
    <p className={styles.true}>
      <Icon name="check" size={14} className={styles.check} />
      <span>It is true already</span>
      {leads && (
        <Button
          kind="ghost"
          size="sm"
          reason={reason}
          aria-label={`Not yet: ${words}`}
          onClick={() => void command({ name: 'mark', outcome: statement, mark: 'true', on: false })}
        >
          Not yet
        </Button>
      )}
    </p>
  )
}
