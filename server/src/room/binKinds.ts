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
 * Groups are gone that were taken apart or merged into another one, and those that nothing is left in: nobody sees them.
 * Only what people do to them and to notes has them go or stand. Each bin has its own of this, which follows one board.
 */
export function groupKind(): BinKind<GroupId> {
  const filling = new Filling()
  /** The groups that stand; undefined until the board was read. */
  let standing: ReadonlySet<GroupId> | undefined
  const read = (board: Y.Doc) => {
    for (const id of standing ? [] : (boardRoot(board, 'notes').keys() as Iterable<NoteId>)) filling.follow(board, id)
    standing ??= standingGroups(board, filling)
    return standing
  }
  return {
    root: 'groups',
    words: 'name',
    kept: groupBinRoot,
    about: (id, entry) => {
      const group = readGroup(id, entry)
      return group && { phase: group.phase, author: null }
    },
    isGone: (board, id) => (boardEntry(board, 'groups', id) ? !read(board).has(id) : undefined),
    setGone: () => undefined,
    touched: (board, transaction) => {
      const touched = new Set(touchedIn('groups', board, transaction)) as Set<GroupId>
      const before = read(board)
      let moved = areMoved(board, transaction)
      for (const id of touchedIn('notes', board, transaction)) if (filling.follow(board, id as NoteId)) moved = true
      if (!moved) return touched
      standing = standingGroups(board, filling)
      for (const id of before) if (!standing.has(id)) touched.add(id)
      for (const id of standing) if (!before.has(id)) touched.add(id)
      return touched
    },
  }
}

/** How many notes stand in each group, by themselves: what was merged into it is not counted. */
class Filling {
  readonly #placeOf = new Map<NoteId, string>()
  /** By {@link placeName}. */
  readonly #counts = new Map<string, { readonly group: GroupId; readonly phase: unknown; notes: number }>()

  /** Groups with notes of a phase in them. */
  get places(): Iterable<{ readonly group: GroupId; readonly phase: unknown }> {
    return this.#counts.values()
  }

  /** Puts a note where it stands now. @returns whether a group was filled or emptied by it. */
  follow(board: Y.Doc, id: NoteId): boolean {
    const entry = boardEntry(board, 'notes', id)
    const place: unknown = entry?.get('place')
    const group: unknown = Array.isArray(place) && entry?.get('removed') !== true ? place[0] : null
    const phase = entry?.get('phase')
    const now = typeof group === 'string' ? placeName(group, phase) : undefined
    const before = this.#placeOf.get(id)
    if (now === before) return false
    let changed = false
    if (now !== undefined) {
      const count = this.#counts.get(now)
      if (count) count.notes++
      else this.#counts.set(now, { group: group as GroupId, phase, notes: 1 })
      this.#placeOf.set(id, now)
      changed = count === undefined
    } else this.#placeOf.delete(id)
    const left = before === undefined ? undefined : this.#counts.get(before)
    if (before === undefined || !left || --left.notes > 0) return changed
    this.#counts.delete(before)
    return true
  }
}

const placeName = (group: string, phase: unknown) => `${group}/${String(phase)}`

/** The groups that a note stands in, after all merges. It reads no words, and goes to each group once. */
function standingGroups(board: Y.Doc, { places }: Filling): ReadonlySet<GroupId> {
  const known = new Map<GroupId, GroupId | null>()
  const standing = new Set<GroupId>()
  for (const { group, phase } of places) {
    const at = survivorOf(board, group, known)
    if (at !== null && boardEntry(board, 'groups', at)?.get('phase') === phase) standing.add(at)
  }
  return standing
}

/**
 * Which group a group stands as, as `resolveGroup` says it; null where that is gone.
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

/** Whether a transaction made groups, merged them, took them apart, or took that back. */
function areMoved(board: Y.Doc, { changed }: Y.Transaction): boolean {
  const groups: unknown = boardRoot(board, 'groups')
  for (const [type, keys] of changed)
    if (type === groups || (type.parent === groups && (keys.has('into') || keys.has('removed')))) return true
  return false
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
