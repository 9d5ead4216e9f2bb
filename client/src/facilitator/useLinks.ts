import type { WorkshopId } from '@quintet/shared/ids'
import { useCallback, useEffect, useState } from 'react'
import { ApiError, links as askLinks } from '../api.ts'

type Answer = Awaited<ReturnType<typeof askLinks>>

/** A workshop's invitations as the server knows them; facilitators may ask for them. */
export type Links =
  | { readonly at: 'asking' }
  | { readonly at: 'failed'; readonly message: string }
  | ({ readonly at: 'known' } & Answer)

/** Asks for the invitations once, and again after `again`. @param wanted false: nothing is asked yet. */
export function useLinks(workshop: WorkshopId, wanted = true): { readonly links: Links; readonly again: () => void } {
  const [links, setLinks] = useState<Links>({ at: 'asking' })
  const [asks, setAsks] = useState(0)

  useEffect(() => {
    if (!wanted) return
    // Another round asks again.
    void asks
    let left = false
    askLinks(workshop).then(
      (answer) => {
        if (!left) setLinks({ at: 'known', ...answer })
      },
      (error: unknown) => {
        if (left) return
        const message = error instanceof ApiError ? error.message : 'The links could not be read. Nothing was changed.'
        setLinks({ at: 'failed', message })
      },
    )
    return () => {
      left = true
    }
  }, [workshop, wanted, asks])

  return { links, again: useCallback(() => setAsks((count) => count + 1), []) }
}
