import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { answerWithout, clientsBeyond, clocksOf, least } from './clocks.ts'

/** A document that another person wrote in. */
function writtenBy(client: number, text: string, before?: Y.Doc): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = client
  if (before) Y.applyUpdate(doc, Y.encodeStateAsUpdate(before))
  doc.getText('words').insert(0, text)
  return doc
}

test('what both hold is the lesser of each, and nothing of whom one does not know', () => {
  expect(
    least(
      new Map([
        [1, 4],
        [2, 1],
        [3, 5],
      ]),
      new Map([
        [1, 2],
        [2, 7],
      ]),
    ),
  ).toEqual(
    new Map([
      [1, 2],
      [2, 1],
      [3, 0],
    ]),
  )
})

test('an answer without some clients has all that the others wrote, and nothing that needs what is left out', () => {
  const doc = writtenBy(1, 'one ')
  for (const [client, text] of [
    [2, 'two '],
    [3, 'three '],
  ] as const)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(writtenBy(client, text)))
  // The third deletes letters of the second.
  const words = doc.getText('words')
  words.delete(words.toString().indexOf('two'), 3)
  const other = new Y.Doc()
  Y.applyUpdate(other, answerWithout(doc, new Map(), [2]))
  expect(clientsBeyond(clocksOf(doc), clocksOf(other))).toEqual([2])
  expect(other.store.pendingDs).toBeNull()
  expect(other.store.pendingStructs).toBeNull()
  expect(other.getText('words').toString().trim().split(/ +/).toSorted()).toEqual(['one', 'three'])

  Y.applyUpdate(other, answerWithout(doc, clocksOf(other), []))
  expect(other.getText('words').toString()).toBe(words.toString())
})

test('what builds on what is left out waits with it', () => {
  const second = writtenBy(2, 'built on it ', writtenBy(1, 'below '))
  second.getText('words').insert(6, 'inside ')
  const other = new Y.Doc()
  Y.applyUpdate(other, answerWithout(second, new Map(), [1]))
  expect(other.store.pendingStructs).toBeNull()
  Y.applyUpdate(other, answerWithout(second, clocksOf(other), []))
  expect(other.getText('words').toString()).toBe(second.getText('words').toString())
})
