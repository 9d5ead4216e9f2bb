import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { beforeEach, expect, it, vi } from 'vitest'
import { keepUnsent, readUnsent } from './unsent.ts'

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

it('keeps unsent words for whom they are of, and for nobody who takes the next seat in the tab', () => {
  const mine = { workshop: 'w' as WorkshopId, person: 'ines' as PersonId, phase: 'gaps', under: undefined } as const
  keepUnsent(mine, 'Half a')
  expect(readUnsent(mine)).toBe('Half a')
  expect(readUnsent({ ...mine, person: 'kofi' as PersonId })).toBe('')
  keepUnsent(mine, '')
  expect(readUnsent(mine)).toBe('')
})

it('leaves unsent words to the next tab when this one is closed, and to no other after it', () => {
  const mine = { workshop: 'w' as WorkshopId, person: 'ines' as PersonId, phase: 'gaps', under: null } as const
  keepUnsent(mine, 'Half a')
  const openElsewhere = () => sessionStorage.clear()
  openElsewhere()
  expect(readUnsent(mine)).toBe('')

  keepUnsent(mine, 'Half a thought')
  dispatchEvent(new Event('pagehide'))
  openElsewhere()
  expect(readUnsent(mine)).toBe('Half a thought')
  expect(readUnsent(mine)).toBe('Half a thought')
  openElsewhere()
  expect(readUnsent(mine)).toBe('')
})

it('leaves nothing to another tab where the page was loaded again', async () => {
  const mine = { workshop: 'w' as WorkshopId, person: 'ines' as PersonId, phase: 'gaps', under: null } as const
  keepUnsent(mine, 'Half a')
  dispatchEvent(new Event('pagehide'))
  vi.resetModules()
  const again = await import('./unsent.ts')
  expect(again.readUnsent(mine)).toBe('Half a')
  sessionStorage.clear()
  expect(again.readUnsent(mine)).toBe('')
})
