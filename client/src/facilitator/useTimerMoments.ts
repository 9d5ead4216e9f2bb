import type { Timer } from '@quintet/shared/timer'
import { useEffect, useRef } from 'react'
import { announce } from '../ui/announcements.ts'
import { chime, listenForGesture } from './chime.ts'
import { momentBetween } from './timerWords.ts'

const SAID = { 'one minute left': 'One minute left', 'time is over': 'Time is over. The step stays open' } as const

/** Says once that one minute is left and that the time is over, and sounds at zero. */
export function useTimerMoments(timer: Timer, secondsLeft: number): void {
  const before = useRef<{ readonly endsAt: number; readonly seconds: number } | null>(null)
  useEffect(listenForGesture, [])

  useEffect(() => {
    if (timer.state !== 'running') {
      before.current = null
      return
    }
    const last = before.current
    before.current = { endsAt: timer.endsAt, seconds: secondsLeft }
    // A minute more is a jump, not the passing of time.
    if (last?.endsAt !== timer.endsAt) return
    const moment = momentBetween(last.seconds, secondsLeft)
    if (!moment) return
    announce(SAID[moment])
    if (moment === 'time is over') chime()
  }, [timer, secondsLeft])
}
