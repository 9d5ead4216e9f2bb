/** What a session does about what happens to its page. */
export interface PageEvents {
  /** The network or the page came or went: finds out who is still there. */
  readonly check: () => void
  /** The network is back: tries to connect. */
  readonly tryNow: () => void
  /** Whether nothing would be lost if the page were closed now. */
  readonly isSafe: () => boolean
  /** The page is about to go: writes down what is not written yet. */
  readonly flush: () => void
}

/** Follows the page until the signal: its network, whether it is seen, and its end, which it warns of. */
export function watchPage(signal: AbortSignal, { check, tryNow, isSafe, flush }: PageEvents): void {
  addEventListener('offline', check, { signal })
  addEventListener('online', check, { signal })
  addEventListener('online', tryNow, { signal })
  document.addEventListener('visibilitychange', check, { signal })
  const warn = (event: BeforeUnloadEvent) => {
    if (!isSafe()) event.preventDefault()
  }
  addEventListener('beforeunload', warn, { signal })
  addEventListener('pagehide', flush, { signal })
}
