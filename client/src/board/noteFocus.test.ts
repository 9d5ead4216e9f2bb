import type { NoteId } from '@quintet/shared/ids'
import { beforeEach, expect, test, vi } from 'vitest'
import { leaving } from './noteFocus.ts'

const id = (text: string) => text as NoteId
const GROUP = `<section><div role="group" tabindex="0" data-note="group"></div>
  <article tabindex="0" data-note="in-1"></article><article tabindex="0" data-note="in-2"></article></section>`
const LOOSE = '<article tabindex="0" data-note="a"></article><article tabindex="0" data-note="b"></article>'

/** Takes what goes off the page, as the screen does, and reads where focus then is. */
async function focusAfter(page: string, ...going: readonly string[]) {
  document.body.innerHTML = `<main data-board="">${page}</main>`
  const leave = leaving(...going.map(id))
  for (const each of going) {
    const element = document.querySelector(`[data-note="${each}"]`)
    if (element?.matches('[role="group"]')) element.closest('section')?.remove()
    else element?.remove()
  }
  leave()
  await vi.waitFor(() => expect(document.activeElement).not.toBe(document.body), { timeout: 5_000 })
  return document.activeElement?.getAttribute('data-note') ?? document.activeElement?.textContent
}

beforeEach(() => {
  document.body.innerHTML = ''
})

test('focus goes to what comes next, and from the last one to the one before', async () => {
  expect(await focusAfter(LOOSE, 'a')).toBe('b')
  expect(await focusAfter(LOOSE, 'b')).toBe('a')
})

test('from several it goes to what none of them is', async () => {
  expect(await focusAfter(GROUP + LOOSE, 'in-1', 'in-2')).toBe('a')
  expect(await focusAfter(GROUP + LOOSE, 'a', 'b')).toBe('in-2')
})

test('a group takes its notes with it', async () => {
  expect(await focusAfter(GROUP + LOOSE, 'group')).toBe('a')
})

test('from the only one it goes to where the next one is written', async () => {
  const form = '<form><textarea></textarea><button type="submit">Add</button></form>'
  expect(await focusAfter(`${form}<article tabindex="0" data-note="a"></article>`, 'a')).toBe('Add')
})
