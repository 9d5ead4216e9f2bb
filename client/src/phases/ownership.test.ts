import { emptyPlan, type OutcomeId, type Owner } from '@quintet/shared/board'
import type { PersonId } from '@quintet/shared/ids'
import type { Person } from '@quintet/shared/stage'
import { expect, it } from 'vitest'
import { candidates } from './ownership.ts'

const person = (name: string, joinedAt: number): Person => ({
  id: name.toLowerCase() as PersonId,
  name,
  role: 'member',
  joinedAt,
})
const plan = (owner: Owner | null) => ({ ...emptyPlan('a' as OutcomeId), owner })

it('lists who has the fewest actions first, and among these who came first', () => {
  const people = [person('Tomasz', 3), person('Ines', 2), person('Lars', 1)]
  const plans = [
    plan({ person: 'lars' as PersonId }),
    plan({ person: 'lars' as PersonId }),
    plan({ person: 'tomasz' as PersonId }),
    plan({ name: 'Ines' }),
    plan(null),
  ]
  expect(candidates(people, new Map(), plans).map(({ name, actions }) => `${name} ${actions}`)).toEqual([
    'Ines 0',
    'Tomasz 1',
    'Lars 2',
  ])
})
