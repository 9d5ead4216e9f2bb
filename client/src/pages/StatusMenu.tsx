import { ACTION_STATUSES, type ActionStatus, type OutcomeId } from '@quintet/shared/board'
import { setStatus } from '@quintet/shared/edits'
import { useEdit } from '../document/editing.ts'
import { useMay } from '../document/views.ts'
import { Icon } from '../ui/Icon.tsx'
import { MenuButton } from '../ui/MenuButton.tsx'
import { STATUS_WORDS, StatusMark } from './StatusMark.tsx'
import styles from './StatusMenu.module.css'

interface StatusMenuProps {
  readonly id: OutcomeId
  readonly status: ActionStatus
  /** The action's words, for screen readers. */
  readonly action: string
}

const SUBJECT = { phase: 'actions', author: null } as const

/** How far an action is, and the menu that changes it. */
export function StatusMenu({ id, status, action }: StatusMenuProps) {
  const edit = useEdit()
  const verdict = useMay('plan', SUBJECT)
  const reason = verdict.allowed ? undefined : verdict.reason
  return (
    <MenuButton
      label={`Status of ${action}: ${STATUS_WORDS[status]}`}
      align="start"
      kind="ghost"
      className={styles.button}
      entries={() =>
        ACTION_STATUSES.map((each) => ({
          label: STATUS_WORDS[each],
          checked: each === status,
          reason,
          run: () => edit(setStatus(id, each)),
        }))
      }
    >
      <StatusMark status={status} />
      <span className={styles.word}>{STATUS_WORDS[status]}</span>
      <Icon name="down" size={12} className={styles.arrow} />
    </MenuButton>
  )
}
