import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { PageBoundary } from './pages/PageBoundary.tsx'
import { WorkshopPage } from './pages/WorkshopPage.tsx'
import { Announcer } from './ui/Announcer.tsx'
import { ToastHost } from './ui/ToastHost.tsx'

// The workshop comes with the app itself, so that whoever opens a link waits for one answer instead of three in a row.
const HomePage = lazy(() => import('./pages/HomePage.tsx').then((page) => ({ default: page.HomePage })))
const ScreenPage = lazy(() => import('./pages/ScreenPage.tsx').then((page) => ({ default: page.ScreenPage })))

/** The app: which page an address shows, and the two live regions that every page speaks through. */
export function App() {
  return (
    <>
      <PageBoundary>
        <Suspense fallback={null}>
          <Switch>
            <Route path="/w/:workshop/screen" component={ScreenPage} />
            {/* The board and the plan share one session: going from one to the other closes no socket. */}
            <Route path="/w/:workshop/:view?" component={WorkshopPage} />
            <Route component={HomePage} />
          </Switch>
        </Suspense>
      </PageBoundary>
      <ToastHost />
      <Announcer />
    </>
  )
}
