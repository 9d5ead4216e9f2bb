import type { WorkshopId } from '@quintet/shared/ids'
import * as Y from 'yjs'
import { openSqliteStore } from './sqlite.ts'

/*
 * A process that owns a data folder, for tests that must end one: `node appender.fixture.ts <folder> [<name>]`.
 * With a name it appends without end, 20 at a time, compacting all the while, and reports what was acknowledged.
 */

/** What the process tells its parent. */
export type Report = { readonly kind: 'open' } | { readonly kind: 'kept'; readonly words: string }

/** The workshop that it appends to; the words of every report are keys of the map `said` on its board. */
export const APPENDED = 'appended' as WorkshopId

function report(message: Report): void {
  process.send?.(message)
}

if (import.meta.main) {
  const [folder = '', name] = process.argv.slice(2)
  const store = await openSqliteStore({ folder })
  report({ kind: 'open' })
  if (name !== undefined) {
    if (!(await store.has(APPENDED))) await store.create({ id: APPENDED, createdAt: 0, updates: [] })

    const doc = new Y.Doc()
    let updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    let count = 0
    const appendOn = async (): Promise<never> => {
      for (;;) {
        const words = `${name} ${count}`
        count += 1
        doc.getMap('said').set(words, true)
        const fresh = updates
        updates = []
        await store.append(APPENDED, { updates: fresh.map((update) => ({ document: 'board', update })) })
        report({ kind: 'kept', words })
      }
    }
    const compactOn = async (): Promise<never> => {
      for (;;) await store.compact(APPENDED)
    }
    await Promise.all([...Array.from({ length: 20 }, appendOn), compactOn()])
  }
}
