import { expect, test } from 'vitest'
import { savedWords } from './savedWords.ts'

test.each([
  [{ is: 'saved' }, 'Saved', false],
  [{ is: 'saving' }, 'Saving', false],
  [{ is: 'offline', waiting: 3 }, 'Offline, 3 edits wait', true],
  [{ is: 'offline', waiting: 1 }, 'Offline, 1 edit waits', true],
  [{ is: 'offline', waiting: 0 }, 'Offline', true],
  [{ is: 'back', merged: 3 }, 'Back, 3 edits merged', false],
  [{ is: 'back', merged: 0 }, 'Back', false],
] as const)('%o reads %s', (saved, words, warn) => {
  expect(savedWords(saved)).toMatchObject({ words, warn })
})
