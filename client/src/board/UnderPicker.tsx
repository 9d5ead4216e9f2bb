import type { OutcomeId } from '@quintet/shared/board'
import type { PhaseId } from '@quintet/shared/phases'
import { lazy, useRef, useState } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './UnderPicker.module.css'
import { UnderWords } from './UnderWords.tsx'

const HangPicker = lazy(() => import('./HangPicker.tsx').then((module) => ({ default: module.HangPicker })))

interface UnderPickerProps {
  /** The phase whose outcomes can be picked. */
  readonly phase: PhaseId
  readonly under: OutcomeId | null
  readonly onPick: (under: OutcomeId | null) => void
}

/** What the next note will hang under, as a button that opens the list. */
export function UnderPicker({ phase, under, onPick }: UnderPickerProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.under}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen((before) => !before)}
      >
        <span className={`ph-${phase}`}>
          <Icon name={phase} size={14} className={styles.phase} />
        </span>
        <span className="sr">Hangs under:</span>
        <span className={styles.words}>
          <UnderWords id={under} phase={phase} />
        </span>
        <Icon name="down" size={12} />
      </button>
      {open && button.current && (
        <Part onFailed={() => setOpen(false)}>
          <HangPicker
            phase={phase}
            now={under}
            anchor={button.current}
            onPick={onPick}
            onClose={() => setOpen(false)}
          />
        </Part>
      )}
    </>
  )
}
