import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useLayoutEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useStage } from '../document/views.ts'
import { Bar } from '../facilitator/Bar.tsx'
import { Header } from '../people/Header.tsx'
import { MoreMenu } from '../people/MoreMenu.tsx'
import { PhaseRail } from '../people/PhaseRail.tsx'
import type { SeatChoice } from '../people/seatEntries.ts'
import { PhaseView } from '../phases/PhaseView.tsx'
import { useSession } from '../session/SessionContext.tsx'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './BoardView.module.css'
import { InviteButton } from './InviteButton.tsx'
import { usePlaces } from './usePlaces.tsx'

/** The workshop as it runs: the map above, the phase in the middle, the instrument below. */
export function BoardView({ seats }: { readonly seats: SeatChoice }) {
  const { workshop, me } = useSession()
  const [, navigate] = useLocation()
  const group = useStage((stage) => stage.at.phase)
  const [alone, setAlone] = useState<PhaseId | null>(null)
  const { entries, dialogs, invite } = usePlaces()
  // Looking back ends by itself when the group comes along.
  if (alone === group) setAlone(null)
  const shown = alone ?? group
  useScrollToTop(shown)
  const rejoin = () => setAlone(null)
  const look = (phase: PhaseId) => setAlone(phase === group ? null : phase)

  return (
    <div className={styles.screen}>
      <Header
        phase={shown}
        actions={
          <>
            {me.role === 'facilitator' && <InviteButton onInvite={invite} />}
            <MoreMenu seats={seats} entries={entries} />
          </>
        }
      >
        <PhaseRail shown={shown} onLook={look} />
      </Header>
      {alone !== null && alone !== group && (
        <Banner
          icon="eye"
          tone="plain"
          title={`You look at ${PHASES[alone].name} alone.`}
          action={
            <Button size="sm" onClick={rejoin}>
              Rejoin
            </Button>
          }
        >
          The group is in {PHASES[group].name}.
        </Banner>
      )}
      <main className={`${styles.main} ph-${shown}`}>
        <PhaseView key={shown} phase={shown} />
      </main>
      <Bar shown={shown} onRejoin={rejoin} onOpenPlan={() => navigate(`/w/${workshop}/plan`)} />
      {dialogs}
    </div>
  )
}

/** Another phase is read from its question on, not from where the last one was left. */
function useScrollToTop(shown: PhaseId) {
  const before = useRef(shown)
  useLayoutEffect(() => {
    if (before.current === shown) return
    before.current = shown
    window.scrollTo(0, 0)
  }, [shown])
}
