import { lazy } from 'react'
import { linkAt, originName } from '../facilitator/invitation.ts'
import { useLinks } from '../facilitator/useLinks.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './ScreenJoin.module.css'

const QrCode = lazy(() => import('../ui/QrCode.tsx').then((module) => ({ default: module.QrCode })))

/** The way in, for phones: the join link's code where this browser may read it, else the address. */
export function ScreenJoin({ leads }: { readonly leads: boolean }) {
  const { workshop } = useSession()
  const { links } = useLinks(workshop, leads)
  if (links.at !== 'known')
    return (
      <div className={styles.join}>
        <div>
          <p className={styles.title}>Join with your phone</p>
          <p className={styles.text}>The facilitator has the link and its code, for {location.host}</p>
        </div>
      </div>
    )
  const origin = links.origins.includes(location.origin)
    ? location.origin
    : (links.origins[0] ?? new URL(links.links.member).origin)
  return (
    <div className={styles.join}>
      <Part waiting={<span className={styles.code} />}>
        <QrCode className={styles.code} text={linkAt(origin, links.links.member)} label="QR code of the join link" />
      </Part>
      <div>
        <p className={styles.title}>Join with your phone</p>
        <p className={styles.text}>{originName(origin)}</p>
      </div>
    </div>
  )
}
