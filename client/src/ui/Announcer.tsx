import { useAnnouncement } from './announcements.ts'

/** The one polite live region; {@link announce} speaks through it. Mounted once, in App. */
export function Announcer() {
  const { text, count } = useAnnouncement()
  return (
    <div className="sr" role="log" aria-live="polite" aria-label="Announcements">
      {/* A new element each time: an equal sentence is said again. */}
      <p key={count}>{text}</p>
    </div>
  )
}
