import type { WorkshopId } from '@quintet/shared/ids'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { appendAll, documentOf, here, type Subject, say, segmentsOf } from './contract.fixture.ts'
import { applied, contentOf, editsOf, spreadChoices } from './edits.fixture.ts'

/** The part of the contract about loading and compaction. */
export function historyContract(subject: Subject): void {
  describe('loading and compaction', () => {
    test('[S4] gives no segments for a document without updates', async () => {
      expect(await segmentsOf(subject.store, here, 'desk')).toEqual([])
    })

    test('[S4] gives a long history as segments of which each can be applied at once', async () => {
      const updates = editsOf(spreadChoices(4_000))
      await appendAll(subject.store, updates)
      for (const compacted of [false, true]) {
        if (compacted) await subject.store.compact(here)
        const segments = await segmentsOf(subject.store, here)
        expect(segments.length).toBeGreaterThan(3)
        const doc = new Y.Doc()
        for (const segment of segments) {
          Y.applyUpdate(doc, segment)
          expect(contentOf(doc)).toMatchObject({ isComplete: true })
        }
        expect(contentOf(doc)).toEqual(contentOf(applied(updates)))
      }
    })

    test('[S4] gives updates of any size', async () => {
      const large = say('x'.repeat(2 * 1024 * 1024))
      const medium = say('y'.repeat(100 * 1024))
      const updates = [say('small'), large, medium, medium, medium, say('end')]
      await appendAll(subject.store, updates)
      await subject.store.compact(here)
      expect(contentOf(await documentOf(subject.store, here))).toEqual(contentOf(applied(updates)))
    })

    test('[S4] [S5] gives what plain application gives, compacted or not, with appends and loads in between', async () => {
      let count = 0
      const choices = fc.array(fc.nat(), { maxLength: 1_800, size: 'max' })
      const property = fc.asyncProperty(choices, fc.nat(600), fc.nat(3), async (picked, step, restless) => {
        count += 1
        const id = `run${count}` as WorkshopId
        await subject.store.create({ id, createdAt: 1, updates: [] })
        const updates = editsOf(picked)
        const meanwhile: Promise<unknown>[] = []
        for (let at = 0; at < updates.length; at += step + 1) {
          const next = updates.slice(at, at + step + 1).map((update) => ({ document: 'board' as const, update }))
          meanwhile.push(subject.store.append(id, { updates: next }))
          if (at % 4 < restless) meanwhile.push(subject.store.compact(id), documentOf(subject.store, id))
        }
        await Promise.all(meanwhile)
        const expected = contentOf(applied(updates))
        expect(contentOf(await documentOf(subject.store, id))).toEqual(expected)
        await subject.store.compact(id)
        expect(contentOf(await documentOf(subject.store, id))).toEqual(expected)
      })
      await fc.assert(property, { numRuns: 15 })
    }, 60_000)

    test('[S5] a load goes on undisturbed when its document is appended to and compacted', async () => {
      const updates = editsOf(spreadChoices(5_000))
      const half = updates.length / 2
      await appendAll(subject.store, updates.slice(0, half))
      const doc = new Y.Doc()
      let isFirst = true
      for await (const segment of subject.store.load(here, 'board')) {
        Y.applyUpdate(doc, segment)
        if (isFirst)
          await Promise.all([
            appendAll(subject.store, updates.slice(half)),
            subject.store.compact(here),
            subject.store.compact(here),
          ])
        isFirst = false
      }
      expect(contentOf(doc)).toMatchObject({ isComplete: true })
      // It may or may not give what came after its start, but everything from before must be there.
      for (const update of updates.slice(half)) Y.applyUpdate(doc, update)
      expect(contentOf(doc)).toEqual(contentOf(applied(updates)))
    })

    test('[S1] [S5] keeps compacted history over a restart, and goes on from there', async () => {
      const updates = editsOf(spreadChoices(3_000))
      const half = updates.length / 2
      await appendAll(subject.store, updates.slice(0, half))
      await subject.store.compact(here)
      await subject.reopen()
      await appendAll(subject.store, updates.slice(half))
      await subject.store.compact(here)
      await subject.reopen()
      expect(contentOf(await documentOf(subject.store, here))).toEqual(contentOf(applied(updates)))
    })

    test('lets go of a load that stops early', async () => {
      await appendAll(subject.store, editsOf(spreadChoices(3_000)))
      for await (const segment of subject.store.load(here, 'board')) {
        expect(segment.byteLength).toBeGreaterThan(0)
        break
      }
      await subject.store.close()
    })
  })
}
