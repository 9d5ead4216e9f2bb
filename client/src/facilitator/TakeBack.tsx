import type { AgendaPoint } from '@quintet/shared/agenda'
import { TAKE_BACK } from '@quintet/shared/moves'
import type { LeftStep, StageView } from '@quintet/shared/stage'
import { useEffect, useRef } from 'react'
import { useStage } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { hideToast, showToast, useToasts } from '../ui/toasts.ts'
import { moveWords } from './moveWords.ts'
import { noRoomWords } from './noRoomWords.ts'
import { useCommand } from './useCommand.ts'

/**
 * For ten seconds after a move every facilitator has one button that takes it back, whoever moved. Another message that
 * comes over it gives it its place back when it goes; closed by hand, it stays closed.
 */
export function TakeBack() {
  const session = useSession()
  const command = useCommand()
  const movedAt = useStage((stage) => stage.left?.movedAt ?? null)
  const words = useStage((stage) => (stage.left ? wordsOf(stage, stage.left) : ''))
  const now = useStage((stage) => stage.at)
  const before = useStage((stage) => stage.left?.at ?? null)
  // What the button does is read when it is pressed: the words may come a moment before the rest.
  const move = useRef<{ readonly from: AgendaPoint; readonly to: AgendaPoint | null }>({ from: now, to: before })
  useEffect(() => {
    move.current = { from: now, to: before }
  }, [now, before])

  useEffect(() => {
    const left = movedAt === null ? 0 : movedAt + TAKE_BACK - session.now()
    if (left <= 0) return
    const action = {
      label: 'Take back',
      run: () => {
        const { from, to } = move.current
        if (to) void command({ name: 'move', from, to })
      },
    }
    let mine = 0
    const show = () => {
      showToast({ text: words, icon: 'check', action })
      mine = useToasts.getState().shown?.key ?? 0
    }
    show()
    const stop = useToasts.subscribe(({ shown }, { shown: last }) => {
      if (shown === null && last !== null && last.key !== mine) show()
    })
    const over = setTimeout(() => {
      stop()
      if (useToasts.getState().shown?.key === mine) hideToast()
    }, left)
    return () => {
      stop()
      clearTimeout(over)
    }
  }, [movedAt, words, command, session])

  return null
}

/** What the last move came to; where it did not bring all that was ready, also what becomes of the rest. */
function wordsOf(stage: StageView, left: LeftStep): string {
  return [moveWords(stage, left), noRoomWords(stage, left)].filter(Boolean).join('. ')
}
