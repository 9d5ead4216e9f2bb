import type { NoteId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { lazy, useId } from 'react'
import { useDraft, useDrafts, useUnfinished } from '../document/ownDrafts.ts'
import { useDisplayNames, usePeople } from '../document/views.ts'
import { Icon } from '../ui/Icon.tsx'
import { Part } from '../ui/Part.tsx'
import { PHONE, useMedia } from '../ui/useMedia.ts'
import styles from './DraftList.module.css'

// Nobody waits for it before the first draft is written.
const Draft = lazy(() => import('./Draft.tsx').then((module) => ({ default: module.Draft })))

interface DraftListProps {
  readonly phase: PhaseId
  /** The draft that stands in the composer, and not here. */
  readonly composed: NoteId | null
  /** Goes to the composer. */
  readonly onAdd: () => void
}

/** One's own drafts of a phase, and that nobody else sees them. */
export function DraftList({ phase, composed, onAdd }: DraftListProps) {
  const headingId = useId()
  const ready = useDrafts(phase).filter((id) => id !== composed)
  const unfinished = useUnfinished(phase)
  const phone = useMedia(PHONE)
  const reveals = useRevealer()
  return (
    <section aria-labelledby={headingId}>
      <div className={styles.head}>
        <h2 id={headingId} className={styles.title}>
          Your drafts <span className={styles.count}>{ready.length}</span>
        </h2>
        <p className={styles.secret}>
          <Icon name="hidden" size={14} />
          {phone ? 'Only you see these' : `Nobody else can see these until ${reveals} reveals them`}
        </p>
      </div>
      <ul className={styles.drafts}>
        <Part>
          {ready.map((id) => (
            <li key={id}>
              <Draft id={id} />
            </li>
          ))}
          {unfinished.map((id) => id !== composed && <UnfinishedDraft key={id} id={id} />)}
        </Part>
        {!phone && (
          <li>
            <button type="button" className={styles.add} aria-label="Add another draft" onClick={onAdd}>
              <Icon name="plus" />
            </button>
          </li>
        )}
      </ul>
    </section>
  )
}

/** A draft whose writing was interrupted, by a reload or on another device: a reveal would leave it. */
function UnfinishedDraft({ id }: { readonly id: NoteId }) {
  const words = useDraft(id)?.text.trim() ?? ''
  if (words === '') return null
  return (
    <li>
      <Draft id={id}>Only you · not finished, so no reveal takes it</Draft>
    </li>
  )
}

/** Who reveals: the facilitator by name, where there is one. */
function useRevealer(): string {
  const people = usePeople()
  const names = useDisplayNames()
  const facilitators = [...people.values()].filter(({ role }) => role === 'facilitator')
  const [only] = facilitators
  return only && facilitators.length === 1 ? (names.get(only.id) ?? only.name) : 'a facilitator'
}
