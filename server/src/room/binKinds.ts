import { boardEntry, boardRoot, type Entry, readGroup, readNote } from '@quintet/shared/board'
import { type Binned, binRoot, groupBinRoot } from '@quintet/shared/desk'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type * as Y from 'yjs'

/** What stands in the bin under an id. */
export type BinEntry = Omit<Binned, 'id'>

/** What a bin is for: notes, or groups. They have words in the same places, and are gone for other reasons. */
export interface BinKind<Id extends string> {
  /** Where they stand on the board. */
  readonly root: 'notes' | 'groups'
  /** The key of their words there; the bin has them under `text`. */
  readonly words: 'text' | 'name'
  /** Where their words are kept on the desk. */
  readonly kept: (desk: Y.Doc) => Y.Map<BinEntry>
  /** What else the bin has of one that can be read. */
  readonly about: (id: Id, entry: Entry | undefined) => Pick<Binned, 'phase' | 'author'> | undefined
  /** Whether one does not stand any more; undefined where there is none. */
  readonly isGone: (board: Y.Doc, id: Id) => boolean | undefined
  /** Has one gone, or stand. */
  readonly setGone: (board: Y.Doc, id: Id, gone: boolean) => void
  /** Those of which a transaction changed something so far, or which go or stand by it. */
  readonly touched: (board: Y.Doc, transaction: Y.Transaction) => ReadonlySet<Id>
}

/** Notes are gone by their flag. */
export const NOTE_KIND: BinKind<NoteId> = {
  root: 'notes',
  words: 'text',
  kept: binRoot,
  about: readNote,
  isGone: (board, id) => {
    const entry = boardEntry(board, 'notes', id)
    return entry && entry.get('removed') === true
  },
  setGone: (board, id, gone) => boardEntry(board, 'notes', id)?.set('removed', gone),
  touched: (board, transaction) => touchedIn('notes', board, transaction) as ReadonlySet<NoteId>,
}

/**
 * Groups are gone that were taken apart or merged into another one; see `resolveGroup`. Only people make them go or
 * stand. Each bin has its own of this, which follows one board.
 */
export function groupKind(): BinKind<GroupId> {
  /** Where groups stand, as long as none changes. */
  const known = new Map<GroupId, GroupId | null>()
  /** Groups that stand although they were merged: somebody merged both ways. What happens to others decides on them. */
  const survivors = new Set<GroupId>()
  const standsAs = (board: Y.Doc, id: GroupId) => {
    const at = survivorOf(board, id, known)
    if (at === id && boardEntry(board, 'groups', id)?.get('into') != null) survivors.add(id)
    return at
  }
  return {
    root: 'groups',
    words: 'name',
    kept: groupBinRoot,
    about: (id, entry) => {
      const group = readGroup(id, entry)
      return group && { phase: group.phase, author: null }
    },
    isGone: (board, id) => (boardEntry(board, 'groups', id) ? standsAs(board, id) !== id : undefined),
    setGone: () => undefined,
    touched: (board, transaction) => {
      const touched = new Set(touchedIn('groups', board, transaction)) as Set<GroupId>
      if (touched.size === 0) return touched
      known.clear()
      const before = [...survivors]
      survivors.clear()
      for (const id of [...before, ...touched]) {
        const at = standsAs(board, id)
        for (const each of at === null ? [id] : [id, at]) touched.add(each)
        if (at !== null) standsAs(board, at)
      }
      return touched
    },
  }
}

/**
 * Which group a group stands as, as `resolveGroup` says it; null where that is gone. Reads no words, and each group once.
 * @param known what was found before, to which this is added.
 */
function survivorOf(board: Y.Doc, id: GroupId, known: Map<GroupId, GroupId | null>): GroupId | null {
  const path = new Set<GroupId>()
  const entryOf = (at: GroupId) => boardEntry(board, 'groups', at)
  let at: GroupId | null = id
  let found: GroupId | null | undefined
  while (found === undefined) {
    const entry: Entry | undefined = entryOf(at)
    const into = entry?.get('into')
    if (known.has(at)) found = known.get(at) ?? null
    else if (path.has(at)) {
      const [least = at] = [...path].slice([...path].indexOf(at)).toSorted()
      found = entryOf(least)?.get('removed') === true ? null : least
    } else if (typeof into !== 'string') found = entry && entry.get('removed') !== true ? at : null
    path.add(at)
    if (typeof into === 'string') at = into as GroupId
  }
  for (const each of path) known.set(each, found)
  return found
}

/** The ids of a root, and of plans, of whose entry or texts a transaction changed something so far. */
function touchedIn(root: BinKind<string>['root'], board: Y.Doc, { changed }: Y.Transaction): ReadonlySet<string> {
  const roots: ReadonlySet<unknown> = new Set([boardRoot(board, root), boardRoot(board, 'plan')])
  const touched = new Set<string>()
  for (const [type, keys] of changed) {
    if (roots.has(type)) for (const key of keys) if (key !== null) touched.add(key)
    const entry = roots.has(type.parent) ? type : type.parent
    const id = entry && roots.has(entry.parent) ? entry._item?.parentSub : null
    if (id) touched.add(id)
  }
  return touched
}
