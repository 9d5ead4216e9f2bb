import type { PhaseId } from '@quintet/shared/phases'
import { Button } from '../ui/Button.tsx'
import { once } from './clicks.ts'
import styles from './Revotes.module.css'
import { useWhyNot } from './useCommand.ts'
import { useRevote } from './useRevote.ts'

/** The two ways back to a vote that was closed, beside its totals. */
export function Revotes({ phase }: { readonly phase: PhaseId }) {
  const revote = useRevote(phase)
  const reason = useWhyNot()
  if (!revote) return null
  return (
    <div className={styles.ways}>
      <Button
        size="sm"
        reason={reason ?? revote.sealed}
        title="Goes on with the dots as they were"
        {...once(revote.reopen)}
      >
        Reopen vote
      </Button>
      <Button size="sm" reason={reason} title="Begins a new round, with all dots free" {...once(revote.again)}>
        Vote again
      </Button>
    </div>
  )
}
