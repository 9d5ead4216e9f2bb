import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { classes } from './classes.ts'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'

interface DialogProps {
  /** A question or a name: what this is about. */
  readonly title: string
  /** Escape, the cross, or a click beside it. */
  readonly onClose: () => void
  readonly size?: 'md' | 'lg'
  /** Buttons, the primary one last. */
  readonly footer?: ReactNode
  readonly children?: ReactNode
}

/**
 * A native modal dialog. Mounted means open. Focus goes to what carries `data-focus` inside, else to the first that can
 * have it, and back to where it was when the dialog closes.
 */
export function Dialog({ title, onClose, size = 'md', footer, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    const before = document.activeElement
    if (!dialog.open) dialog.showModal()
    dialog.querySelector<HTMLElement>('[data-focus]')?.focus()
    return () => {
      dialog.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is one beside the dialog; by key, Escape does the same.
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      className={classes(styles.dialog, styles[size])}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className={styles.body}>
        <h2 id={titleId} className={classes('voice', styles.title)}>
          {title}
        </h2>
        {children}
        {footer !== undefined && <div className={styles.footer}>{footer}</div>}
        <IconButton icon="close" label="Close" className={styles.close} onClick={onClose} />
      </div>
    </dialog>
  )
}
