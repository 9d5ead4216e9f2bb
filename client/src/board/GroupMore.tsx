import type { GroupView } from '@quintet/shared/board'
import { lazy, useRef } from 'react'
import { IconButton } from '../ui/IconButton.tsx'
import { Part } from '../ui/Part.tsx'
import { firstWords } from './words.ts'

const GroupMenu = lazy(() => import('./GroupMenu.tsx').then((module) => ({ default: module.GroupMenu })))

interface GroupMoreProps {
  readonly group: GroupView
  /** What the group is called, at length. */
  readonly words: string
  /** What is open of it now. */
  readonly open: 'menu' | 'merge' | null
  readonly onOpen: (open: 'menu' | 'merge' | null) => void
  readonly onName: () => void
}

/** The button of a group's menu, with what it opens. */
export function GroupMore({ group, words, open, onOpen, onName }: GroupMoreProps) {
  const more = useRef<HTMLButtonElement>(null)
  return (
    <>
      <IconButton
        ref={more}
        icon="more"
        size="sm"
        label={`More for the group: ${firstWords(words)}`}
        tip="More: name, merge, split"
        aria-haspopup="menu"
        aria-expanded={open === 'menu'}
        onClick={() => onOpen(open === 'menu' ? null : 'menu')}
      />
      {open && more.current && (
        <Part onFailed={() => onOpen(null)}>
          <GroupMenu
            group={group}
            showing={open}
            anchor={more.current}
            onName={onName}
            onMerge={() => onOpen('merge')}
            onClose={() => onOpen(null)}
          />
        </Part>
      )}
    </>
  )
}
