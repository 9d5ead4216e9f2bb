import type { WorkshopId } from '@quintet/shared/ids'
import { afterEach, expect, test } from 'vitest'
import { forgetKey, takeKey, workshopPath } from './linkKey.ts'

const w1 = 'w1' as WorkshopId

afterEach(() => {
  forgetKey(w1)
  history.replaceState(null, '', '/')
})

test('the key leaves the address bar at once, and is known until it is forgotten', () => {
  history.replaceState({ kept: true }, '', '/w/w1?x=1#s3cret')
  const entries = history.length
  expect(takeKey(w1)).toBe('s3cret')
  expect(location.href).not.toContain('s3cret')
  expect(location.hash).toBe('')
  expect(location.pathname + location.search).toBe('/w/w1?x=1')
  expect(history.state).toEqual({ kept: true })
  expect(history.length).toBe(entries)
  expect(takeKey(w1)).toBe('s3cret')
  forgetKey(w1)
  expect(takeKey(w1)).toBeNull()
})

test('an address without a key gives none', () => {
  history.replaceState(null, '', '/w/w1#')
  expect(takeKey(w1)).toBeNull()
})

const HERE = 'http://quintet.test:3000/'

test.each([
  ['http://quintet.test:3000/w/w1#key', { path: '/w/w1#key' }],
  ['  http://quintet.test:3000/w/w1#key \n', { path: '/w/w1#key' }],
  ['/w/w1', { path: '/w/w1' }],
  ['/w/w1/screen#key', { path: '/w/w1/screen#key' }],
  ['http://10.0.0.7:3000/w/w1#key', { other: 'http://10.0.0.7:3000/w/w1#key' }],
  ['javascript:/w/w1#key', null],
  ['http://quintet.test:3000/', null],
  ['http://quintet.test:3000/w/', null],
  ['http://quintet.test:3000/w/a b#k', null],
  ['http://quintet.test:3000/w/w1/x', null],
  ['how we serve', null],
  ['http://', null],
])('pasting %s gives %o', (pasted, result) => {
  expect(workshopPath(pasted, HERE)).toEqual(result)
})
