import type { NoteId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import { useBoard, useStage, useWall } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'

/** How long one note takes to land, how much later the next begins, and how much later the last at most; ms. */
const MOTION = { lasts: 420, stagger: 16, spread: 400 }

/** Whoever comes later than this sees the wall as it is, ms. */
const FRESH = 5_000

/** Lets the notes of a reveal land one shortly after another, as they come; at once for those who want no motion. */
export function useRevealMotion(wall: RefObject<HTMLElement | null>, phase: PhaseId): void {
  const session = useSession()
  const board = useBoard()
  const ids = useWall(phase)
  const reveal = useStage((stage) => stage.reveal)
  const landed = useRef(new Set<NoteId>())

  useLayoutEffect(() => {
    const fresh = reveal?.phase === phase && session.now() - reveal.at < FRESH
    const still = window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false
    let nth = 0
    for (const id of ids) {
      if (landed.current.has(id)) continue
      landed.current.add(id)
      if (!fresh || still || board.note(id)?.at !== reveal.at) continue
      const element = wall.current?.querySelector(`[data-note="${CSS.escape(id)}"]`)
      land(element, Math.min(nth++ * MOTION.stagger, MOTION.spread))
    }
  }, [ids, reveal, phase, board, session, wall])
}

/** Only position and opacity move. */
function land(element: Element | null | undefined, delay: number): void {
  element?.animate?.(
    [
      { opacity: 0, transform: 'translateY(-12px) rotate(-0.6deg)' },
      { opacity: 1, transform: 'none' },
    ],
    { duration: MOTION.lasts, delay, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)', fill: 'backwards' },
  )
}
