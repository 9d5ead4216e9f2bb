import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, it, vi } from 'vitest'
import { keepUnsent } from '../board/unsent.ts'
import { clearDevice } from './clearDevice.ts'
import { copyName, newCopyLine, rememberCopyLine } from './deviceMemory.ts'
import { onLeft } from './leftElsewhere.ts'
import { countHandedBack, waitingInCopies } from './waitingHere.ts'

const WORKSHOP = 'w1' as WorkshopId
const INES = { workshop: WORKSHOP, person: 'ines' as PersonId }
const TOMASZ = { workshop: WORKSHOP, person: 'tomasz' as PersonId }
let databases: IDBFactory

/** A database as copies are, in which something waits. */
function write(name: string, things: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const request = databases.open(name)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('updates', { autoIncrement: true })
      request.result.createObjectStore('custom').put({ at: 1, things, since: [] }, 1)
    }
    request.onsuccess = () => {
      request.result.close()
      resolve()
    }
  })
}

beforeEach(async () => {
  localStorage.clear()
  sessionStorage.clear()
  databases = new IDBFactory()
  vi.stubGlobal('indexedDB', databases)
  const line = { ...newCopyLine('e'), resets: { stage: 0, board: 1, notebook: 0 } }
  for (const owner of [INES, TOMASZ]) {
    rememberCopyLine(owner, line)
    for (const reset of [0, 1])
      await write(copyName(owner, 'board', { ...line, resets: { ...line.resets, board: reset } }), [
        `${owner.person}${reset}`,
        'both',
      ])
  }
  await write('quintet:w2:board:ines:e:0', ['elsewhere'])
})
const names = async () => (await databases.databases()).map(({ name }) => name)

it.each([true, false])(
  'deletes the copies of all seats in a workshop, where the browser lists them: %s',
  async (lists) => {
    const listed = names
    if (!lists)
      vi.stubGlobal(
        'indexedDB',
        new Proxy(databases, {
          get: (of, key) => {
            if (key === 'databases') return undefined
            const value: unknown = Reflect.get(of, key)
            return typeof value === 'function' ? value.bind(of) : value
          },
        }),
      )
    await clearDevice(WORKSHOP)
    expect(await listed()).toEqual(['quintet:w2:board:ines:e:0'])
    expect(Object.keys(localStorage).filter((key) => key.includes(WORKSHOP))).toEqual([])
  },
)

it('counts what waits in the copies of all seats, and what was handed back to them', async () => {
  localStorage.setItem('quintet-tray w1 ines notes/n1 0', '{}')
  localStorage.setItem('quintet-tray w1 tomasz notes/n2 0', '{}')
  localStorage.setItem('quintet-tray w1 tomasz away', 'yes')
  localStorage.setItem('quintet-tray w2 ines notes/n3 0', '{}')
  expect([...(await waitingInCopies(WORKSHOP))].sort()).toEqual(['both', 'ines0', 'ines1', 'tomasz0', 'tomasz1'])
  expect(countHandedBack(WORKSHOP)).toBe(2)
})

it('hears that another tab left this workshop, and of no other', () => {
  const left = vi.fn<() => void>()
  const end = onLeft(WORKSHOP, left)
  const tell = (newValue: string | null) =>
    dispatchEvent(new StorageEvent('storage', { key: 'quintet-left', newValue }))
  tell('w2')
  tell(null)
  expect(left).not.toHaveBeenCalled()
  tell('w1')
  expect(left).toHaveBeenCalledOnce()
  end()
})

it('keeps nothing of a workshop in a tab that hears it was left, so that the closing tab leaves nothing behind either', () => {
  const key = (workshop: WorkshopId) => ({ workshop, person: INES.person, phase: 'gaps', under: null }) as const
  keepUnsent(key(WORKSHOP), 'Half a')
  keepUnsent(key('w2' as WorkshopId), 'Elsewhere')
  const end = onLeft(WORKSHOP, () => dispatchEvent(new Event('pagehide')))
  dispatchEvent(new StorageEvent('storage', { key: 'quintet-left', newValue: WORKSHOP }))
  const entries = [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage))
  expect(entries.flatMap(([name, words]) => (name.startsWith('quintet-unsent') ? words : []))).toEqual([
    'Elsewhere',
    'Elsewhere',
  ])
  end()
})
