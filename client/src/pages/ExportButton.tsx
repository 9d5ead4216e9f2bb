import { lazy, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Part } from '../ui/Part.tsx'
import { Popover } from '../ui/Popover.tsx'
import styles from './ExportButton.module.css'

const ExportChoices = lazy(() => import('./ExportChoices.tsx').then((module) => ({ default: module.ExportChoices })))

/** The plan's primary button: opens the ways to take it along. */
export function ExportButton() {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        ref={button}
        kind="primary"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen((before) => !before)}
      >
        <Icon name="upload" />
        <span className={styles.word}>Export</span>
      </Button>
      {open && button.current && (
        <Popover
          anchor={button.current}
          align="end"
          role="dialog"
          aria-label="Export"
          className={styles.popover}
          onClose={() => setOpen(false)}
        >
          <Part waiting={<p className={styles.wait}>A moment…</p>} onFailed={() => setOpen(false)}>
            <FocusFirst>
              <ExportChoices />
            </FocusFirst>
          </Part>
        </Popover>
      )}
    </>
  )
}

function FocusFirst({ children }: { readonly children: React.ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => place.current?.querySelector('button')?.focus(), [])
  return <div ref={place}>{children}</div>
}
