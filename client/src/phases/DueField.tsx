import { isDay, type PlanView } from '@quintet/shared/board'
import { setDue } from '@quintet/shared/edits'
import type { Verdict } from '@quintet/shared/rules'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useEdit } from '../document/editing.ts'
import { useSession } from '../session/SessionContext.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { showToast } from '../ui/toasts.ts'
import { dueWords, localDay } from './dueWords.ts'
import styles from './PlanCell.module.css'

interface DueFieldProps {
  readonly plan: PlanView
  readonly words: string
  readonly may: Verdict
}

/** An action's due date: words in the person's locale, and a date field once it is changed. */
export function DueField({ plan, words, may }: DueFieldProps) {
  const session = useSession()
  const button = useRef<HTMLButtonElement>(null)
  const [editing, setEditing] = useState<'by pointer' | 'by key' | null>(null)
  const back = useRef(false)
  const shown = plan.due === null ? null : dueWords(plan.due, localDay(session.now()))

  useLayoutEffect(() => {
    if (editing || !back.current) return
    back.current = false
    button.current?.focus()
  }, [editing])

  if (editing)
    return (
      <DateInput
        plan={plan}
        words={words}
        calendar={editing === 'by pointer'}
        onDone={(byKey) => {
          back.current = byKey
          setEditing(null)
        }}
      />
    )
  if (session.me.role === 'observer') return <span className="num">{shown ?? '–'}</span>
  return (
    <button
      ref={button}
      type="button"
      className={classes(styles.cell, shown === null && styles.add, 'num')}
      aria-label={shown === null ? `Set a due date for: ${words}` : `Due ${shown}. Change the due date of: ${words}`}
      aria-disabled={may.allowed ? undefined : true}
      title={may.allowed ? undefined : may.reason}
      // A key press on a button is a click of no pointer, which counts none.
      onClick={({ detail }) =>
        may.allowed ? setEditing(detail > 0 ? 'by pointer' : 'by key') : showToast({ text: may.reason })
      }
    >
      {shown ?? (
        <>
          <Icon name="plus" size={12} />
          Due
        </>
      )}
    </button>
  )
}

interface DateInputProps {
  readonly plan: PlanView
  readonly words: string
  /** Whether the browser's calendar opens at once. It takes the keys of whoever types the date. */
  readonly calendar: boolean
  readonly onDone: (byKey: boolean) => void
}

/** Written once, when it is left: a date that is typed passes through many days that nobody means. */
function DateInput({ plan, words, calendar, onDone }: DateInputProps) {
  const edit = useEdit()
  const input = useRef<HTMLInputElement>(null)
  const done = useRef(false)

  useLayoutEffect(() => {
    input.current?.focus()
    if (!calendar) return
    try {
      input.current?.showPicker?.()
    } catch {
      // The browser opens its calendar only right after a click; the field can be typed into all the same.
    }
  }, [calendar])

  const finish = (keep: boolean, byKey: boolean) => {
    if (done.current) return
    done.current = true
    const value = input.current?.value ?? ''
    // A half typed date reads as empty; it takes nothing away.
    const unfinished = input.current?.validity.badInput === true
    if (keep && !unfinished && (value === '' || isDay(value))) edit(setDue(plan.id, value === '' ? null : value))
    onDone(byKey)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    // Focus goes back to the button, which the same Enter would press.
    event.preventDefault()
    finish(event.key === 'Enter', true)
  }
  return (
    <input
      ref={input}
      type="date"
      className={styles.date}
      aria-label={`Due date of: ${words}`}
      defaultValue={plan.due ?? ''}
      onKeyDown={onKeyDown}
      onBlur={() => finish(true, false)}
    />
  )
}
