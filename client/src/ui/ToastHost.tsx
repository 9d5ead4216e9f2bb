import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './ToastHost.module.css'
import { hideToast, type Toast, useToasts } from './toasts.ts'

/** How long a toast stays, ms: longer with something to do, and for ever while it has focus or the pointer. */
const STAYS = { plain: 5_000, action: 10_000 }

/** Where toasts appear: one polite live region for the whole app, so that screen readers know it before it speaks. */
export function ToastHost() {
  const shown = useToasts((toasts) => toasts.shown)
  const [held, setHeld] = useState(false)

  useEffect(() => {
    if (!shown || held) return
    const timer = setTimeout(hideToast, shown.action ? STAYS.action : STAYS.plain)
    return () => clearTimeout(timer)
  }, [shown, held])

  return (
    <div className={styles.host} role="status">
      {shown && <ShownToast key={shown.key} toast={shown} onHeld={setHeld} />}
    </div>
  )
}

interface ShownToastProps {
  readonly toast: Toast
  /** It gets the focus or the pointer, or loses it. */
  readonly onHeld: (held: boolean) => void
}

/** A toast that goes while it has the focus gives it back to where it came from. */
function ShownToast({ toast, onHeld }: ShownToastProps) {
  const element = useRef<HTMLDivElement>(null)
  const before = useRef<EventTarget | null>(null)
  const { action } = toast

  useLayoutEffect(() => {
    const shown = element.current
    return () => {
      if (shown?.contains(document.activeElement) && before.current instanceof HTMLElement)
        before.current.focus({ preventScroll: true })
    }
  }, [])

  const hide = () => {
    onHeld(false)
    hideToast()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer and focus only hold the toast; its buttons act.
    <div
      ref={element}
      className={styles.toast}
      onPointerEnter={() => onHeld(true)}
      onPointerLeave={() => onHeld(false)}
      onFocus={({ currentTarget, relatedTarget }) => {
        onHeld(true)
        if (!currentTarget.contains(relatedTarget)) before.current = relatedTarget
      }}
      onBlur={() => onHeld(false)}
    >
      {toast.icon && <Icon name={toast.icon} />}
      <span className={styles.text}>{toast.text}</span>
      {action && (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            action.run()
            hide()
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton icon="close" label="Close message" size="sm" onClick={hide} />
    </div>
  )
}
