import type { RequestId } from '@quintet/shared/ids'
import { type Asked, askedRoot } from '@quintet/shared/notebook'
import { useCallback, useSyncExternalStore } from 'react'
import { useSession } from '../session/SessionContext.tsx'

/** What became of one's own request to add something; undefined while the server knows of none. */
export function useAsked(request: RequestId | null): Asked | undefined {
  const { notebook } = useSession().docs
  const subscribe = useCallback(
    (changed: () => void) => {
      const root = notebook && askedRoot(notebook)
      root?.observe(changed)
      return () => root?.unobserve(changed)
    },
    [notebook],
  )
  return useSyncExternalStore(subscribe, () =>
    notebook && request !== null ? askedRoot(notebook).get(request) : undefined,
  )
}
