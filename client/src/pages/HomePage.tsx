import { lazy, useEffect, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Logo } from '../ui/Logo.tsx'
import { Part } from '../ui/Part.tsx'
import { ExampleCard } from './ExampleCard.tsx'
import styles from './HomePage.module.css'
import { NewWorkshop } from './NewWorkshop.tsx'
import { RecentList } from './RecentList.tsx'
import { ThemeToggle } from './ThemeToggle.tsx'

const OpenLinkDialog = lazy(() => import('./OpenLinkDialog.tsx').then((module) => ({ default: module.OpenLinkDialog })))

/** Where everyone comes in who has no link: a new workshop, the example, and those that this browser knows. */
export function HomePage() {
  const [opensLink, setOpensLink] = useState(false)
  useEffect(() => {
    document.title = 'Quintet'
  }, [])

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Logo named />
        <div className={styles.tools}>
          <Button kind="ghost" size="sm" onClick={() => setOpensLink(true)}>
            <Icon name="link" size={14} />
            Open a link
          </Button>
          <ThemeToggle />
        </div>
      </header>
      <main className={styles.main}>
        <NewWorkshop />
        <div className={styles.side}>
          <RecentList />
          <ExampleCard />
        </div>
      </main>
      {opensLink && (
        <Part onFailed={() => setOpensLink(false)}>
          <OpenLinkDialog onClose={() => setOpensLink(false)} />
        </Part>
      )}
    </div>
  )
}
