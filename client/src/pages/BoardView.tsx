import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { HandedBack } from '../board/HandedBack.tsx'
import { useStage } from '../document/views.ts'
import { Bar } from '../facilitator/Bar.tsx'
import { Header } from '../people/Header.tsx'
import { MoreMenu } from '../people/MoreMenu.tsx'
import { PhaseRail } from '../people/PhaseRail.tsx'
import type { SeatChoice } from '../people/seatEntries.ts'
import { useLook } from '../phases/look.ts'
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
  const { alone, look } = useLook()
  const { entries, dialogs, invite } = usePlaces()
  const shown = alone ?? group
  // Looking back ends by itself when the group comes along.
  useEffect(() => {
    if (alone === group) look(null)
  }, [alone, group, look])
  useScrollToTop(shown)
  const main = useRef<HTMLElement>(null)
  const rejoin = () => look(null)

  return (
    <div className={styles.screen}>
      <Header
        phase={shown}
        actions={
          <>
            <HandedBack as="button" />
            {me.role === 'facilitator' && <InviteButton onInvite={invite} />}
            <MoreMenu seats={seats} entries={entries} />
          </>
        }
      >
        <PhaseRail shown={shown} onLook={(phase) => look(phase === group ? null : phase)} />
      </Header>
      {alone !== null && alone !== group && (
        <Banner
          icon="eye"
          tone="plain"
          title={`You look at ${PHASES[alone].name} alone.`}
          action={
            <Button
              size="sm"
              onClick={() => {
                rejoin()
                // The button goes with what it was for.
                main.current?.focus({ preventScroll: true })
              }}
            >
              Rejoin
            </Button>
          }
        >
          The group is in {PHASES[group].name}.
        </Banner>
      )}
      <main ref={main} tabIndex={-1} className={`${styles.main} ph-${shown}`}>
        <HandedBack as="tray" />
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
