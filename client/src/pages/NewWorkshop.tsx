import { LIMITS } from '@quintet/shared/limits'
import { type FormEvent, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { keepFreshLink } from '../facilitator/freshLink.ts'
import { Button } from '../ui/Button.tsx'
import { Field, TextInput } from '../ui/Field.tsx'
import { AgendaChoice, agendaOf, USUAL } from './AgendaChoice.tsx'
import styles from './NewWorkshop.module.css'
import { readName, rememberName } from './name.ts'
import { useCreate } from './useCreate.ts'

/** The form of a new workshop. */
export function NewWorkshop() {
  const [, navigate] = useLocation()
  const { create, pending, failure } = useCreate()
  const [title, setTitle] = useState('')
  const [name, setName] = useState(readName)
  const [manner, setManner] = useState(USUAL)
  const [createKey, setCreateKey] = useState('')
  const [untitled, setUntitled] = useState(false)
  const titleInput = useRef<HTMLInputElement>(null)
  const needsKey = failure?.code === 'create-key'

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (pending) return
    if (title.trim() === '') {
      setUntitled(true)
      titleInput.current?.focus()
      return
    }
    const created = await create({
      title: title.trim(),
      agenda: agendaOf(manner),
      ...(name.trim() !== '' && { name: name.trim() }),
      ...(createKey.trim() !== '' && { createKey: createKey.trim() }),
    })
    if (!created) return
    if (name.trim() !== '') rememberName(name.trim())
    keepFreshLink(created.workshop, created.links.facilitator, true)
    navigate(`/w/${created.workshop}`)
  }

  return (
    <section aria-labelledby="new-workshop">
      <h1 id="new-workshop" className={`voice ${styles.title}`}>
        A new workshop
      </h1>
      <p className={styles.lead}>
        Principles, ideal state, gaps, actions, owners. One sitting, and a plan at the end of it.
      </p>
      <form className={styles.card} onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label="What is it called?"
          error={untitled ? 'A workshop needs a title. You can change it at any time.' : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              ref={titleInput}
              value={title}
              maxLength={LIMITS.title}
              placeholder="How we serve product teams"
              autoComplete="off"
              required
              onChange={(event) => {
                setTitle(event.target.value)
                setUntitled(false)
              }}
            />
          )}
        </Field>
        <Field
          label="Your name"
          hint={
            manner.names === 'signed'
              ? 'Shown on your notes, and to everyone who joins.'
              : 'Shown to everyone who joins.'
          }
        >
          {(control) => (
            <TextInput
              {...control}
              value={name}
              maxLength={LIMITS.name}
              autoComplete="name"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <AgendaChoice manner={manner} onChange={setManner} />
        {needsKey && (
          <Field
            label="Create key"
            hint="Whoever runs this server decides who may create workshops, and has the key."
            error={failure.message}
          >
            {(control) => (
              <TextInput
                {...control}
                type="password"
                value={createKey}
                autoComplete="off"
                onChange={(event) => setCreateKey(event.target.value)}
              />
            )}
          </Field>
        )}
        {failure && !needsKey && (
          <p className={styles.failure} role="alert">
            {failure.message}
          </p>
        )}
        <div className={styles.end}>
          <p className={styles.hint}>
            You get a facilitator link. It is the only key to this workshop, so keep it where your team keeps such
            things.
          </p>
          <Button
            kind="primary"
            size="lg"
            type="submit"
            reason={pending ? 'The workshop is being created. A moment.' : undefined}
          >
            Create workshop
          </Button>
        </div>
      </form>
    </section>
  )
}
