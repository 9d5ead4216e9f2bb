import type { PhaseId } from '@quintet/shared/phases'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useStage } from '../document/views.ts'
import { Chip } from '../ui/Chip.tsx'
import { Logo } from '../ui/Logo.tsx'
import styles from './Header.module.css'
import { PeopleHere } from './PeopleHere.tsx'
import { SavedBadge } from './SavedBadge.tsx'
import { WorkshopTitle } from './WorkshopTitle.tsx'

interface HeaderProps {
  /** What stands in the middle: the phases, or where else one can go. */
  readonly children: ReactNode
  /** What stands at the end: buttons of the page. */
  readonly actions: ReactNode
  /** The phase in view: its hue is around. */
  readonly phase?: PhaseId
}

/** The map: which workshop, where it is, what is saved, who is here. */
export function Header({ children, actions, phase }: HeaderProps) {
  return (
    <header className={`${styles.header} ${phase ? `ph-${phase}` : ''}`}>
      <div className={styles.start}>
        <Link href="/" className={styles.home} aria-label="Quintet, home">
          <Logo />
        </Link>
        <WorkshopTitle />
        <ClosedChip />
      </div>
      {children}
      <div className={styles.end}>
        <SavedBadge />
        <PeopleHere />
        {actions}
      </div>
    </header>
  )
}

/** When the workshop was closed, where it is. */
function ClosedChip() {
  const closedAt = useStage((stage) => (stage.state === 'closed' ? stage.closedAt : null))
  if (closedAt === null) return null
  const day = new Date(closedAt).toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
  return <Chip className={styles.closed}>Closed {day}</Chip>
}
