import { isGroup, type Outcome } from '@quintet/shared/groups'
import type { Board } from '../document/views.ts'
import type { NoteList } from './lists.ts'

/** What a list holds in its order, as it is now. */
export function listed(board: Board, list: NoteList): readonly Outcome[] {
  switch (list.kind) {
    case 'wall':
    case 'sorted':
      return board.blocks(list.phase).filter((block) => !isGroup(block))
    case 'groups':
      return board.blocks(list.phase).filter(isGroup)
    case 'group':
      return board.inGroup(list.group)
    case 'under':
      return board.hanging(list.parent, list.phase)
    case 'unhung':
      return board.unhung(list.phase)
  }
}
