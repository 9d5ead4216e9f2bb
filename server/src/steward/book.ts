import type { PersonId } from '@quintet/shared/ids'
import type * as Y from 'yjs'

/** Somebody's notebook, as the steward is handed it. */
export interface Book {
  readonly person: PersonId
  readonly doc: Y.Doc
}
