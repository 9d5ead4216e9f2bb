import type { OutcomeId } from '@quintet/shared/board'
import styles from './DropLine.module.css'
import { useDropSide } from './dropSlot.ts'

interface DropLineProps {
  /** The key of the list that it stands in. */
  readonly list: string
  readonly id: OutcomeId
}

/** A line beside something in a list: there a drag would end. It takes no room, so that nothing runs away from the pointer. */
export function DropLine({ list, id }: DropLineProps) {
  const side = useDropSide(list, id)
  return side && <span aria-hidden="true" className={`${styles.line} ${styles[side]}`} />
}
