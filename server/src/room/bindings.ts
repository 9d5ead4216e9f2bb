import { isId, type PersonId, type WorkshopId } from '@quintet/shared/ids'
import type { CloseName } from '@quintet/shared/protocol'
import { Clients } from '../guard/clients.ts'
import type { RecordWrite, Store } from '../store/store.ts'

/** Kind of the records that say whose a Yjs client id is [promise 5]. */
const CLIENT_RECORDS = 'client'

/** Whose the client ids of a workshop are, as far as something was written under them. @throws if it cannot be read. */
export async function loadClients(store: Store, workshop: WorkshopId): Promise<Clients> {
  const records = await store.records(workshop, CLIENT_RECORDS, Number.MAX_SAFE_INTEGER)
  return new Clients(
    records.flatMap(({ key, value }) => (isId(value) ? [[Number(key), value as PersonId] as const] : [])),
  )
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
