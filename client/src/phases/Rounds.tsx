import type { PhaseId } from '@quintet/shared/phases'
import { lazy, useRef, useState } from 'react'
import { counted } from '../board/words.ts'
import { useStage } from '../document/views.ts'
import { useTally } from '../document/votes.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Part } from '../ui/Part.tsx'
import { countedRounds } from './countedRounds.ts'
import styles from './Rounds.module.css'

const RoundsList = lazy(() => import('./RoundsList.tsx').then((module) => ({ default: module.RoundsList })))

/** What a phase's votes came to, in a line; a click lists every round. Nothing where nothing was counted. */
export function Rounds({ phase }: { readonly phase: PhaseId }) {
  const tally = useTally(phase)
  const rounds = useStage((stage) => countedRounds(stage, phase).length)
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  if (!tally) return null
  return (
    <>
      <Button
        ref={button}
        kind="ghost"
        size="sm"
        className={styles.rounds}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen((before) => !before)}
      >
        <Icon name="check" size={14} />
        <span className="num">
          {counted(tally.dots, 'dot', 'dots')} from {counted(tally.voted, 'person', 'people')}
          {rounds > 1 && `, ${rounds} rounds`}
        </span>
        <Icon name="down" size={12} />
      </Button>
      {open && button.current && (
        <Part onFailed={() => setOpen(false)}>
          <RoundsList phase={phase} anchor={button.current} onClose={() => setOpen(false)} />
        </Part>
      )}
    </>
  )
}
