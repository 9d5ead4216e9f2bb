import { isId, type WorkshopId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { DOCUMENT_NAMES, type DocumentName, PROTOCOL_VERSION } from '@quintet/shared/protocol'

/** What the address of a sync connection asks for. */
export interface SyncAddress {
  readonly workshop: WorkshopId
  readonly document: DocumentName
  /** The seat in which the tab sits: a person's id, or the big screen's. */
  readonly seat: string
  /** The document's own Yjs client id first, then those of earlier sessions that are not saved yet. */
  readonly clients: readonly [number, ...number[]]
  /** The epoch of the data that the client's copy is of; undefined where it does not say. */
  readonly epoch: string | undefined
}

/** Under this path is the sync; every other upgrade is somebody else's. */
export const SYNC_PATH = '/sync/'

/** Reads `/sync/<workshop>/<document>?v=1&seat=<seat>&client=<id>[,<id>…][&epoch=<epoch>]`, or says which close code its fault has. */
export function readAddress(url: string): SyncAddress | 'badRequest' | 'newVersion' {
  const parsed = URL.canParse(url, 'http://here') ? new URL(url, 'http://here') : undefined
  if (!parsed?.pathname.startsWith(SYNC_PATH)) return 'badRequest'
  const version = parsed.searchParams.get('v')
  if (version === null || !/^\d{1,6}$/.test(version)) return 'badRequest'
  if (Number(version) !== PROTOCOL_VERSION) return 'newVersion'
  const [workshop, name, ...rest] = parsed.pathname.slice(SYNC_PATH.length).split('/')
  const document = DOCUMENT_NAMES.find((each) => each === name)
  const seat = parsed.searchParams.get('seat')
  const clients = readClients(parsed.searchParams.get('client'))
  if (!isId(workshop) || !document || rest.length > 0 || !isId(seat) || !clients) return 'badRequest'
  const epoch = parsed.searchParams.get('epoch') ?? undefined
  return { workshop: workshop as WorkshopId, document, seat, clients, epoch }
}

/** Yjs client ids are whole numbers of 32 bits. */
const MOST_CLIENT = 2 ** 32 - 1

function readClients(text: string | null): SyncAddress['clients'] | undefined {
  const parts = (text ?? '').split(',')
  if (parts.length > LIMITS.clientIds || !parts.every((part) => /^\d{1,10}$/.test(part))) return undefined
  const [first, ...more] = parts.map(Number)
  if (first === undefined || [first, ...more].some((client) => client > MOST_CLIENT)) return undefined
  return [first, ...more]
}
