import { isId, type PersonId, type WorkshopId } from '@quintet/shared/ids'
import type { CloseName } from '@quintet/shared/protocol'
import { Clients, MOST_HEARD } from '../guard/clients.ts'
import type { Append, RecordWrite, Store } from '../store/store.ts'

/** Kind of the records that say whose a Yjs client id is [promise 5]. */
const CLIENT_RECORDS = 'client'
/** Kind of those that say it of ids that others heard of. Only so many are kept. */
const HEARD_RECORDS = 'heard'

/** Whose the client ids of a workshop are, as far as something was written under them or others heard of them. @throws if it cannot be read. */
export async function loadClients(store: Store, workshop: WorkshopId): Promise<Clients> {
  const saved = await store.records(workshop, CLIENT_RECORDS, Number.MAX_SAFE_INTEGER)
  return new Clients(read(saved), read(await store.records(workshop, HEARD_RECORDS, MOST_HEARD)))
}

function read(records: Awaited<ReturnType<Store['records']>>): readonly (readonly [number, PersonId])[] {
  return records.flatMap(({ key, value }) => (isId(value) ? [[Number(key), value as PersonId] as const] : []))
}

/** What makes it durable that a client id is somebody's, before others hear of it; undefined where it is already. */
export function recordsOfHeard(
  clients: Clients,
  client: number,
  person: PersonId,
): Pick<Append, 'records' | 'forgotten'> | undefined {
  const forgotten = clients.hear(client)?.map((oldest) => ({ kind: HEARD_RECORDS, key: String(oldest) }))
  return forgotten && { records: [{ kind: HEARD_RECORDS, key: String(client), value: person }], forgotten }
}

/** What makes it durable that client ids are somebody's. */
export function recordsOf(clients: readonly number[], person: PersonId): readonly RecordWrite[] {
  return clients.map((client) => ({ kind: CLIENT_RECORDS, key: String(client), value: person }))
}

/**
 * Gives client ids to a person. @returns why they cannot have them, if one is another's or there were too many new ones.
 * @param payer on whose account new ones are: everybody's big screens are one person. @param isInUse whether something that was written under an id stands in a document.
 */
export function bindAll(
  clients: Clients,
  named: readonly number[],
  {
    person,
    payer,
    now,
    isInUse,
  }: { person: PersonId; payer: PersonId; now: number; isInUse: (client: number) => boolean },
): CloseName | undefined {
  for (const client of named) {
    const binding = clients.bind(client, person, now, isInUse(client), payer)
    if (binding !== 'bound') return binding === 'another' ? 'impossible' : 'tooMuch'
  }
  return undefined
}
