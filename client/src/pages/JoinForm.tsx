import { LIMITS } from '@quintet/shared/limits'
import { type FormEvent, useRef, useState } from 'react'
import { ApiError } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { Field, TextInput } from '../ui/Field.tsx'
import styles from './JoinForm.module.css'
import { readName, rememberName } from './name.ts'
import { Threshold } from './Threshold.tsx'

interface JoinFormProps {
  /** The workshop's title; empty where the server did not say. */
  readonly title: string
  /** @throws {ApiError} when the server refuses the name or the key. */
  readonly onJoin: (name: string) => Promise<void>
}

/** What an invitation asks: a name, and nothing else. */
export function JoinForm({ title, onJoin }: JoinFormProps) {
  const [name, setName] = useState(readName)
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (pending) return
    const trimmed = name.trim()
    if (trimmed === '') {
      setError('Give a name that the others know you by.')
      input.current?.focus()
      return
    }
    setPending(true)
    try {
      rememberName(trimmed)
      await onJoin(trimmed)
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      setError(failure.message)
      setPending(false)
    }
  }

  return (
    <Threshold title={title || 'A workshop'} over="You are invited to">
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <Field label="Your name" hint="Shown on your notes. There is no account to make." error={error}>
          {(control) => (
            <TextInput
              {...control}
              ref={input}
              className={styles.input}
              value={name}
              maxLength={LIMITS.name}
              autoComplete="name"
              autoCapitalize="words"
              enterKeyHint="go"
              autoFocus
              onChange={(event) => {
                setName(event.target.value)
                setError(undefined)
              }}
            />
          )}
        </Field>
        <Button
          kind="primary"
          size="lg"
          type="submit"
          className={styles.button}
          reason={pending ? 'You are being let in. A moment.' : undefined}
        >
          Join the workshop
        </Button>
      </form>
    </Threshold>
  )
}
