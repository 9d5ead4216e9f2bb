import { COUNTDOWN } from '@quintet/shared/moves'
import type { Countdown, Progress } from '@quintet/shared/stage'
import type { Timer } from '@quintet/shared/timer'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useTimerReading } from '../session/SessionContext.tsx'
import { arrivalOf } from './boardViews.ts'
import { useDocument } from './DocumentProvider.tsx'
import { useStage } from './views.ts'

/** How far people are in the step that the group is in. */
export function useProgress(): Progress {
  return useStage(({ progress }) => progress)
}

/** What every screen counts down to; null where nothing is. */
export function useCountdown(): Countdown | null {
  return useStage(({ countdown }) => countdown)
}

/** Whole seconds of the countdown that are left, by the server's clock, 0 at its end; null where there is none. */
export function useCountdownSeconds(): number | null {
  const countdown = useCountdown()
  const timer = useMemo(() => timerOf(countdown), [countdown])
  const { seconds } = useTimerReading(timer)
  return countdown && Math.max(0, seconds)
}

function timerOf(countdown: Countdown | null): Timer {
  return countdown
    ? { state: 'running', duration: COUNTDOWN, endsAt: countdown.endsAt }
    : { state: 'idle', duration: COUNTDOWN }
}

/** What a reveal brings, as long as not all of it is on the board yet; null otherwise. */
export function useLanding(): { readonly count: number } | null {
  const reveal = useStage((stage) => stage.reveal)
  const arrived = useStore(useDocument().board.arrived.at(reveal ? arrivalOf(reveal) : ''))
  return reveal && arrived < reveal.count ? reveal : null
}
