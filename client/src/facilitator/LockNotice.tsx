import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useDisplayName, useStage } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { momentWords } from '../ui/momentWords.ts'
import styles from './LockNotice.module.css'
import { useLocking } from './locking.ts'
import { useWhyNot } from './useCommand.ts'

/** Over a locked phase: who locked it and when, and for facilitators the way to open it again. */
export function LockNotice({ phase }: { readonly phase: PhaseId }) {
  const session = useSession()
  const lock = useStage((stage) => stage.locks[phase])
  const name = useDisplayName(lock?.by ?? null)
  if (!lock) return null
  const who = lock.by === session.me.id ? 'You' : name
  return (
    <p className={styles.notice}>
      <Icon name="lock" size={14} />
      <span>
        {who} locked {PHASES[phase].name} at {momentWords(lock.at, session.now())}. It can be read, not changed.
      </span>
      {session.me.role === 'facilitator' && <Unlock phase={phase} />}
    </p>
  )
}

function Unlock({ phase }: { readonly phase: PhaseId }) {
  const lock = useLocking()
  const reason = useWhyNot('A lock holds for everyone, so it waits until you are back.')
  return (
    <Button size="sm" reason={reason} onClick={() => void lock(phase, false)}>
      Unlock
    </Button>
  )
}
