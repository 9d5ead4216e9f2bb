import { useSavedOf } from '../session/SessionContext.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './SavedMark.module.css'

/** Says of a note, draft or group that its latest words are on this device only, until the network is back. */
export function SavedMark({ id }: { readonly id: string }) {
  if (useSavedOf(id) !== 'here') return null
  return (
    <span className={styles.mark}>
      <Icon name="offline" size={12} />
      Waits for the network
    </span>
  )
}
