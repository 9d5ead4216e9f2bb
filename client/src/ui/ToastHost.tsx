import { useEffect, useState } from 'react'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './ToastHost.module.css'
import { hideToast, useToasts } from './toasts.ts'

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
      {shown && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the pointer and focus only hold the toast; its buttons act.
        <div
          key={shown.key}
          className={styles.toast}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          {shown.icon && <Icon name={shown.icon} />}
          <span className={styles.text}>{shown.text}</span>
          {shown.action && (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                shown.action?.run()
                setHeld(false)
                hideToast()
              }}
            >
              {shown.action.label}
            </button>
          )}
          <IconButton
            icon="close"
            label="Close message"
            size="sm"
            onClick={() => {
              setHeld(false)
              hideToast()
            }}
          />
        </div>
      )}
    </div>
  )
}
