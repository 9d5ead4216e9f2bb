import { useEffect } from 'react'
import { useDevice } from '../session/SessionContext.tsx'
import { showToast } from '../ui/toasts.ts'

/** Says once that this device has no room left to keep what one writes. */
export function DeviceNotice() {
  const isFull = useDevice() === 'full'
  useEffect(() => {
    if (isFull)
      showToast({
        text: 'This device has no room left. What you write is still sent and saved; while you are offline, leave this tab open.',
        icon: 'warning',
      })
  }, [isFull])
  return null
}
