import { MenuButton } from '../ui/MenuButton.tsx'
import styles from './BarMenu.module.css'
import { useSoundEntry } from './sound.ts'

/** What a bar has no room for, where somebody does not lead: the timer's sound. */
export function SoundMenu() {
  const sound = useSoundEntry()
  return <MenuButton label="The timer’s sound" entries={() => [sound]} className={styles.button} />
}
