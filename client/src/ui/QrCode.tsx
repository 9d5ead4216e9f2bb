import { useMemo } from 'react'
import { classes } from './classes.ts'
import styles from './QrCode.module.css'
import { qrPath } from './qrPath.ts'

interface QrCodeProps {
  readonly text: string
  /** What it leads to: its accessible name, such as "QR code of the join link". */
  readonly label: string
  readonly className?: string | undefined
}

/** A QR code, dark on white in both themes: cameras read it best so. Load it lazily: few people need it at once. */
export function QrCode({ text, label, className }: QrCodeProps) {
  const { size, path } = useMemo(() => qrPath(text), [text])
  return (
    <svg
      className={classes(styles.code, className)}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={path} />
    </svg>
  )
}
