import type { OutcomeId } from '@quintet/shared/board'
import { firstWords } from '../board/words.ts'
import { useMarks, useOutcome, useWords } from '../document/views.ts'
import { useCommand, useWhyNot } from '../facilitator/useCommand.ts'
import { useSession } from '../session/SessionContext.tsx'
import { announce } from '../ui/announcements.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { refusable } from '../ui/refusal.ts'
import styles from './Keep.module.css'

interface KeepProps {
  readonly outcome: OutcomeId
}

/** Keeps an outcome that the team agreed to, or lets go of it: a facilitator's button. Everyone else reads what is kept. */
export function KeepButton({ outcome }: KeepProps) {
  const leads = useSession().me.role === 'facilitator'
  const kept = useMarks(outcome).kept === true
  const phase = useOutcome(outcome)?.phase
  if (!phase) return null
  return leads ? <Toggle outcome={outcome} kept={kept} hue={`ph-${phase}`} /> : kept && <Kept hue={`ph-${phase}`} />
}

function Kept({ hue }: { readonly hue: string }) {
  return (
    <span className={classes(styles.kept, hue)} data-kept="">
      <Icon name="check" size={12} />
      Kept
    </span>
  )
}

function Toggle({ outcome, kept, hue }: KeepProps & { readonly kept: boolean; readonly hue: string }) {
  const words = firstWords(useWords(outcome))
  const command = useCommand()
  const reason = useWhyNot()
  const toggle = async () => {
    if (!(await command({ name: 'mark', outcome, mark: 'kept', on: !kept }))) return
    announce(kept ? `Not kept any more: ${words}` : `Kept: ${words}`)
  }
  return (
    <button
      type="button"
      className={classes(styles.keep, kept && styles.on, hue)}
      data-kept={kept ? '' : undefined}
      aria-label={`${kept ? 'Kept' : 'Keep'}: ${words}`}
      title={kept ? 'Let go of it' : undefined}
      {...refusable(reason, () => void toggle())}
    >
      {kept && <Icon name="check" size={12} />}
      <span>{kept ? 'Kept' : 'Keep'}</span>
    </button>
  )
}
