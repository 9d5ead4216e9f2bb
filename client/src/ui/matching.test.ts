import { expect, it } from 'vitest'
import { matching } from './matching.ts'

const options = ['Ines', 'Tomasz', 'José Ángel', 'Maria Ines', 'Zoë'].map((label) => ({ label }))

it.each([
  { typed: '', found: ['Ines', 'Tomasz', 'José Ángel', 'Maria Ines', 'Zoë'] },
  { typed: 'ines', found: ['Ines', 'Maria Ines'] },
  { typed: 'mar', found: ['Maria Ines'] },
  { typed: 'jose angel', found: ['José Ángel'] },
  { typed: 'ANGEL josé', found: ['José Ángel'] },
  { typed: 'zoe', found: ['Zoë'] },
  { typed: 'nobody', found: [] },
])('"$typed" finds $found', ({ typed, found }) => {
  expect(matching(options, typed).map(({ label }) => label)).toEqual(found)
})
