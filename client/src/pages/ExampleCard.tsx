import { useState } from 'react'
import { useLocation } from 'wouter'
import { keepFreshLink } from '../facilitator/freshLink.ts'
import { Button } from '../ui/Button.tsx'
import { Field, TextInput } from '../ui/Field.tsx'
import styles from './ExampleCard.module.css'
import { readName } from './name.ts'
import { useCreate } from './useCreate.ts'

const TITLE = 'How we serve product teams'

/** One click to a workshop that is already filled. */
export function ExampleCard() {
  const [, navigate] = useLocation()
  const { create, pending, failure } = useCreate()
  const [createKey, setCreateKey] = useState('')
  const needsKey = failure?.code === 'create-key'

  const open = async () => {
    const name = readName()
    const created = await create({
      title: TITLE,
      example: true,
      ...(name !== '' && { name }),
      ...(createKey !== '' && { createKey }),
    })
    if (!created) return
    keepFreshLink(created.workshop, created.links.facilitator, false)
    navigate(`/w/${created.workshop}`)
  }

  return (
    <section className={styles.card} aria-labelledby="example">
      <div className={styles.row}>
        <div>
          <h2 id="example" className={styles.title}>
            Look around first
          </h2>
          <p className={styles.text}>A platform team’s workshop, filled to the last phase. It is yours to change.</p>
        </div>
        <Button reason={pending ? 'The example is being opened. A moment.' : undefined} onClick={() => void open()}>
          Try the example
        </Button>
      </div>
      {needsKey && (
        <Field label="Create key for the example" error={failure.message}>
          {(control) => (
            <TextInput
              {...control}
              type="password"
              value={createKey}
              autoComplete="off"
              onChange={(event) => setCreateKey(event.target.value.trim())}
            />
          )}
        </Field>
      )}
      {failure && !needsKey && (
        <p className={styles.failure} role="alert">
          {failure.message}
        </p>
      )}
    </section>
  )
}
