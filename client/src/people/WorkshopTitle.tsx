import { LIMITS } from '@quintet/shared/limits'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useStage } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { showToast } from '../ui/toasts.ts'
import styles from './WorkshopTitle.module.css'

/** The workshop's title; a facilitator changes it in place. */
export function WorkshopTitle() {
  const session = useSession()
  const title = useStage((stage) => stage.title)
  const [edited, setEdited] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const editing = edited !== null

  useLayoutEffect(() => {
    if (editing) input.current?.select()
  }, [editing])

  if (session.me.role !== 'facilitator')
    return (
      <span className={styles.title} title={title}>
        {title}
      </span>
    )

  const close = async (keep: boolean) => {
    const wanted = edited?.replace(/\s+/gu, ' ').trim() ?? ''
    setEdited(null)
    if (!keep || wanted === '' || wanted === title) return
    const reply = await session.command({ name: 'rename workshop', title: wanted })
    if (!reply.ok) showToast({ text: reply.message, icon: 'warning' })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    void close(event.key === 'Enter').then(() => button.current?.focus())
  }

  if (!editing)
    return (
      <button
        ref={button}
        type="button"
        className={`${styles.title} ${styles.button}`}
        title={`${title}. Click to rename`}
        onClick={() => setEdited(title)}
      >
        <span className={styles.words}>{title}</span>
        <span className="sr">, rename the workshop</span>
      </button>
    )

  return (
    <input
      ref={input}
      className={styles.input}
      aria-label="Title of the workshop"
      value={edited}
      maxLength={LIMITS.title}
      autoComplete="off"
      onChange={(event) => setEdited(event.target.value)}
      onBlur={() => void close(true)}
      onKeyDown={onKeyDown}
    />
  )
}
