import { Component, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { Threshold } from './Threshold.tsx'

interface PageBoundaryProps {
  readonly children: ReactNode
}

/** The last net: a page that fails, or cannot be fetched, becomes a page that says so instead of an empty one. */
export class PageBoundary extends Component<PageBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidMount() {
    addEventListener('popstate', this.#goBack)
  }

  override componentWillUnmount() {
    removeEventListener('popstate', this.#goBack)
  }

  /** Another address is another page, which may well be there. */
  readonly #goBack = () => {
    if (this.state.failed) this.setState({ failed: false })
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <Threshold
        title="This page could not be shown"
        text="Everything that was saved is safe. Reload the page; if it stays so, tell whoever runs this server."
      >
        <Button kind="primary" size="lg" onClick={() => location.reload()}>
          Reload the page
        </Button>
      </Threshold>
    )
  }
}
