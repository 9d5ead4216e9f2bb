import type { PersonId } from '@quintet/shared/ids'
import { expect, test, vi } from 'vitest'
import type { MenuItem } from '../ui/Menu.tsx'
import { seatEntries } from './seatEntries.ts'

const seat = (id: string, name: string, role: 'facilitator' | 'member' | 'observer') => ({
  id: id as PersonId,
  name,
  role,
})

const onLeave = () => Promise.resolve()

test('a browser with one seat has nothing to switch', () => {
  const one = seat('a', 'Maren', 'facilitator')
  expect(seatEntries({ seats: [one], now: one.id, onSit: () => undefined, onLeave })).toEqual([])
})

test('several seats are told apart, and one of them is the tab’s', () => {
  const seats = [seat('a', 'Kofi', 'member'), seat('b', 'Kofi', 'member'), seat('c', 'Kofi', 'observer')]
  const onSit = vi.fn()
  const items = seatEntries({ seats, now: 'b' as PersonId, onSit, onLeave }).filter(
    (entry): entry is MenuItem => typeof entry === 'object' && 'run' in entry,
  )
  expect(items.map(({ label, checked }) => [label, checked])).toEqual([
    ['Kofi, member', false],
    ['Kofi, member (2)', true],
    ['Kofi, observer', false],
  ])
  items[2]?.run()
  expect(onSit).toHaveBeenCalledWith('c')
})
