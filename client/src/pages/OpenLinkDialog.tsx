import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field, TextInput } from '../ui/Field.tsx'
import { workshopPath } from './linkKey.ts'
import styles from './OpenLinkDialog.module.css'

const WRONG =
  'This is no link to a workshop. One looks like http://…/w/…, mostly with a # and letters behind it. Nothing was opened.'

/** Takes a pasted link to where it leads, on this server or another. */
export function OpenLinkDialog({ onClose }: { readonly onClose: () => void }) {
  const [, navigate] = useLocation()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const target = workshopPath(text, location.href)
    if (target === null) setWrong(true)
    else if ('path' in target) navigate(target.path)
    else location.assign(target.other)
  }

  return (
    <Dialog title="Open a link" onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Field
          label="The link that you were given"
          error={wrong ? WRONG : undefined}
          hint="It opens the same seat as before, if you have been there in this browser."
        >
          {(control) => (
            <TextInput
              {...control}
              data-focus
              type="url"
              inputMode="url"
              autoComplete="off"
              value={text}
              onChange={(event) => {
                setText(event.target.value)
                setWrong(false)
              }}
            />
          )}
        </Field>
        <div className={styles.buttons}>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit">
            Open workshop
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
