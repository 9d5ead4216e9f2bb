import type { WorkshopId } from '@quintet/shared/ids'
import { expect, test } from 'vitest'
import { curlLine, linkAt, originName } from './invitation.ts'

const LINK = 'http://10.0.0.7:3000/w/w1#k_e-y'

test('a link moves to another address with its key', () => {
  expect(linkAt('https://quintet.example.org', LINK)).toBe('https://quintet.example.org/w/w1#k_e-y')
})

test('the curl line carries the key in a header, and no address with a key in it', () => {
  const line = curlLine('http://10.0.0.7:3000', 'w1' as WorkshopId, LINK)
  expect(line).toBe("curl -H 'Authorization: Bearer k_e-y' http://10.0.0.7:3000/api/workshops/w1/export/plan.md")
  expect(line.split(' ').at(-1)).not.toContain('k_e-y')
})

test('an address reads without its scheme', () => {
  expect(originName('http://10.0.0.7:3000')).toBe('10.0.0.7:3000')
  expect(originName('https://quintet.example.org')).toBe('quintet.example.org')
})
