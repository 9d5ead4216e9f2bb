import { putAway } from '../session/tray.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './Tray.module.css'
import { useTray, useTrayOwner } from './useTray.ts'
import { counted } from './words.ts'

/** Where a tray that was put away can be had again. */
export function TrayButton() {
  const owner = useTrayOwner()
  const { kept, away } = useTray(owner)
  if (!away || kept.length === 0) return null
  const label = `${counted(kept.length, 'thing', 'things')} handed back to you`
  return (
    <Button kind="ghost" size="sm" aria-label={label} title={label} onClick={() => putAway(owner, false)}>
      <Icon name="undo" size={14} />
      <span className={styles.button}>Handed back</span>
      <span className="num">{kept.length}</span>
    </Button>
  )
}
