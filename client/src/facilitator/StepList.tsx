import { STEPS } from '@quintet/shared/phases'
import { useStage } from '../document/views.ts'
import styles from './StepList.module.css'
import { lengthWords } from './timerWords.ts'

/** The steps of the phase that the group is in: done, now, and the minutes to come. */
export function StepList() {
  const agenda = useStage((stage) => stage.agenda)
  const at = useStage((stage) => stage.at)
  const steps = agenda.phases.find(({ phase }) => phase === at.phase)?.steps ?? []
  const here = steps.findIndex((step) => step.id === at.step)
  return (
    <ol className={styles.steps} aria-label="Steps of this phase">
      {steps.map((step, index) => (
        <li
          key={step.id}
          className={index === here ? styles.now : styles.other}
          aria-current={index === here ? 'step' : undefined}
        >
          {STEPS[step.kind].name}
          <small>{index < here ? 'done' : lengthWords(step.duration)}</small>
        </li>
      ))}
    </ol>
  )
}
