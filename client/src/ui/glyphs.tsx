import type { ReactNode } from 'react'

/** The product's own 16 px glyphs, drawn with a 1.5 px line; the five phases' among them. */
export const GLYPHS = {
  actions: <path d="M2.5 8h10.5M8.8 3.8 13 8l-4.2 4.2" />,
  braces: (
    <path d="M6.2 2.9c-1.5 0-2 0.7-2 2v1.3c0 1-0.5 1.6-1.5 1.8 1 0.2 1.50.8 1.5 1.8v1.3c0 1.30.5 2 2 2M9.8 2.9c1.5 0 2 0.7 2 2v1.3c0 1 0.5 1.6 1.5 1.8-1 0.2-1.50.8-1.5 1.8v1.3c0 1.3-0.5 2-2 2" />
  ),
  break: <path d="M1.8 8h3.6M10.6 8h3.6M6.6 5.5l0.8 1.6M9.4 10.5l-0.8-1.6" />,
  calendar: (
    <>
      <rect x="2.5" y="3.5" width="11" height="10" rx="1.8" />
      <path d="M2.5 6.7h11M5.5 2v2.6M10.5 2v2.6" />
    </>
  ),
  check: <path d="m3.2 8.4 3.1 3.1 6.5-7" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 4.9V8l2.1 1.5" />
    </>
  ),
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.6" />
      <path d="M10.5 3.5v-0.1A1.5 1.5 0 0 0 9 2H3.9A1.5 1.5 0 0 0 2.4 3.5v5.1a1.5 1.5 0 0 0 1.5 1.5H4" />
    </>
  ),
  doc: <path d="M4 2.5h5l3.2 3.2v6.6c0 0.7-0.5 1.2-1.2 1.2H5c-0.7 0-1.2-0.5-1.2-1.2V2.5zM8.8 2.7v3.2H12" />,
  down: <path d="M3.8 6.2 8 10.3l4.2-4.1" />,
  download: <path d="M8 2.5v7.5M4.9 7.2 8 10.2l3.1-3M2.8 13.3h10.4" />,
  edit: <path d="M10.6 3.2 12.8 5.4 5.6 12.6 2.8 13.2 3.4 10.4z" />,
  external: (
    <path d="M9.5 2.8h3.7v3.7M13.2 2.8 7.6 8.4M11.5 9.5v2.8c0 0.6-0.4 1-1 1H3.8c-0.6 0-1-0.4-1-1V5.6c0-0.60.4-1 1-1h2.8" />
  ),
  eye: (
    <>
      <path d="M1.6 8S4 3.7 8 3.7 14.4 8 14.4 8 12 12.3 8 12.3 1.6 8 1.6 8z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  gaps: <path d="M6.3 2.9a5.4 5.4 0 0 0 0 10.2M9.7 2.9a5.4 5.4 0 0 1 0 10.2" />,
  grip: (
    <g fill="currentColor" stroke="none">
      <circle cx="6" cy="3.8" r="1.05" />
      <circle cx="10" cy="3.8" r="1.05" />
      <circle cx="6" cy="8" r="1.05" />
      <circle cx="10" cy="8" r="1.05" />
      <circle cx="6" cy="12.2" r="1.05" />
      <circle cx="10" cy="12.2" r="1.05" />
    </g>
  ),
  group: (
    <>
      <rect x="2.5" y="2.5" width="7" height="7" rx="1.2" />
      <path d="M11.8 6.5h0.5c0.7 0 1.20.5 1.2 1.2v4.6c0 0.7-0.5 1.2-1.2 1.2H7.7c-0.7 0-1.2-0.5-1.2-1.2v-0.5" />
    </>
  ),
  hand: (
    <path d="M5.2 8.6V3.9a1 1 0 0 1 2 0v3.3M7.2 7V2.9a1 1 0 0 1 2 0V7M9.2 7.2V3.8a1 1 0 0 1 2 0v5.4c0 2.7-1.5 4.6-4 4.6-1.9 0-2.9-0.9-3.7-2.4L2.4 9c-0.4-0.80.6-1.7 1.4-1l1.4 1.3" />
  ),
  heart: <path d="M8 13S2.4 9.9 2.4 6.2A2.9 2.9 0 0 1 8 5.1a2.9 2.9 0 0 1 5.6 1.1C13.6 9.9 8 13 8 13z" />,
  hidden: (
    <path d="M2.5 2.5l11 11M6.3 4c0.5-0.2 1.1-0.3 1.7-0.3 4 0 6.4 4.3 6.4 4.3a11 11 0 0 1-1.8 2.2M9.8 12c-0.60.2-1.20.3-1.80.3C4 12.3 1.6 8 1.6 8a11 11 0 0 1 2.6-2.9" />
  ),
  ideal: <path d="M2 12h12M4.4 12a3.6 3.6 0 0 1 7.2 0M8 3.6v1.9M3.3 5.9l1.2 1.3M12.7 5.9l-1.2 1.3" />,
  key: (
    <>
      <circle cx="5.2" cy="10.8" r="2.7" />
      <path d="m7.2 8.8 5.6-5.6M10.4 5.6l2 2" />
    </>
  ),
  left: <path d="M9.8 3.5 5.4 8l4.4 4.5" />,
  link: (
    <path d="M6.6 9.4a2.7 2.7 0 0 0 3.90.2l2.2-2.2a2.75 2.75 0 0 0-3.9-3.9L8 4.3M9.4 6.6a2.7 2.7 0 0 0-3.9-0.2L3.3 8.6a2.75 2.75 0 0 0 3.9 3.9l0.8-0.8" />
  ),
  lock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1.5" />
      <path d="M5.5 7V5.2a2.5 2.5 0 0 1 5 0V7" />
    </>
  ),
  minus: <path d="M3.2 8h9.6" />,
  moon: <path d="M13 9.6A5.4 5.4 0 1 1 6.4 3a4.4 4.4 0 0 0 6.6 6.6z" />,
  more: (
    <>
      <circle cx="3.5" cy="8" r="1.1" fill="currentColor" stroke="none" />
      <circle cx="8" cy="8" r="1.1" fill="currentColor" stroke="none" />
      <circle cx="12.5" cy="8" r="1.1" fill="currentColor" stroke="none" />
    </>
  ),
  offline: <path d="M2.5 2.5l11 11M5 4.6A4 4 0 0 1 11.8 7a2.7 2.7 0 0 1 1.6 4.3M9.8 12.3H4.6a2.8 2.8 0 0 1-0.6-5.5" />,
  owners: (
    <>
      <circle cx="8" cy="5.1" r="2.6" />
      <path d="M3 13.4c0.5-2.7 2.5-4.2 5-4.2s4.5 1.5 5 4.2" />
    </>
  ),
  pause: <path d="M5.4 3.5v9M10.6 3.5v9" strokeWidth={2.2} />,
  people: (
    <>
      <circle cx="6" cy="5.4" r="2.3" />
      <path d="M1.8 13c0.4-2.4 2-3.8 4.2-3.8s3.8 1.4 4.2 3.8M10.4 3.3a2.3 2.3 0 0 1 0 4.2M12 9.6c1.20.6 1.9 1.7 2.2 3.4" />
    </>
  ),
  play: <path d="M5.2 3.4v9.2l7.2-4.6z" fill="currentColor" />,
  plus: <path d="M8 3.2v9.6M3.2 8h9.6" />,
  principles: (
    <>
      <circle cx="8" cy="8" r="5.4" />
      <circle cx="8" cy="8" r="1.9" fill="currentColor" stroke="none" />
    </>
  ),
  qr: (
    <>
      <rect x="2.5" y="2.5" width="4.2" height="4.2" rx="0.8" />
      <rect x="9.3" y="2.5" width="4.2" height="4.2" rx="0.8" />
      <rect x="2.5" y="9.3" width="4.2" height="4.2" rx="0.8" />
      <path d="M9.5 9.5h1.5v1.5M13.4 9.5v1.5M9.5 13.4h1.5M13.4 13.4v-0.1" />
    </>
  ),
  redo: <path d="M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10M13 6.5 10.2 3.7M13 6.5l-2.8 2.8" />,
  remove: (
    <path d="M2.8 4.5h10.4M6.3 4.3V2.8h3.4v1.5M4.2 4.7l0.5 7.5c0 0.70.6 1.2 1.3 1.2h4c0.7 0 1.3-0.5 1.3-1.2l0.5-7.5" />
  ),
  reset: <path d="M3 8a5 5 0 1 0 1.6-3.7M3 2.8v2.6h2.6" />,
  right: <path d="M6.2 3.5 10.6 8l-4.4 4.5" />,
  screen: (
    <>
      <rect x="2" y="3" width="12" height="8" rx="1.4" />
      <path d="M6 13.4h4" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="m10.2 10.2 3.3 3.3" />
    </>
  ),
  split: <path d="M8 13.5V9.5L4 5M8 9.5 12 5M3.6 7.6V4.6h3M12.4 7.6V4.6h-3" />,
  spotlight: (
    <>
      <circle cx="8" cy="8" r="2.2" />
      <path d="M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.6v1.3M8 13.1v1.3M1.6 8h1.3M13.1 8h1.3M3.5 3.5l0.90.9M11.6 11.6l0.90.9M3.5 12.5l0.9-0.9M11.6 4.4l0.9-0.9" />
    </>
  ),
  sync: <path d="M13 7A5.2 5.2 0 0 0 3.6 5M3 9a5.2 5.2 0 0 0 9.4 2M3.3 2.6v2.6h2.6M12.7 13.4v-2.6h-2.6" />,
  table: (
    <>
      <rect x="2.5" y="3" width="11" height="10" rx="1.6" />
      <path d="M2.5 6.4h11M6.6 6.4V13" />
    </>
  ),
  thread: (
    <>
      <circle cx="3.2" cy="12" r="1.5" />
      <circle cx="12.8" cy="4" r="1.5" />
      <path d="M4.8 12c5 0 1.4-8 6.4-8" />
    </>
  ),
  undo: <path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M3 6.5 5.8 3.7M3 6.5l2.8 2.8" />,
  unlock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1.5" />
      <path d="M5.5 7V5.2a2.5 2.5 0 0 1 4.8-1" />
    </>
  ),
  upload: <path d="M8 10V2.6M4.9 5.5 8 2.5l3.1 3M2.8 10.5v1.7c0 0.70.5 1.2 1.2 1.2h8c0.7 0 1.2-0.5 1.2-1.2v-1.7" />,
  warning: <path d="M8 2.7 14 13H2zM8 6.7v3M8 11.3v0.1" />,
} as const satisfies Readonly<Record<string, ReactNode>>

export type GlyphName = keyof typeof GLYPHS
