import { currentStep, type StageView } from '@quintet/shared/stage'
import { useStage } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { once } from './clicks.ts'
import { rememberDone, useDone } from './doneSteps.ts'
import styles from './MoveButtons.module.css'
import { useCommand, useWhyNot } from './useCommand.ts'

/** Says that one is done with a step in which each works alone, or takes it back. Nothing in other steps. */
export function DoneButton() {
  const { workshop, me } = useSession()
  const step = useStage(({ at }) => at)
  const works = useStage(worksAlone)
  const own = { workshop, person: me.id, step }
  const done = useDone(own)
  const command = useCommand()
  const reason = useWhyNot()
  if (!works || me.role === 'observer') return null
  const toggle = async () => {
    if (await command({ name: 'done', step, done: !done })) rememberDone(own, !done)
  }
  return (
    <Button
      kind={done ? 'second' : 'primary'}
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

function worksAlone(stage: StageView): boolean {
  const { kind } = currentStep(stage)
  return stage.state === 'running' && (kind === 'write' || kind === 'vote')
}
