import type { AddRequest } from '@quintet/shared/desk'
import type { NoteId, RequestId } from '@quintet/shared/ids'
import { PHASES } from '@quintet/shared/phases'
import { useId, useLayoutEffect, useRef } from 'react'
import { useRequest, useRequests } from '../document/deskViews.ts'
import { useAnonymous, useDisplayName, useNote } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { announce } from '../ui/announcements.ts'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { momentWords } from '../ui/momentWords.ts'
import { Popover } from '../ui/Popover.tsx'
import { useKeptFocus } from '../ui/useKeptFocus.ts'
import styles from './RequestList.module.css'
import { useCommand, useWhyNot } from './useCommand.ts'

interface RequestListProps {
  readonly anchor: HTMLElement
  readonly onClose: () => void
}

/** So many are shown; the next ones follow as these are answered. */
const MOST = 50

/** Who asks to add what, where a lock or a step came first: to be accepted or declined one by one. */
export function RequestList({ anchor, onClose }: RequestListProps) {
  const requests = useRequests()
  const panel = useRef<HTMLDivElement>(null)
  const title = useId()
  const kept = useKeptFocus(() => panel.current?.querySelector<HTMLElement>('button') ?? panel.current)

  useLayoutEffect(() => {
    panel.current?.focus()
  }, [])

  return (
    <Popover
      anchor={anchor}
      align="end"
      onClose={onClose}
      role="dialog"
      aria-labelledby={title}
      className={styles.popover}
    >
      <div ref={panel} tabIndex={-1} className={styles.panel} {...kept}>
        <div className={styles.head}>
          <h2 id={title}>Requests to add</h2>
          <p>first come, first heard</p>
        </div>
        {requests.length === 0 && <p className={styles.none}>Nobody waits for an answer now.</p>}
        <ol>
          {requests.slice(0, MOST).map((id) => (
            <Row key={id} id={id} />
          ))}
        </ol>
        {requests.length > MOST && <p className={styles.none}>{requests.length - MOST} more follow.</p>}
      </div>
    </Popover>
  )
}

function Row({ id }: { readonly id: RequestId }) {
  const request = useRequest(id)
  return request ? <Waiting request={request} /> : null
}

/** One request with its answers. */
function Waiting({ request: { id, person, phase, text, note, at } }: { readonly request: AddRequest }) {
  const session = useSession()
  const name = useDisplayName(person)
  const anonymous = useAnonymous(phase)
  const command = useCommand()
  const reason = useWhyNot('An answer waits until you are back.')
  const words = useId()
  const answer = async (accept: boolean) => {
    if (await command({ name: 'answer request', request: id, accept }))
      announce(accept ? `Added to ${PHASES[phase].name}.` : 'Declined. The words stay with who asked.')
  }
  return (
    <li className={classes(styles.row, `ph-${phase}`)}>
      <p className={styles.who}>
        <b>{person === null ? 'Somebody' : name}</b> {note === null ? 'asks to add to' : 'asks for other words in'}{' '}
        <span className={styles.phase}>
          <Icon name={phase} size={12} />
          {PHASES[phase].name}
        </span>
      </p>
      {note !== null && <Before id={note} />}
      <p id={words} dir="auto" className={styles.paper}>
        {text}
      </p>
      <div className={styles.foot}>
        <span className={styles.facts}>
          {momentWords(at, session.now())}
          {anonymous && ', without a name'}
        </span>
        <Button size="sm" kind="ghost" reason={reason} aria-describedby={words} onClick={() => void answer(false)}>
          Decline
        </Button>
        <Button size="sm" reason={reason} aria-describedby={words} onClick={() => void answer(true)}>
          Accept
        </Button>
      </div>
    </li>
  )
}

/** The words that would be replaced, where their note still stands. */
function Before({ id }: { readonly id: NoteId }) {
  const note = useNote(id)
  const author = useDisplayName(note?.author ?? null)
  if (!note || note.removed)
    return <p className={styles.before}>The note was removed meanwhile. Accepted, this is a new one.</p>
  return (
    <p dir="auto" className={styles.before}>
      <span>{note.author === null ? 'Now: ' : `${author}, now: `}</span>
      {note.text.trim() === '' ? 'no words' : note.text}
    </p>
  )
}
