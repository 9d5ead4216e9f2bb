import type { NoteView } from '@quintet/shared/board'
import { useEffect, useRef, useState } from 'react'
import { useDocument } from '../document/DocumentProvider.tsx'
import { useSession } from '../session/SessionContext.tsx'
import { movedHere } from './ownMoves.ts'

/** How long a ring stays, ms. */
const RING = 2_000

/**
 * Whether somebody else has changed a note just now: its words, its place, or that it came at all.
 * @param editing whether it is written in here: what changes then may be one's own.
 */
export function useRing(note: NoteView, editing: boolean): boolean {
  const session = useSession()
  const { stage } = useDocument().stage
  const [ringed, setRinged] = useState(() => {
    // A reveal is everyone's: it shows by its motion.
    const revealed = stage.getState()?.reveal?.at === note.at
    return !revealed && note.author !== session.me.id && session.now() - note.at < RING
  })
  const before = useRef(note)

  useEffect(() => {
    const { text, group, order, under } = before.current
    before.current = note
    const words = note.text !== text && !editing
    const place = (note.group !== group || note.order !== order || note.under !== under) && !movedHere(note.id)
    if (words || place) setRinged(true)
  }, [note, editing])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each further change of the note begins the ring anew.
  useEffect(() => {
    if (!ringed) return
    const timer = setTimeout(() => setRinged(false), RING)
    return () => clearTimeout(timer)
  }, [ringed, note])

  return ringed
}
