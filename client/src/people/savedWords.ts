import type { SavedState } from '../session/saved.ts'
import type { GlyphName } from '../ui/glyphs.tsx'

const edits = (count: number) => `${count} ${count === 1 ? 'edit' : 'edits'}`

/** The saved state in words, with its glyph; `warn` where something waits. */
export function savedWords(saved: SavedState): {
  readonly words: string
  readonly icon: GlyphName
  readonly warn: boolean
} {
  switch (saved.is) {
    case 'saved':
      return { words: 'Saved', icon: 'check', warn: false }
    case 'saving':
      return { words: 'Saving', icon: 'sync', warn: false }
    case 'offline':
      return {
        words:
          saved.waiting === 0
            ? 'Offline'
            : `Offline, ${edits(saved.waiting)} ${saved.waiting === 1 ? 'waits' : 'wait'}`,
        icon: 'offline',
        warn: true,
      }
    case 'back':
      return {
        words: saved.merged === 0 ? 'Back' : `Back, ${edits(saved.merged)} merged`,
        icon: 'check',
        warn: false,
      }
  }
}
