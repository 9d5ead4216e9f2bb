import type { PlanView } from '@quintet/shared/board'
import { setOwner } from '@quintet/shared/edits'
import type { Verdict } from '@quintet/shared/rules'
import { lazy, useRef, useState } from 'react'
import { useEdit } from '../document/editing.ts'
import { useDisplayNames } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { announce } from '../ui/announcements.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './OwnerField.module.css'
import { ownerName } from './ownership.ts'

const AssignPicker = lazy(() => import('./AssignPicker.tsx').then((module) => ({ default: module.AssignPicker })))

interface OwnerFieldProps {
  readonly plan: PlanView
  /** First words of the action, for names of buttons. */
  readonly words: string
  readonly may: Verdict
}

/** Who owns an action: claimed with one click, or assigned. Who owns it already can be changed in the same place. */
export function OwnerField({ plan, words, may }: OwnerFieldProps) {
  const { me } = useSession()
  const edit = useEdit()
  const names = useDisplayNames()
  const box = useRef<HTMLDivElement>(null)
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const { owner } = plan
  const reason = may.allowed ? undefined : may.reason
  const observes = me.role === 'observer'
  const name = owner && (ownerName(owner, names) ?? 'Somebody who left')

  const own = (next: NonNullable<typeof owner>) => {
    edit(setOwner(plan.id, next))
    announce(`${ownerName(next, names) ?? 'Somebody'} owns “${words}” now.`)
    // The buttons that were clicked are gone now; the owner stands in their place.
    requestAnimationFrame(() => box.current?.querySelector('button')?.focus())
  }
  const assign = (event: { readonly currentTarget: HTMLElement }) =>
    setAnchor((before) => (before ? null : event.currentTarget))

  return (
    <div ref={box} className={styles.box}>
      {owner && name ? (
        observes ? (
          <span className={styles.owner}>
            <Avatar name={name} />
            <span className={styles.name}>{name}</span>
          </span>
        ) : (
          <button
            type="button"
            className={styles.owner}
            aria-haspopup="dialog"
            aria-expanded={anchor !== null}
            aria-disabled={may.allowed ? undefined : true}
            title={reason ?? 'Change the owner'}
            onClick={(event) => may.allowed && assign(event)}
          >
            <Avatar name={name} />
            <span className={styles.name}>
              <span className="sr">Owner: </span>
              {name}
              {'person' in owner && owner.person === me.id && <span className={styles.aside}> (you)</span>}
              {'name' in owner && <span className={styles.aside}> (not here)</span>}
              <span className="sr">. Change the owner of: {words}</span>
            </span>
          </button>
        )
      ) : observes ? (
        <span className={styles.nobody}>
          <Icon name="break" size={14} />
          No owner yet
        </span>
      ) : (
        <div className={styles.choices}>
          <Button
            kind="primary"
            size="sm"
            reason={reason}
            aria-label={`Claim: ${words}`}
            onClick={() => own({ person: me.id })}
          >
            Claim
          </Button>
          <Button
            size="sm"
            reason={reason}
            aria-haspopup="dialog"
            aria-expanded={anchor !== null}
            aria-label={`Assign: ${words}`}
            onClick={assign}
          >
            Assign
            <Icon name="down" size={12} />
          </Button>
        </div>
      )}
      {anchor && (
        <Part onFailed={() => setAnchor(null)}>
          <AssignPicker now={owner} anchor={anchor} onPick={own} onClose={() => setAnchor(null)} />
        </Part>
      )}
    </div>
  )
}
