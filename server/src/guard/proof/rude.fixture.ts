import * as Y from 'yjs'
import type { Chance } from '../../testing/seeded.ts'
import { valueAtRandom } from './entries.fixture.ts'

/** Edits through a Yjs document of one's own that our client has no name for: what any script could try. */
export function rudeEdit(chance: Chance, doc: Y.Doc, roots: readonly string[]): void {
  const root = doc.getMap<unknown>(chance.pick(roots))
  const ids = [...root.keys()]
  const id = ids.length > 0 ? chance.pick(ids) : 'n1'
  const entry = root.get(id)
  const key = chance.pick([
    'phase',
    'author',
    'at',
    'text',
    'place',
    'removed',
    'became',
    'x',
    'owner',
    'into',
    '0',
    '20',
  ])
  doc.transact(() => {
    if (!(entry instanceof Y.Map) || chance.below(6) === 0) {
      if (chance.below(2) === 0) root.delete(id)
      else root.set(chance.pick([id, 'fresh', '../x', '__proto__']), chance.pick([new Y.Map(), 'x', new Y.Text('x')]))
      return
    }
    const text: unknown = entry.get(chance.pick(['text', 'name', 'firstStep']))
    if (text instanceof Y.Text && chance.below(2) === 0) {
      chance.pick([
        () => text.format(0, 2, { bold: true }),
        () => text.insertEmbed(0, { image: 'x' }),
        () => text.insert(0, 'x'.repeat(chance.pick([1, 600, 2_300]))),
        () => text.delete(0, Math.min(2, text.length)),
      ])()
      return
    }
    if (chance.below(4) === 0) entry.delete(key)
    else if (chance.below(5) === 0) entry.set(key, chance.pick([new Y.Array(), new Y.Text('x'), new Y.Map()]))
    else entry.set(key, valueAtRandom(chance))
  })
}
