import { useSaved } from '../session/SessionContext.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './SavedBadge.module.css'
import { savedWords } from './savedWords.ts'

/** Whether what one wrote is durable, waits for the network, or has come back. */
export function SavedBadge() {
  const { words, icon, warn } = savedWords(useSaved())
  return (
    <span className={classes(styles.badge, warn && styles.warn)} role="status" title={words}>
      <Icon name={icon} size={14} />
      <span className={styles.words}>{words}</span>
    </span>
  )
}
