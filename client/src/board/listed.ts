import type { NoteView } from '@quintet/shared/board'
import type { Board } from '../document/views.ts'
import type { NoteList } from './lists.ts'

/** The notes of a list in their order, as they are now. */
export function listed(board: Board, list: NoteList): readonly NoteView[] {
  switch (list.kind) {
    case 'wall':
      return board.wall(list.phase)
    case 'under':
      return board.hanging(list.parent, list.phase)
    case 'unhung':
      return board.unhung(list.phase)
  }
}
