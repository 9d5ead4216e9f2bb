import type { WorkshopId } from '@quintet/shared/ids'
import * as Y from 'yjs'
import { createStore, type StoreApi } from 'zustand/vanilla'
import {
  type CopyOwner,
  copyName,
  copyOwners,
  KEPT_DOCUMENTS,
  type KeptDocument,
  readCopyLine,
} from './deviceMemory.ts'
import { readCopy } from './readCopy.ts'

/** What a device kept of somebody's last session, read without any connection and not to be written in. */
export interface LeftSession {
  readonly workshop: WorkshopId
  readonly me: { readonly id: CopyOwner['person'] }
  readonly docs: Readonly<Record<KeptDocument, Y.Doc>>
  /** The ids of what was not known to be durable. */
  readonly unsaved: StoreApi<ReadonlySet<string>>
}

/** What this device keeps of a workshop, of everybody who sat in this browser. What cannot be read is left out. */
export function readLeftSessions(workshop: WorkshopId): Promise<readonly LeftSession[]> {
  return Promise.all(copyOwners(workshop).map(readLeftSession))
}

async function readLeftSession(owner: CopyOwner): Promise<LeftSession> {
  const line = readCopyLine(owner)
  const docs = { stage: new Y.Doc(), board: new Y.Doc(), notebook: new Y.Doc() }
  const unsaved = new Set<string>()
  for (const document of line ? KEPT_DOCUMENTS : []) {
    const copy = line && (await readCopy(copyName(owner, document, line)).catch(() => undefined))
    if (!copy) continue
    if (copy.updates.length > 0) Y.applyUpdate(docs[document], Y.mergeUpdates([...copy.updates]))
    for (const thing of copy.things) unsaved.add(thing)
  }
  return { workshop: owner.workshop, me: { id: owner.person }, docs, unsaved: createStore(() => unsaved) }
}
