import { useEffect, useRef } from 'react'
import { useStage } from '../document/views.ts'
import { announce } from '../ui/announcements.ts'
import { moveWords } from './moveWords.ts'

/** Says where the group went, once for each move that this page sees happen. @param says false where a toast says it. */
export function useMovesHeard(says: boolean): void {
  const movedAt = useStage((stage) => stage.left?.movedAt ?? null)
  const words = useStage((stage) => (stage.left ? moveWords(stage, stage.left) : null))
  const heard = useRef(movedAt)
  useEffect(() => {
    if (movedAt === heard.current) return
    heard.current = movedAt
    if (says && words !== null) announce(words)
  }, [says, movedAt, words])
}
