import { useStage } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { once } from './clicks.ts'
import { rememberDone, useDone } from './doneSteps.ts'
import styles from './MoveButtons.module.css'
import { useCommand, useWhyNot } from './useCommand.ts'
import { worksAlone } from './worksAlone.ts'

interface DoneButtonProps {
  /** Beside the button that moves everyone on, which is the main one there. */
  readonly quiet?: boolean
}

/** Says that one is done with a step in which each works alone, or takes it back. Nothing in other steps. */
export function DoneButton({ quiet = false }: DoneButtonProps) {
  const { workshop, me } = useSession()
  const step = useStage(({ at }) => at)
  const works = useStage(worksAlone)
  const own = { workshop, person: me.id, step }
  const done = useDone(own)
  const command = useCommand()
  const reason = useWhyNot('The others are told once you are back.')
  if (!works || me.role === 'observer') return null
  const toggle = async () => {
    if (await command({ name: 'done', step, done: !done })) rememberDone(own, !done)
  }
  return (
    <Button
      kind={done || quiet ? 'second' : 'primary'}
      className={styles.main}
      aria-pressed={done}
      reason={reason}
      {...once(() => void toggle())}
    >
      {done && <Icon name="check" />}
      I’m done
    </Button>
  )
}
