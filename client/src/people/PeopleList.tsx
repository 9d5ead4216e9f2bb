import { LIMITS } from '@quintet/shared/limits'
import type { Person } from '@quintet/shared/stage'
import { type FormEvent, lazy, useLayoutEffect, useRef, useState } from 'react'
import { useDisplayNames, useHere, usePeople } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { TextInput } from '../ui/Field.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Part } from '../ui/Part.tsx'
import { Popover } from '../ui/Popover.tsx'
import { showToast } from '../ui/toasts.ts'
import styles from './PeopleList.module.css'
import { peopleInOrder } from './peopleOrder.ts'

const RemoveDialog = lazy(() => import('./RemoveDialog.tsx').then((module) => ({ default: module.RemoveDialog })))

interface PeopleListProps {
  readonly anchor: HTMLElement
  readonly onClose: () => void
}

/** Everyone in the workshop: who is here, who is away, who leads, and oneself, to be renamed. Facilitators can remove others. */
export function PeopleList({ anchor, onClose }: PeopleListProps) {
  const { me } = useSession()
  const people = usePeople()
  const names = useDisplayNames()
  const here = useHere()
  const list = useRef<HTMLDivElement>(null)
  const present = new Set(here.people)

  const [leaves, setLeaves] = useState<Person | null>(null)

  useLayoutEffect(() => {
    if (!leaves) list.current?.focus()
  }, [leaves])

  // In place of the list: a press in a dialog over it would be one outside of it, which closes it.
  if (leaves)
    return (
      <Part onFailed={() => setLeaves(null)}>
        <RemoveDialog person={leaves} name={names.get(leaves.id) ?? leaves.name} onClose={() => setLeaves(null)} />
      </Part>
    )
  return (
    <Popover anchor={anchor} align="end" onClose={onClose} role="dialog" aria-label="People" className={styles.popover}>
      <div ref={list} tabIndex={-1} className={styles.people}>
        <ul>
          {peopleInOrder(people.values(), present).map((person) => (
            <Row
              key={person.id}
              person={person}
              name={names.get(person.id) ?? person.name}
              here={present.has(person.id)}
              mine={person.id === me.id}
              onRemove={me.role === 'facilitator' ? () => setLeaves(person) : undefined}
            />
          ))}
        </ul>
        {here.observers > 0 && (
          <p className={styles.observers}>
            {here.observers === 1 ? '1 observer watches' : `${here.observers} observers watch`}
          </p>
        )}
      </div>
    </Popover>
  )
}

interface RowProps {
  readonly person: Person
  readonly name: string
  readonly here: boolean
  readonly mine: boolean
  /** Asks whether to remove them; undefined for those who may not. */
  readonly onRemove: (() => void) | undefined
}

function Row({ person, name, here, mine, onRemove }: RowProps) {
  const [renames, setRenames] = useState(false)
  const facts = [person.role === 'facilitator' && 'Facilitator', mine && 'you', !here && 'away'].filter(Boolean)
  if (renames) return <Rename person={person} onDone={() => setRenames(false)} />
  return (
    <li className={styles.row}>
      <Avatar name={name} away={!here} />
      <span className={styles.name}>{name}</span>
      <span className={styles.facts}>{facts.join(', ')}</span>
      {mine && <IconButton icon="edit" label="Change your name" size="sm" onClick={() => setRenames(true)} />}
      {!mine && onRemove && <IconButton icon="remove" label={`Remove ${name}`} size="sm" onClick={onRemove} />}
    </li>
  )
}

function Rename({ person, onDone }: { readonly person: Person; readonly onDone: () => void }) {
  const session = useSession()
  const [name, setName] = useState(person.name)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.replace(/\s+/gu, ' ').trim()
    onDone()
    if (wanted === '' || wanted === person.name) return
    const reply = await session.command({ name: 'rename person', person: person.id, to: wanted })
    if (!reply.ok) showToast({ text: reply.message, icon: 'warning' })
  }

  return (
    <li>
      <form className={styles.row} onSubmit={(event) => void submit(event)}>
        <TextInput
          aria-label="Your name"
          value={name}
          maxLength={LIMITS.name}
          autoComplete="off"
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" size="sm">
          Rename
        </Button>
      </form>
    </li>
  )
}
