import { useStageLoaded } from '../document/views.ts'
import { useDevice, useSession, useSessionState } from '../session/SessionContext.tsx'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import { offlineWords } from './offlineWords.ts'

/** While the network or the server is away, and when the session has ended: what is safe, and what to do. */
export function SessionBanner() {
  const state = useSessionState()
  const session = useSession()
  const loaded = useStageLoaded()
  const device = useDevice()
  if (state.is === 'refused')
    return (
      <Banner
        icon="sync"
        title={state.reason}
        action={
          <Button size="sm" onClick={() => location.reload()}>
            Reload
          </Button>
        }
      />
    )
  if (state.is !== 'offline') return null
  const { title, text } = offlineWords(session.me.role, state.waiting, { loaded, device, reason: state.reason })
  return (
    <Banner
      icon="offline"
      title={title}
      action={
        <Button size="sm" onClick={() => session.tryNow()}>
          Try now
        </Button>
      }
    >
      {text}
    </Banner>
  )
}
