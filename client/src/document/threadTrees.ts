import { type ThreadNode, threadTrees } from '@quintet/shared/threadTree'
import { useMemo, useSyncExternalStore } from 'react'
import { useDocument } from './DocumentProvider.tsx'
import { markedBoard } from './threadViews.ts'
import { watchList } from './watched.ts'

/**
 * The whole golden thread. It is found anew where links, places or marks change, not for a keystroke: whoever shows it
 * reads the words of each outcome by themselves.
 */
export function useThreadTrees(): readonly ThreadNode[] {
  const { board, stage } = useDocument()
  const { subscribe, get } = useMemo(
    () => watchList([board.shape, stage.allMarks], () => threadTrees(markedBoard(board, stage))),
    [board, stage],
  )
  return useSyncExternalStore(subscribe, get)
}
