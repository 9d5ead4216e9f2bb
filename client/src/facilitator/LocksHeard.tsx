import { PHASES, type PhaseId } from '@quintet/shared/phases'
import type { StageFields } from '@quintet/shared/stage'
import { useEffect, useRef } from 'react'
import { useDisplayNames, useStage } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { showToast } from '../ui/toasts.ts'
import { takeLocking } from './locking.ts'

type Locks = StageFields['locks']

/** Tells of each lock that comes or goes while this page is open. @param before the locks that it was opened with. */
export function LocksHeard({ before }: { readonly before: Locks }) {
  const { me } = useSession()
  const locks = useStage((stage) => stage.locks)
  const names = useDisplayNames()
  const heard = useRef(before)
  useEffect(() => {
    const last = heard.current
    heard.current = locks
    for (const phase of new Set([...Object.keys(last), ...Object.keys(locks)]) as ReadonlySet<PhaseId>) {
      const [was, is] = [last[phase], locks[phase]]
      if ((was === undefined) === (is === undefined) || takeLocking(phase, is !== undefined)) continue
      const { name } = PHASES[phase]
      if (is === undefined) showToast({ icon: 'unlock', text: `${name} is open again` })
      else if (is.by !== me.id)
        showToast({
          icon: 'lock',
          text: `${names.get(is.by) ?? 'A facilitator'} locked ${name}: it can be read, not changed`,
        })
    }
  }, [locks, names, me])
  return null
}
