import { PHASES } from '@quintet/shared/phases'
import { lazy, useEffect, useRef, useState } from 'react'
import { useRequest, useRequests } from '../document/deskViews.ts'
import { useDisplayName } from '../document/views.ts'
import { announce } from '../ui/announcements.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './Requests.module.css'

const RequestList = lazy(() => import('./RequestList.tsx').then((module) => ({ default: module.RequestList })))

/** How many requests to add wait for an answer; a click lists them. Nothing until somebody has asked for the first time. */
export function Requests() {
  const { length } = useRequests()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  // Once it is there it stays: who answered the last one by key still stands somewhere.
  const [wanted, setWanted] = useState(length > 0)
  if (length > 0 && !wanted) setWanted(true)
  return (
    <>
      <Heard />
      {wanted && (
        <Button
          ref={button}
          kind="ghost"
          className={styles.button}
          aria-label={length === 0 ? 'Requests to add: none waits' : `Requests to add: ${length}`}
          title="Requests to add"
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen((before) => !before)}
        >
          <Icon name="upload" />
          {length > 0 && <span className={styles.badge}>{length}</span>}
        </Button>
      )}
      {open && button.current && (
        <Part onFailed={() => setOpen(false)}>
          <RequestList anchor={button.current} onClose={() => setOpen(false)} />
        </Part>
      )}
    </>
  )
}

/** Says of each request that comes while this page is open who asks, and for what. */
function Heard() {
  const requests = useRequests()
  const [latest] = requests.slice(-1)
  const request = useRequest(latest ?? NONE)
  const name = useDisplayName(request?.person ?? null)
  const heard = useRef(new Set(requests))
  useEffect(() => {
    if (!request || heard.current.has(request.id)) return
    heard.current.add(request.id)
    announce(`${request.person === null ? 'Somebody' : name} asks to add to ${PHASES[request.phase].name}.`)
  }, [request, name])
  return null
}

/** An id that no request has. */
const NONE = '' as ReturnType<typeof useRequests>[number]
