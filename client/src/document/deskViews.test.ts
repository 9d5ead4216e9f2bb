import { type AddRequest, type Binned, binRoot, readBin, readRequests, requestRoot } from '@quintet/shared/desk'
import type { NoteId, PersonId, RequestId } from '@quintet/shared/ids'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { DeskViews } from './deskViews.ts'

const NOTE = (id: string) => id as NoteId
const ASKED = (id: string) => id as RequestId

const binned = (at: number, text = 'Docs first'): Omit<Binned, 'id'> => ({
  phase: 'gaps',
  author: 'ines' as PersonId,
  text,
  firstStep: '',
  measure: '',
  at,
  hidden: false,
})
const asked = (at: number, text = 'Docs first'): Omit<AddRequest, 'id'> => ({
  person: 'ines' as PersonId,
  phase: 'gaps',
  text,
  note: null,
  at,
})

test('the views of a desk are what reading it whole comes to, after every change of any kind', () => {
  const change = fc.record({
    root: fc.constantFrom('bin' as const, 'requests' as const),
    id: fc.constantFrom('x0', 'x1', 'x2', 'x3'),
    at: fc.option(fc.integer({ min: 0, max: 2 ** 42 }), { freq: 3 }),
    text: fc.constantFrom('one', 'two'),
  })
  fc.assert(
    fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), (transactions) => {
      const desk = new Y.Doc()
      const views = new DeskViews(desk)
      for (const changes of transactions) {
        desk.transact(() => {
          for (const { root, id, at, text } of changes) {
            if (at === null) (root === 'bin' ? binRoot(desk) : requestRoot(desk)).delete(id)
            else if (root === 'bin') binRoot(desk).set(id, binned(at, text))
            else requestRoot(desk).set(id, asked(at, text))
          }
        })
        for (const { bin, requests } of [views, new DeskViews(desk)]) {
          expect(bin.all.getState().map((id) => bin.entries.at(id).getState())).toEqual(readBin(desk))
          expect(requests.all.getState().map((id) => requests.entries.at(id).getState())).toEqual(readRequests(desk))
        }
      }
    }),
  )
})

test('a change leaves every other view the object that it was, and tells nobody who looks at those', () => {
  const desk = new Y.Doc()
  binRoot(desk).set('a', binned(1))
  binRoot(desk).set('b', binned(2))
  requestRoot(desk).set('r', asked(1))
  const { bin, requests } = new DeskViews(desk)
  const other = bin.entries.at(NOTE('b')).getState()
  const list = bin.all.getState()
  let told = 0
  for (const store of [bin.all, bin.entries.at(NOTE('b')), requests.all, requests.entries.at(ASKED('r'))])
    store.subscribe(() => told++)
  binRoot(desk).set('a', binned(1, 'Docs before tickets'))
  expect(bin.entries.at(NOTE('a')).getState()?.text).toBe('Docs before tickets')
  expect(bin.entries.at(NOTE('b')).getState()).toBe(other)
  expect(bin.all.getState()).toBe(list)
  expect(told).toBe(0)
})

test('without a desk there is nothing in it', () => {
  const { bin, requests } = new DeskViews(undefined)
  expect([...bin.all.getState(), ...requests.all.getState()]).toEqual([])
})
