import type { Command } from '@quintet/shared/commands'
import type { CommandId, PersonId, StepId, WorkshopId } from '@quintet/shared/ids'
import { pino } from 'pino'
import { openSqliteStore } from '../store/sqlite.ts'
import type { Store } from '../store/store.ts'
import { Rooms } from './rooms.ts'

/*
 * A process that begins the reveal of a workshop's principles and is ended by SIGKILL in the middle of it:
 * `node reveal.fixture.ts <folder> <when>`, where `when` is `before` the reveal is appended, `after` it is durable and
 * before anybody is told, `between` two of its pieces, or a number of ms after its append began.
 */

export const REVEALED = 'revealed' as WorkshopId
export const FACILITATOR = { person: 'person-0' as PersonId, role: 'facilitator' } as const

/** From Write to Share. */
export function moveOn(id: string): Command {
  const [write, share] = ['principles-1', 'principles-2'] as [StepId, StepId]
  const points = { from: { phase: 'principles', step: write }, to: { phase: 'principles', step: share } } as const
  return { id: id as CommandId, name: 'move', ...points }
}

function end(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}

/** A store that ends the process at the first append that holds something of the board. */
function ending(store: Store, when: string): Store {
  return {
    ...store,
    append: async (workshop, append) => {
      const reveals = append.updates.some(({ document }) => document === 'board')
      if (reveals && when === 'before') await end()
      const appended = store.append(workshop, append)
      if (reveals && when !== 'after') setTimeout(end, Number(when))
      await appended
      if (reveals) await end()
    },
  }
}

if (import.meta.main) {
  const [folder = '', when = ''] = process.argv.slice(2)
  const store = ending(await openSqliteStore({ folder }), when)
  let endCountdown: () => void = () => undefined
  const rooms = new Rooms({
    store,
    log: pino({ level: 'silent' }),
    alarm: (_at, ring) => {
      endCountdown = ring
      return () => undefined
    },
  })
  const room = await rooms.open(REVEALED)
  // Two facilitators, or a double click. The countdown is on disk before it ends.
  await Promise.all(['first', 'second'].map((id) => room.command(FACILITATOR, moveOn(id))))
  endCountdown()
  if (when === 'between') setImmediate(end)
}
