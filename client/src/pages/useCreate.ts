import { useState } from 'react'
import { ApiError, createWorkshop } from '../api.ts'

type Wanted = Parameters<typeof createWorkshop>[0]
type Created = Awaited<ReturnType<typeof createWorkshop>>

/** Creating a workshop: whether it is under way, and why it was refused. */
export function useCreate(): {
  /** @returns the workshop, or undefined if the server refused it; then `failure` says why. */
  readonly create: (wanted: Wanted) => Promise<Created | undefined>
  readonly pending: boolean
  readonly failure: ApiError | null
} {
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<ApiError | null>(null)

  const create = async (wanted: Wanted) => {
    setPending(true)
    try {
      const created = await createWorkshop(wanted)
      setFailure(null)
      return created
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error)
      return undefined
    } finally {
      setPending(false)
    }
  }

  return { create, pending, failure }
}
