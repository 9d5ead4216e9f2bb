import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { binRoot, readBin, readRequests, requestRoot } from './desk.ts'
import type { NoteId, RequestId } from './ids.ts'
import { binnedOf } from './workshop.fixture.ts'

it('lists what is in the bin, the latest first', () => {
  const desk = new Y.Doc()
  const binned = [binnedOf('b', { at: 1 }), binnedOf('c', { at: 2, hidden: true }), binnedOf('a', { at: 1 })]
  for (const { id, ...rest } of binned) binRoot(desk).set(id, rest)
  expect(readBin(desk)).toEqual([binned[1], binned[2], binned[0]])
  binRoot(desk).delete('c' as NoteId)
  expect(readBin(desk).map(({ id }) => id)).toEqual(['a', 'b'])
})

it('lists what people ask to add in the order in which they asked', () => {
  const desk = new Y.Doc()
  const request = { person: null, phase: 'gaps', text: 'One more', note: null } as const
  for (const [id, at] of [
    ['b', 7],
    ['a', 7],
    ['c', 5],
  ] as const)
    requestRoot(desk).set(id, { ...request, at })
  expect(readRequests(desk)).toEqual([
    { id: 'c' as RequestId, ...request, at: 5 },
    { id: 'a' as RequestId, ...request, at: 7 },
    { id: 'b' as RequestId, ...request, at: 7 },
  ])
})
