import type { PhaseId } from '@quintet/shared/phases'
import { useRef } from 'react'
import { Wall } from '../board/Wall.tsx'
import { useLanding } from '../document/countdown.ts'
import { Ask } from './Ask.tsx'
import styles from './ShareView.module.css'
import { useRevealMotion } from './useRevealMotion.ts'

/** A phase in which everyone's drafts have just been shown: they land on the wall together. */
export function ShareView({ phase }: { readonly phase: PhaseId }) {
  const wall = useRef<HTMLDivElement>(null)
  const landing = useLanding()
  useRevealMotion(wall, phase)
  return (
    <>
      <Ask phase={phase} />
      <p className={styles.landing} role="status">
        {landing && `${landing.count} ${landing.count === 1 ? 'draft is' : 'drafts are'} landing.`}
      </p>
      <div ref={wall}>
        <Wall phase={phase} />
      </div>
    </>
  )
}
