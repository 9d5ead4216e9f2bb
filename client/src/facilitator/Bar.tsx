import { lazy, useState } from 'react'
import { useStage } from '../document/views.ts'
import { useSession, useTimerReading } from '../session/SessionContext.tsx'
import { classes } from '../ui/classes.ts'
import { Part } from '../ui/Part.tsx'
import { PHONE, useMedia } from '../ui/useMedia.ts'
import styles from './Bar.module.css'
import type { MainButtonProps } from './MainButton.tsx'
import { MemberBar } from './MemberBar.tsx'
import { useMovesHeard } from './useMovesHeard.ts'
import { useTimerMoments } from './useTimerMoments.ts'

const LeadBar = lazy(() => import('./LeadBar.tsx').then((module) => ({ default: module.LeadBar })))
const LocksHeard = lazy(() => import('./LocksHeard.tsx').then((module) => ({ default: module.LocksHeard })))

/**
 * The instrument: what to do now. Step, timer, and the next move, in the same place for everyone; a facilitator's has
 * more controls, which nobody else loads. Dark in both themes, so that it stays one object.
 */
export function Bar(main: MainButtonProps) {
  const phone = useMedia(PHONE)
  const leads = useSession().me.role === 'facilitator'
  const phase = useStage((stage) => stage.at.phase)
  const member = <MemberBar phone={phone} {...main} />
  return (
    <section
      className={classes(phone ? styles.docked : styles.bar, leads && styles.led, `ph-${phase}`)}
      aria-label="This step"
    >
      <Moments leads={leads} />
      {leads ? (
        <Part waiting={member}>
          <LeadBar phone={phone} {...main} />
        </Part>
      ) : (
        member
      )}
    </section>
  )
}

/** Hears the timer, the moves and the locks once for the whole page. */
function Moments({ leads }: { readonly leads: boolean }) {
  const timer = useStage((stage) => stage.timer)
  const locks = useStage((stage) => stage.locks)
  const [before] = useState(locks)
  const { seconds } = useTimerReading(timer)
  useTimerMoments(timer, seconds)
  // A facilitator's toast says it, with the way back.
  useMovesHeard(!leads)
  return (
    locks !== before && (
      <Part>
        <LocksHeard before={before} />
      </Part>
    )
  )
}
