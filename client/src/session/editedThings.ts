import type * as Y from 'yjs'

/** The ids of the entries (notes, actions) that a transaction touched, however deep in them. */
export function editedThings(transaction: Y.Transaction): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const [type, keys] of transaction.changed) {
    let item = type._item
    if (item === null) for (const key of keys) ids.add(key ?? '')
    // An entry is what hangs directly in a root.
    while (item !== null) {
      const above: Y.Item | null = (item.parent as Y.AbstractType<unknown>)._item
      if (above === null) ids.add(item.parentSub ?? '')
      item = above
    }
  }
  return ids
}
