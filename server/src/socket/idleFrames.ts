import { HOPELESS } from '@quintet/shared/limits'
import type { WebSocket } from 'ws'
import { Allowance } from '../allowance.ts'

const MINUTE = 60_000

/**
 * Ends a connection on which frames go on coming that nobody means: pings and pongs past {@link HOPELESS.pings}, and
 * whatever comes after the server's goodbye. No budget counts them, for they are no messages; but reading them takes the
 * loop's time as well.
 * @param ended hears that it came to that.
 */
export function endIdleFrames(socket: WebSocket, ended: () => void = () => undefined): void {
  const pings = new Allowance((HOPELESS.pings * 1_000) / MINUTE, MINUTE, performance.now())
  let afterwards = 0
  let isOver = false
  const end = () => {
    // The rest of the piece of data that is being read still comes.
    if (isOver) return
    isOver = true
    ended()
    socket.terminate()
  }
  const isLate = () => socket.readyState !== socket.OPEN && ++afterwards > HOPELESS.waiting
  const sign = () => {
    if (!isOver && (isLate() || pings.take(performance.now()) > 0)) end()
  }
  socket.on('ping', sign)
  socket.on('pong', sign)
  socket.on('message', () => {
    if (isLate()) end()
  })
}
