import type { WorkshopId } from '@quintet/shared/ids'
import { expect, test } from 'vitest'
import { Browsers } from './browsers.ts'

const [HERE, THERE] = ['here' as WorkshopId, 'there' as WorkshopId]

test('tells each connection of a browser in a workshop once that its seat is gone, and nobody else', () => {
  const told: string[] = []
  const browsers = new Browsers()
  const arrive = (workshop: WorkshopId, browser: string, name: string) =>
    browsers.arrive(workshop, browser, () => void told.push(name))
  arrive(HERE, 'laptop', 'stage')
  arrive(HERE, 'laptop', 'board')
  arrive(HERE, 'phone', 'phone')
  arrive(THERE, 'laptop', 'elsewhere')
  expect(browsers.leave(HERE, 'laptop')).toBe(2)
  expect(browsers.leave(HERE, 'laptop')).toBe(0)
  expect(told).toEqual(['stage', 'board'])
})

test('forgets who went, and only them', () => {
  const told: string[] = []
  const browsers = new Browsers()
  const seatGone = () => void told.push('gone')
  const [first, second] = [browsers.arrive(HERE, 'laptop', seatGone), browsers.arrive(HERE, 'laptop', seatGone)]
  first()
  first()
  expect(browsers.leave(HERE, 'laptop')).toBe(1)
  // The goodbye of somebody who was told comes after others came in.
  browsers.arrive(HERE, 'laptop', seatGone)
  second()
  expect(browsers.leave(HERE, 'laptop')).toBe(1)
  expect(told).toEqual(['gone', 'gone'])
})
