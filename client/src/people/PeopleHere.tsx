import { lazy, useMemo, useRef, useState } from 'react'
import { useDisplayNames, useHere } from '../document/views.ts'
import { AvatarStack } from '../ui/Avatar.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './PeopleHere.module.css'

const PeopleList = lazy(() => import('./PeopleList.tsx').then((module) => ({ default: module.PeopleList })))

/** Who is here now; a click lists everyone. */
export function PeopleHere() {
  const here = useHere()
  const names = useDisplayNames()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const shown = useMemo(() => here.people.map((id) => names.get(id) ?? ''), [here.people, names])
  const label = `${shown.length} ${shown.length === 1 ? 'person' : 'people'} here`
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen((before) => !before)}
      >
        {/* The stack has its name: one of the button's own would leave out the letters that are seen. */}
        <AvatarStack names={shown} label={label} most={5} />
        <span className="sr">. Show the list</span>
      </button>
      {open && button.current && (
        <Part onFailed={() => setOpen(false)}>
          <PeopleList anchor={button.current} onClose={() => setOpen(false)} />
        </Part>
      )}
    </>
  )
}
