import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './InviteButton.module.css'

/** Opens the invitations; on a phone the menu does. */
export function InviteButton({ onInvite }: { readonly onInvite: () => void }) {
  return (
    <Button size="sm" className={styles.invite} onClick={onInvite}>
      <Icon name="link" size={14} />
      Invite
    </Button>
  )
}
