import type { Command } from '@quintet/shared/commands'
import type { CommandId, PersonId, StepId, WorkshopId } from '@quintet/shared/ids'
import { pino } from 'pino'
import { openSqliteStore } from '../store/sqlite.ts'
import type { Store } from '../store/store.ts'
import { Rooms } from './rooms.ts'

/*
 * A process that moves a workshop on from its first step, which ends with a reveal or the close of a vote, and is ended
 * by SIGKILL in the middle of it:
 * `node reveal.fixture.ts <folder> <when>`, where `when` is `before` that is appended, `after` it is durable and
 * before anybody is told, `between` two of its pieces, or a number of ms after its append began.
 */

export const REVEALED = 'revealed' as WorkshopId
export const FACILITATOR = { person: 'person-0' as PersonId, role: 'facilitator' } as const

/** From the first step to the second: from Write to Share, or whatever they are. */
export function moveOn(id: string): Command {
  const [write, share] = ['principles-1', 'principles-2'] as [StepId, StepId]
  const points = { from: { phase: 'principles', step: write }, to: { phase: 'principles', step: share } } as const
  return { id: id as CommandId, name: 'move', ...points }
}

function end(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}

/** A store that ends the process at the first append after the countdown ended, which holds what it announced. */
function ending(store: Store, when: string, isOver: () => boolean): Store {
  return {
    ...store,
    append: async (workshop, append) => {
      const shows = isOver()
      if (shows && when === 'before') await end()
      const appended = store.append(workshop, append)
      if (shows && when !== 'after') setTimeout(end, Number(when))
      await appended
      if (shows) await end()
    },
  }
}

if (import.meta.main) {
  const [folder = '', when = ''] = process.argv.slice(2)
  let isOver = false
  const store = ending(await openSqliteStore({ folder }), when, () => isOver)
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
  isOver = true
  endCountdown()
  if (when === 'between') setImmediate(end)
}
