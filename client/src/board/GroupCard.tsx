import type { GroupView, OutcomeId } from '@quintet/shared/board'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { useGroup, useInGroup, useMay, useStage, useWords } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { classes } from '../ui/classes.ts'
import { showToast } from '../ui/toasts.ts'
import { useDraggable, useDropList } from './dragRegistry.ts'
import { useDropInto, useDropOnto } from './dropSlot.ts'
import { EditingFlag } from './EditingFlag.tsx'
import styles from './GroupCard.module.css'
import { GroupMore } from './GroupMore.tsx'
import { GroupName } from './GroupName.tsx'
import { useWritingOn } from './interrupted.ts'
import { listKey, type NoteList } from './lists.ts'
import { moveFocus, NOTE_ATTRIBUTE } from './noteFocus.ts'
import { noteKey } from './noteKeys.ts'
import { SavedMark } from './SavedMark.tsx'
import { useGroupActions } from './useGroupActions.ts'
import { useLocked } from './useLocked.ts'
import { WallItems } from './WallItems.tsx'
import { counted, firstWords } from './words.ts'

interface GroupCardProps {
  readonly id: GroupId
  /** The list of groups that it stands in. */
  readonly list: NoteList
  /** What stands beside its name, such as its votes. */
  readonly aside?: ReactNode
}

/** A group on the wall: its name, which everyone who may place notes writes, and its notes. */
export function GroupCard({ id, ...rest }: GroupCardProps) {
  const group = useGroup(id)
  return group ? <Card group={group} {...rest} /> : null
}

function Card({ group, list, aside }: Omit<GroupCardProps, 'id'> & { readonly group: GroupView }) {
  const { id, phase } = group
  const notes = useNotParked(useInGroup(id))
  const inside = useMemo((): NoteList => ({ kind: 'group', phase, group: id }), [phase, id])
  const words = firstWords(useWords(id))
  const drop = useDropList(inside, 'grid', `in the group ${words}`)
  const locked = useLocked(phase)
  const target = useDropInto(listKey(inside))
  const merges = useDropOnto(id)
  const unnamed = group.name.trim() === ''
  return (
    <section
      ref={drop}
      aria-label={`${unnamed ? 'Group without a name' : words}, ${counted(notes.length, 'note', 'notes')}`}
      className={classes(styles.card, `ph-${phase}`, locked && styles.locked, (target || merges) && styles.target)}
    >
      <Head group={group} words={words} count={notes.length} list={list} aside={aside} />
      <ol className={styles.notes}>
        <WallItems ids={notes} list={inside} look="dense" itemClass={styles.item} />
      </ol>
      {notes.length === 0 && <p className={styles.nothing}>All of its notes are parked.</p>}
    </section>
  )
}

function useNotParked(ids: readonly NoteId[]): readonly NoteId[] {
  return useStage(({ marks }) => ids.filter((id: OutcomeId) => !marks.get(id)?.parked))
}

interface HeadProps extends Pick<GroupCardProps, 'list' | 'aside'> {
  readonly group: GroupView
  readonly words: string
  readonly count: number
}

/** What is dragged, focused and named: the group itself, as its notes have their papers. */
function Head({ group, words, count, list, aside }: HeadProps) {
  const { me } = useSession()
  const actions = useGroupActions()
  const mayPlace = useMay('place', { phase: group.phase, author: null })
  const element = useRef<HTMLDivElement>(null)
  const [naming, setNaming] = useState(false)
  const [open, setOpen] = useState<'menu' | 'merge' | null>(null)
  const observes = me.role === 'observer'
  const { grip } = useDraggable(group.id, list, element, !naming && mayPlace.allowed)
  useWritingOn(group.id, element, mayPlace.allowed, setNaming)

  /** Does something to where things stand, or says why not now. */
  const place = (act: () => void) => {
    if (mayPlace.allowed) act()
    else if (!observes) showToast({ text: mayPlace.reason })
  }
  const name = () => place(() => setNaming(true))
  const endNaming = (byKey: boolean) => {
    setNaming(false)
    if (byKey) requestAnimationFrame(() => element.current?.focus())
  }
  const onClick = (event: MouseEvent) => {
    if (naming || observes || !(event.target as HTMLElement).closest('h3')) return
    if (getSelection()?.isCollapsed !== false) name()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return
    const key = noteKey(event)
    if (!key || (observes && key.does !== 'go')) return
    if (key.does === 'edit') name()
    else if (key.does === 'menu') setOpen('menu')
    else if (key.does === 'group') place(() => setOpen('merge'))
    else if (key.does === 'move') place(() => actions.move(group.id, key.by))
    else if (key.does !== 'go' || !moveFocus(event.currentTarget, key.key)) return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a legend; this is a heading with what can be done to its group.
    <div
      ref={element}
      role="group"
      aria-label={`Group: ${words}`}
      tabIndex={naming ? -1 : 0}
      className={styles.head}
      onClick={onClick}
      onKeyDown={onKeyDown}
      {...{ [NOTE_ATTRIBUTE]: group.id }}
    >
      <EditingFlag id={group.id} />
      <h3 className={styles.name}>
        <GroupName group={group} naming={naming} onDone={endNaming} />
        {!naming && (
          <span aria-hidden="true" className={styles.count}>
            {count}
          </span>
        )}
      </h3>
      <div className={styles.end}>
        <SavedMark id={group.id} />
        {!observes && !naming && (
          <div className={styles.tools}>
            <span ref={grip} className={styles.grip} />
            <GroupMore group={group} words={words} open={open} onOpen={setOpen} onName={name} />
          </div>
        )}
        {aside}
      </div>
    </div>
  )
}
