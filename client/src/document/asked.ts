import type { RequestId } from '@quintet/shared/ids'
import { type Asked, askedRoot } from '@quintet/shared/notebook'
import { useCallback, useSyncExternalStore } from 'react'
import { useSession } from '../session/SessionContext.tsx'

/** What became of one's own requests to add something, in their order; undefined for one that the server does not know. */
export function useAsked(requests: readonly (RequestId | null)[]): readonly (Asked | undefined)[] {
  const { notebook } = useSession().docs
  const subscribe = useCallback(
    (changed: () => void) => {
      const root = notebook && askedRoot(notebook)
      root?.observe(changed)
      return () => root?.unobserve(changed)
    },
    [notebook],
  )
  const read = () => requests.map((id) => (notebook && id !== null ? (askedRoot(notebook).get(id) ?? '') : '')).join()
  // As one string: equal answers render nothing again.
  const answers = useSyncExternalStore(subscribe, read).split(',')
  return requests.map((_, at) => (answers[at] || undefined) as Asked | undefined)
}
