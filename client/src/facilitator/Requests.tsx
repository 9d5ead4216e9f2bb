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

/** How many requests to add wait for an answer; a click lists them. Nothing while nobody asks. */
export function Requests() {
  const { length } = useRequests()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const close = () => {
    const bar = button.current?.closest('section')
    setOpen(false)
    // With the last request its button goes: who answered by key goes on from the bar's first.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) bar?.querySelector('button')?.focus()
    })
  }
  return (
    <>
      <Heard />
      {(length > 0 || open) && (
        <Button
          ref={button}
          kind="ghost"
          className={styles.button}
          title="Requests to add"
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => (open ? close() : setOpen(true))}
        >
          <Icon name="upload" />
          <span className={styles.words}>Requests to add </span>
          <span className={styles.badge}>{length}</span>
        </Button>
      )}
      {open && button.current && (
        <Part onFailed={close}>
          <RequestList anchor={button.current} onClose={close} />
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
