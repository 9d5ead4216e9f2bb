/** What a key pressed on a note means. Every one of them stands in the note's menu too. */
export type NoteKey =
  | { readonly does: 'edit' | 'hang' | 'group' | 'select' | 'menu' }
  | { readonly does: 'move'; readonly by: -1 | 1 }
  | { readonly does: 'go'; readonly key: string }

interface Pressed {
  readonly key: string
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

const EARLIER = ['ArrowLeft', 'ArrowUp']
const LATER = ['ArrowRight', 'ArrowDown']

/** Reads a key; null where it is none of a note's. */
export function noteKey({ key, altKey, ctrlKey, metaKey, shiftKey }: Pressed): NoteKey | null {
  if (ctrlKey || metaKey) return null
  const arrow = EARLIER.includes(key) ? -1 : LATER.includes(key) ? 1 : undefined
  if (arrow !== undefined) return altKey ? { does: 'move', by: arrow } : { does: 'go', key }
  if (altKey) return null
  if (key === 'Enter' || key === 'F2') return { does: 'edit' }
  if (key.toLowerCase() === 'h') return { does: 'hang' }
  if (key.toLowerCase() === 'g') return { does: 'group' }
  if (key === ' ') return { does: 'select' }
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return { does: 'menu' }
  return null
}
