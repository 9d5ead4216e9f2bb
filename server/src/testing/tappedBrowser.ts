import type { WorkshopId } from '@quintet/shared/ids'
import type { DocumentName } from '@quintet/shared/protocol'
import { Browser, type Quintet } from '../quintet.fixture.ts'
import { type CuttableWire, layWire } from './cuttableWire.ts'
import { Participant } from './participant.ts'

/** One connection of a browser: what it asked first, and every byte that came back. */
interface Tapped {
  asked: string
  readonly back: Buffer[]
}

/**
 * A browser whose every byte from the server is kept, as it came over the wire: heads and bodies of answers, and the
 * sockets' frames. Nothing that somebody can obtain through it comes another way.
 */
export class TappedBrowser {
  readonly name: string
  readonly browser: Browser
  readonly #wire: CuttableWire
  readonly #connections: Map<number, Tapped>
  readonly #tabs = new Set<Participant>()
  /** The Yjs client ids under which its tabs wrote or would have written, by document. */
  readonly clients: { readonly document: DocumentName; readonly client: number }[] = []

  private constructor(name: string, wire: CuttableWire, connections: Map<number, Tapped>) {
    this.name = name
    this.browser = new Browser(`http://127.0.0.1:${wire.port}`)
    this.#wire = wire
    this.#connections = connections
  }

  static async open(name: string, { port }: Quintet): Promise<TappedBrowser> {
    const connections = new Map<number, Tapped>()
    const wire = await layWire(port, (id, way, data) => {
      const tapped = connections.get(id) ?? { asked: '', back: [] }
      connections.set(id, tapped)
      // The copy stays as it is when the socket uses its memory again.
      if (way === 'back') tapped.back.push(Buffer.from(data))
      else if (tapped.asked === '') tapped.asked = data.toString('latin1').split('\r\n', 1)[0] ?? ''
    })
    return new TappedBrowser(name, wire, connections)
  }

  /** Opens a tab of a document, with an empty copy, as after a reload. */
  tab(workshop: WorkshopId, document: DocumentName, seat: string): Participant {
    const headers = { cookie: `quintet=${this.browser.cookie}` }
    const tab = new Participant({ port: this.#wire.port, workshop, document, seat, headers })
    this.clients.push({ document, client: tab.doc.clientID })
    this.#tabs.add(tab)
    return tab
  }

  /** How much came so far; for {@link heard}. */
  get mark(): ReadonlyMap<number, number> {
    return new Map([...this.#connections].map(([id, { back }]) => [id, back.length]))
  }

  /** Every byte that came back, connection by connection. @param since what had come at that moment is left out. */
  heard(since: ReadonlyMap<number, number> = new Map()): Buffer {
    return Buffer.concat([...this.#connections].flatMap(([id, { back }]) => back.slice(since.get(id) ?? 0)))
  }

  /** The messages that came on the sockets to a document, in order. */
  messages(document: DocumentName): readonly Buffer[] {
    const sockets = [...this.#connections.values()].filter(({ asked }) => asked.includes(`/${document}?`))
    return sockets.flatMap(({ back }) => messagesOf(Buffer.concat(back)))
  }

  async close(): Promise<void> {
    for (const tab of this.#tabs) tab.leave()
    await this.#wire.close()
  }
}

const HEAD_END = '\r\n\r\n'

/** The payloads of the binary frames that follow the answer to an upgrade (RFC 6455: whole, and not masked). */
function messagesOf(bytes: Buffer): readonly Buffer[] {
  const messages: Buffer[] = []
  let at = bytes.indexOf(HEAD_END) + HEAD_END.length
  while (at + 2 <= bytes.length) {
    const short = (bytes[at + 1] ?? 0) & 127
    const head = short < 126 ? 2 : short === 126 ? 4 : 10
    if (at + head > bytes.length) break
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    if (bytes[at] === 0x82) messages.push(bytes.subarray(at + head, at + head + length))
    at += head + length
  }
  return messages
}
