import { useLayoutEffect, useRef } from 'react'
import { putAway } from '../session/tray.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './Tray.module.css'
import { followFocus, takesFocus } from './trayFocus.ts'
import { useTrayOwner } from './useTray.ts'
import { counted } from './words.ts'

/** Where a tray that was put away can be had again. */
export function TrayButton({ count }: { readonly count: number }) {
  const owner = useTrayOwner()
  const button = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    if (takesFocus()) button.current?.focus()
  }, [])
  const label = `${counted(count, 'thing', 'things')} handed back to you`
  return (
    <Button
      ref={button}
      kind="ghost"
      size="sm"
      aria-label={label}
      title={label}
      onClick={() => {
        followFocus()
        putAway(owner, false)
      }}
    >
      <Icon name="undo" size={14} />
      <span className={styles.button}>Handed back</span>
      <span className="num">{count}</span>
    </Button>
  )
}
