import type { ActionStatus } from '@quintet/shared/board'
import { Icon } from '../ui/Icon.tsx'
import styles from './StatusMark.module.css'

/** How far an action is, in words. */
export const STATUS_WORDS: Readonly<Record<ActionStatus, string>> = {
  open: 'Open',
  doing: 'Doing',
  done: 'Done',
  dropped: 'Dropped',
}

/** How far an action is, as a mark: empty, half, ticked, struck. The word stands beside it. */
export function StatusMark({ status }: { readonly status: ActionStatus }) {
  return (
    <span className={`${styles.mark} ${styles[status]}`} aria-hidden="true">
      {status === 'done' && <Icon name="check" size={12} />}
    </span>
  )
}
