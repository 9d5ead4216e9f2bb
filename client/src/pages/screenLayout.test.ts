import { expect, test } from 'vitest'
import { screenLayout } from './screenLayout.ts'

test.each([
  [0, 1, 'large', 8],
  [8, 1, 'large', 8],
  [9, 2, 'medium', 16],
  [16, 2, 'medium', 16],
  [17, 3, 'small', 30],
  [200, 3, 'small', 30],
])('%i notes stand in %i columns, %s', (count, columns, density, most) => {
  expect(screenLayout(count)).toMatchObject({ columns, density, most })
})
