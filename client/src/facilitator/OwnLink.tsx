import { ApiError, newPersonKey } from '../api.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { CopyLine } from '../ui/CopyLine.tsx'
import { Icon } from '../ui/Icon.tsx'
import { showToast } from '../ui/toasts.ts'
import { keepFreshLink, useFreshLink } from './freshLink.ts'
import styles from './OwnLink.module.css'

/** The facilitator's own link: the only key to the seat, known just after it was made. */
export function OwnLink() {
  const { workshop, me } = useSession()
  const link = useFreshLink(({ fresh }) => (fresh?.workshop === workshop ? fresh.link : null))

  const make = async () => {
    try {
      const made = await newPersonKey(workshop, me.id)
      keepFreshLink(workshop, made.link, false)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      showToast({ text: error.message, icon: 'warning' })
    }
  }

  return (
    <section className={styles.own} aria-labelledby="own-link">
      <h3 id="own-link" className={styles.title}>
        <Icon name="key" />
        {link ? 'Keep this link' : 'Your own link'}
      </h3>
      {link ? (
        <CopyLine
          label="Facilitator link"
          text={link}
          hint="It is the only key to your seat, and is shown now and not again. Keep it where your team keeps such things. Hand it to nobody."
        />
      ) : (
        <div className={styles.make}>
          <p>With it you lead this workshop from any device. An earlier one goes on working.</p>
          <Button size="sm" onClick={() => void make()}>
            Make a facilitator link
          </Button>
        </div>
      )}
    </section>
  )
}
