import { PHASES } from '@quintet/shared/phases'
import { useKeptCount } from '../document/thread.ts'
import { useStage } from '../document/views.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './KeptCount.module.css'

/** While the team decides: how many outcomes of this phase it has kept. */
export function KeptCount() {
  const phase = useStage((stage) => stage.at.phase)
  const kept = useKeptCount(phase)
  const { one, many } = PHASES[phase]
  return (
    <p className={styles.kept}>
      <Icon name="check" size={14} />
      {kept} {kept === 1 ? one : many} kept
    </p>
  )
}
