import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { expect, it } from 'vitest'
import { keepUnsent, readUnsent } from './unsent.ts'

it('keeps unsent words for whom they are of, and for nobody who takes the next seat in the tab', () => {
  const mine = { workshop: 'w' as WorkshopId, person: 'ines' as PersonId, phase: 'gaps', under: undefined } as const
  keepUnsent(mine, 'Half a')
  expect(readUnsent(mine)).toBe('Half a')
  expect(readUnsent({ ...mine, person: 'kofi' as PersonId })).toBe('')
  keepUnsent(mine, '')
  expect(readUnsent(mine)).toBe('')
})
