import { useId, useRef, useState } from 'react'
import { announce } from './announcements.ts'
import { Button } from './Button.tsx'
import styles from './CopyLine.module.css'
import { copyText } from './copyText.ts'
import { Icon } from './Icon.tsx'

interface CopyLineProps {
  /** What the text is, such as "Join link". */
  readonly label: string
  readonly text: string
  /** What to know before handing it on. */
  readonly hint?: string
  /** The button of its view. */
  readonly primary?: boolean
}

/** A text to take along, with a button that copies it; where copying is not to be had, the text stands selected. */
export function CopyLine({ label, text, hint, primary = false }: CopyLineProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<string | null>(null)
  const done = copied === text

  const copy = async () => {
    if (await copyText(text)) {
      setCopied(text)
      announce(`${label} copied`)
      return
    }
    field.current?.focus()
    field.current?.select()
    announce('This browser does not let a page copy. The text is selected: copy it with your keyboard or its menu.')
  }

  return (
    <div className={styles.line}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.row}>
        <input
          ref={field}
          id={id}
          className={styles.text}
          value={text}
          readOnly
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          kind={primary ? 'primary' : 'second'}
          aria-label={`${done ? 'Copied' : 'Copy'}: ${label}`}
          onClick={() => void copy()}
        >
          <Icon name={done ? 'check' : 'copy'} size={14} />
          {done ? 'Copied' : 'Copy'}
        </Button>
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}
