import type { NoteId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { useEffect, useRef, useState } from 'react'
import { useMay, useWall } from '../document/views.ts'
import { announce } from '../ui/announcements.ts'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { useToasts } from '../ui/toasts.ts'
import { GroupPicker } from './GroupPicker.tsx'
import styles from './SelectionBar.module.css'
import { clearSelection, useSelection } from './selection.ts'
import { useParking } from './useParking.ts'
import { counted } from './words.ts'

/** What can be done with the notes that are selected. Escape lets go of them, wherever focus is. */
export function SelectionBar({ phase }: { readonly phase: PhaseId }) {
  const selected = useSelection(({ ids }) => ids)
  // What others removed meanwhile is not selected any more; and what is grouped stays in reading order.
  const ids: readonly NoteId[] = useWall(phase).filter((id) => selected.has(id))
  const mayPlace = useMay('place', { phase, author: null })
  const parking = useParking(phase)
  // A toast comes where the bar stands.
  const lifted = useToasts(({ shown }) => shown !== null)
  const group = useRef<HTMLButtonElement>(null)
  const [picking, setPicking] = useState(false)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      // A field and a dialog take Escape for themselves first.
      if (document.querySelector('dialog[open]') || isField(event.target)) return
      clear()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])

  if (ids.length === 0) return null
  return (
    <div className={classes(styles.host, lifted && styles.lifted)}>
      <div role="toolbar" aria-label="Selected notes" className={styles.bar}>
        <span className={styles.count}>{ids.length} selected</span>
        <Button
          ref={group}
          kind="ghost"
          size="sm"
          reason={mayPlace.allowed ? undefined : mayPlace.reason}
          aria-haspopup="dialog"
          aria-expanded={picking}
          onClick={() => setPicking((before) => !before)}
        >
          <Icon name="group" size={14} />
          Group…
        </Button>
        {parking.offered && (
          <Button
            kind="ghost"
            size="sm"
            reason={parking.reason}
            onClick={() => void parking.park(ids, counted(ids.length, 'note', 'notes'))}
          >
            Park
          </Button>
        )}
        <IconButton icon="close" size="sm" label="Clear the selection" onClick={clear} />
      </div>
      {picking && group.current && (
        <GroupPicker notes={ids} phase={phase} anchor={group.current} onClose={() => setPicking(false)} />
      )}
    </div>
  )
}

function clear() {
  if (clearSelection()) announce('Nothing is selected.')
}

const isField = (target: EventTarget | null) => target instanceof Element && target.matches('input, textarea')
