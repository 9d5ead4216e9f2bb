import { Component, type ReactNode, Suspense } from 'react'
import { showToast } from './toasts.ts'

interface PartProps {
  /** What stands there until the part has come: nothing unless told. */
  readonly waiting?: ReactNode
  /** Whether what is around it waits for it too, so that both are there in the same moment. */
  readonly together?: boolean
  /** What stands there instead if it cannot be fetched: nothing unless told. */
  readonly instead?: ReactNode
  /** Closes what was to be opened, so that the page does not wait for it. */
  readonly onFailed?: () => void
  readonly children: ReactNode
}

/**
 * Around a part that is loaded when it is first wanted. If it cannot be fetched (offline, or a newer version took its
 * place), the part is left out and a toast says so: the page around it, with words that are not saved yet, stays.
 */
export class Part extends Component<PartProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch() {
    showToast({
      text: 'This part could not be loaded. Nothing is lost: reload the page when you are online.',
      icon: 'offline',
    })
    this.props.onFailed?.()
  }

  override render() {
    if (this.state.failed) return this.props.instead ?? null
    const { together, waiting, children } = this.props
    return together ? children : <Suspense fallback={waiting ?? null}>{children}</Suspense>
  }
}
