import { useEffect, useId, useState } from 'react'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { CopyLine } from '../ui/CopyLine.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { QrCode } from '../ui/QrCode.tsx'
import { freshLinkSeen, useFreshLink } from './freshLink.ts'
import styles from './InviteDialog.module.css'
import { curlLine, linkAt, originName } from './invitation.ts'
import { OwnLink } from './OwnLink.tsx'
import { ReplaceLink } from './ReplaceLink.tsx'
import { useLinks } from './useLinks.ts'

/** How people come in: the join link with its code, the observers' link, the facilitator's own, and the script's. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { workshop } = useSession()
  const { links, again } = useLinks(workshop)
  // Just after the workshop was made its key comes first; made later, it stays where its button was.
  const [{ ownFirst, made }] = useState(() => {
    const { fresh } = useFreshLink.getState()
    const here = fresh?.workshop === workshop
    return { ownFirst: here, made: here && fresh.unseen }
  })

  useEffect(() => {
    freshLinkSeen()
  }, [])

  return (
    <Dialog title={made ? 'The workshop is ready' : 'Invite people'} size="lg" onClose={onClose}>
      <div className={styles.parts}>
        {ownFirst && <OwnLink />}
        {links.at === 'asking' && <p className={styles.wait}>Asking for the links…</p>}
        {links.at === 'failed' && (
          <div className={styles.failed} role="alert">
            <p>{links.message}</p>
            <Button size="sm" onClick={again}>
              Try again
            </Button>
          </div>
        )}
        {links.at === 'known' && <Invitations links={links.links} origins={links.origins} onReplaced={again} />}
        {!ownFirst && <OwnLink />}
      </div>
    </Dialog>
  )
}

interface InvitationsProps {
  readonly links: { readonly member: string; readonly observer: string }
  /** Addresses of this server that a phone in the room can open; empty where none is known. */
  readonly origins: readonly string[]
  readonly onReplaced: () => void
}

function Invitations({ links, origins, onReplaced }: InvitationsProps) {
  const { workshop } = useSession()
  const select = useId()
  const first = origins[0] ?? new URL(links.member).origin
  const [chosen, setChosen] = useState(first)
  const origin = origins.includes(chosen) ? chosen : first
  const join = linkAt(origin, links.member)
  const watch = linkAt(origin, links.observer)

  return (
    <>
      <div className={styles.join}>
        <QrCode className={styles.code} text={join} label="QR code of the join link" />
        <div className={styles.column}>
          <p className={styles.lead}>Team members open this link or scan the code, and give a name.</p>
          {origins.length > 1 && (
            <label className={styles.origin} htmlFor={select}>
              <span>This computer has several addresses. Which one can the phones in the room open?</span>
              <span className={styles.selectBox}>
                <select
                  id={select}
                  className={styles.select}
                  value={origin}
                  onChange={(event) => setChosen(event.target.value)}
                >
                  {origins.map((each) => (
                    <option key={each} value={each}>
                      {originName(each)}
                    </option>
                  ))}
                </select>
                <Icon name="down" size={14} />
              </span>
            </label>
          )}
          <CopyLine primary label="Join link" text={join} />
          <ReplaceLink of="member" onReplaced={onReplaced} />
        </div>
      </div>
      <div className={styles.part}>
        <CopyLine
          label="Observer link"
          text={watch}
          hint="Observers see everything and change nothing. They are not asked for a name."
        />
        <ReplaceLink of="observer" onReplaced={onReplaced} />
      </div>
      <details className={styles.details}>
        <summary>For scripts: the plan as Markdown</summary>
        <CopyLine
          label="Command"
          text={curlLine(origin, workshop, links.observer)}
          hint="It reads with the observers’ key. Replace the observer link, and it stops."
        />
      </details>
    </>
  )
}
