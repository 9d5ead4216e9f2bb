import { expect, it } from 'vitest'
import { noteKey } from './noteKeys.ts'

const bare = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }

it.each([
  { pressed: { key: 'Enter' }, means: { does: 'edit' } },
  { pressed: { key: 'h' }, means: { does: 'hang' } },
  { pressed: { key: 'H', shiftKey: true }, means: { does: 'hang' } },
  { pressed: { key: 'g' }, means: { does: 'group' } },
  { pressed: { key: ' ' }, means: { does: 'select' } },
  { pressed: { key: 'g', ctrlKey: true }, means: null },
  { pressed: { key: 'F10', shiftKey: true }, means: { does: 'menu' } },
  { pressed: { key: 'ArrowLeft', altKey: true }, means: { does: 'move', by: -1 } },
  { pressed: { key: 'ArrowDown', altKey: true }, means: { does: 'move', by: 1 } },
  { pressed: { key: 'ArrowDown' }, means: { does: 'go', key: 'ArrowDown' } },
  { pressed: { key: 'h', ctrlKey: true }, means: null },
  { pressed: { key: 'ArrowLeft', metaKey: true }, means: null },
  { pressed: { key: 'h', altKey: true }, means: null },
  { pressed: { key: 'Tab' }, means: null },
])('$pressed', ({ pressed, means }) => {
  expect(noteKey({ ...bare, ...pressed })).toEqual(means)
})
