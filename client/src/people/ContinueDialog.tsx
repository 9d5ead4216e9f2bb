import { useEffect, useState } from 'react'
import { ApiError, newPersonKey } from '../api.ts'
import { useSession } from '../session/SessionContext.tsx'
import { CopyLine } from '../ui/CopyLine.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { QrCode } from '../ui/QrCode.tsx'
import styles from './ContinueDialog.module.css'

type Wanted = { readonly link: string } | { readonly failure: string } | null

/** A link of one's own, to be the same person on another device. */
export function ContinueDialog({ onClose }: { readonly onClose: () => void }) {
  const { workshop, me } = useSession()
  const [wanted, setWanted] = useState<Wanted>(null)

  useEffect(() => {
    let left = false
    newPersonKey(workshop, me.id).then(
      ({ link }) => {
        if (!left) setWanted({ link })
      },
      (error: unknown) => {
        if (!left)
          setWanted({
            failure: error instanceof ApiError ? error.message : 'The link could not be made. Nothing was changed.',
          })
      },
    )
    return () => {
      left = true
    }
  }, [workshop, me.id])

  return (
    <Dialog title="Continue on another device" onClose={onClose}>
      <p className={styles.text}>Scan the code or open the link there. You are the same person on both.</p>
      {wanted === null && <p className={styles.wait}>Making a link…</p>}
      {wanted && 'failure' in wanted && (
        <p className={styles.failure} role="alert">
          {wanted.failure}
        </p>
      )}
      {wanted && 'link' in wanted && (
        <div className={styles.link}>
          <QrCode className={styles.code} text={wanted.link} label="QR code of your own link" />
          <CopyLine
            primary
            label="Your own link"
            text={wanted.link}
            hint="Whoever opens it is you. Hand it to nobody."
          />
        </div>
      )}
    </Dialog>
  )
}
