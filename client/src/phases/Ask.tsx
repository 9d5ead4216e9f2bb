import { PHASES, type PhaseId } from '@quintet/shared/phases'
import type { ReactNode } from 'react'
import { useStage } from '../document/views.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './Ask.module.css'
import { stepWords } from './stepWords.ts'

interface AskProps {
  readonly phase: PhaseId
  /** What stands beside the phase's name instead of its step. */
  readonly detail?: string
  /** What stands at the other end of the line: how far this is, or what is broken. */
  readonly children?: ReactNode
}

/** The question over the wall, in the voice of the people who answer it, with where in the workshop it is asked. */
export function Ask({ phase, detail, children }: AskProps) {
  const step = useStage((stage) => stepWords(stage, phase))
  const { name, question } = PHASES[phase]
  return (
    <div className={classes(styles.ask, `ph-${phase}`)}>
      <div className={styles.words}>
        <p className={styles.where}>
          <Icon name={phase} size={14} />
          {name} <span>{detail ?? step}</span>
        </p>
        <h1 className={classes('voice', styles.question)}>{question}</h1>
      </div>
      {children}
    </div>
  )
}
