import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A TCP proxy before a server, whose connections can be cut, delayed and held, as a meeting room's network does it. */
export interface CuttableWire {
  readonly port: number
  /** How long each piece of data is on its way, ms. */
  delay: number
  /** Ends every connection at once, without a goodbye. */
  cut(): void
  /** Lets no new connection through until {@link mend}. */
  unplug(): void
  mend(): void
  close(): Promise<void>
}

/**
 * Lays a wire to a port of this machine.
 * @param tap hears each piece of data before it goes on: of which connection, counted from 0, and which way.
 */
export async function layWire(
  to: number,
  tap: (connection: number, way: 'there' | 'back', data: Buffer) => void = () => undefined,
): Promise<CuttableWire> {
  const ends = new Set<Socket>()
  let plugged = true
  let connections = 0

  const server: Server = createServer((near) => {
    if (!plugged) {
      near.destroy()
      return
    }
    const far = connect(to, '127.0.0.1')
    const connection = connections++
    near.on('data', (data) => tap(connection, 'there', data))
    far.on('data', (data) => tap(connection, 'back', data))
    for (const end of [near, far]) {
      ends.add(end)
      end.setNoDelay(true)
      end.on('error', () => undefined)
    }
    carry(near, far)
    carry(far, near)
  })

  function carry(from: Socket, to: Socket): void {
    // What was sent first arrives first, also where the delay has become shorter since.
    const onTheWay: (() => void)[] = []
    const arrive = () => onTheWay.shift()?.()
    const later = (act: () => void) => {
      onTheWay.push(act)
      if (wire.delay > 0) setTimeout(arrive, wire.delay)
      else arrive()
    }
    from.on('data', (data) => later(() => to.destroyed || to.write(data)))
    from.on('close', () => {
      ends.delete(from)
      later(() => to.destroy())
    })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const wire: CuttableWire = {
    port: (server.address() as AddressInfo).port,
    delay: 0,
    cut: () => {
      for (const end of ends) end.destroy()
    },
    unplug: () => {
      plugged = false
    },
    mend: () => {
      plugged = true
    },
    close: async () => {
      wire.cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return wire
}
