import type { PersonId } from '@quintet/shared/ids'
import type { Person } from '@quintet/shared/stage'
import { expect, test } from 'vitest'
import { peopleInOrder } from './peopleOrder.ts'

const person = (id: string, role: Person['role'], joinedAt: number): Person => ({
  id: id as PersonId,
  name: id,
  role,
  joinedAt,
})

test('those who are here stand first, facilitators first among them, then in the order in which they came', () => {
  const people = [
    person('late', 'member', 9),
    person('early', 'member', 2),
    person('lead', 'facilitator', 5),
    person('gone', 'member', 1),
    person('goneLead', 'facilitator', 8),
  ]
  const here = new Set(['late', 'early', 'lead'] as PersonId[])
  expect(peopleInOrder(people, here).map(({ id }) => id)).toEqual(['lead', 'early', 'late', 'goneLead', 'gone'])
})
