import type { PlanText, PlanView } from '@quintet/shared/board'
import { LIMITS } from '@quintet/shared/limits'
import type { Verdict } from '@quintet/shared/rules'
import { useLayoutEffect, useRef, useState } from 'react'
import { EditingFlag } from '../board/EditingFlag.tsx'
import { sayFull } from '../board/fullField.ts'
import { TextField } from '../document/TextField.tsx'
import { useSession } from '../session/SessionContext.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { showToast } from '../ui/toasts.ts'
import styles from './PlanCell.module.css'

interface PlanFieldProps {
  readonly plan: PlanView
  readonly field: PlanText
  /** What the field is called: "First step". */
  readonly label: string
  /** What stands there while it is empty: "Measure". */
  readonly add: string
  readonly words: string
  readonly may: Verdict
}

/** A text of the plan, changed in place. Several people can write in it at once. */
export function PlanField({ plan, field, label, add, words, may }: PlanFieldProps) {
  const { me } = useSession()
  const button = useRef<HTMLButtonElement>(null)
  const [editing, setEditing] = useState(false)
  const back = useRef(false)
  const text = plan[field]

  useLayoutEffect(() => {
    if (editing || !back.current) return
    back.current = false
    button.current?.focus()
  }, [editing])

  const end = (byKey: boolean) => {
    back.current = byKey
    setEditing(false)
  }
  return (
    <div className={styles.field}>
      <EditingFlag id={plan.id} field={field} className={styles.others} />
      {editing ? (
        <TextField
          target={{ of: 'plan', id: plan.id, field }}
          most={LIMITS.planField}
          label={`${label} of: ${words}`}
          multiline
          onLimit={() => sayFull(LIMITS.planField)}
          autoFocus
          className={styles.text}
          onDone={end}
        />
      ) : me.role === 'observer' ? (
        <p dir="auto">{text || '–'}</p>
      ) : (
        <button
          ref={button}
          type="button"
          dir="auto"
          className={classes(styles.cell, text === '' && styles.add)}
          aria-label={text === '' ? `Add: ${label.toLowerCase()} of: ${words}` : `${label}: ${text}`}
          aria-disabled={may.allowed ? undefined : true}
          title={may.allowed ? undefined : may.reason}
          onClick={() => (may.allowed ? setEditing(true) : showToast({ text: may.reason }))}
        >
          {text || (
            <>
              <Icon name="plus" size={12} />
              {add}
            </>
          )}
        </button>
      )}
    </div>
  )
}
