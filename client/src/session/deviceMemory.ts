import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { DocumentName } from '@quintet/shared/protocol'
import { amount, fields, type Shaped, text } from '@quintet/shared/shapes'

/** The documents that are kept on the device. The desk is not: what facilitators alone read stays in their tab. */
export const KEPT_DOCUMENTS = ['stage', 'board', 'notebook'] as const satisfies readonly DocumentName[]
export type KeptDocument = (typeof KEPT_DOCUMENTS)[number]

export const isKept = (name: DocumentName): name is KeptDocument => (KEPT_DOCUMENTS as readonly string[]).includes(name)

const lineShape = fields({ epoch: text, resets: fields({ stage: amount, board: amount, notebook: amount }) })

/**
 * Which copies of a workshop this device has for a person: of which data of the server (its epoch, empty where that is
 * not known), and how often each document was begun anew after a refusal.
 */
export type CopyLine = Shaped<typeof lineShape>

/** Copies of an epoch of the server, from the beginning. */
export const newCopyLine = (epoch: string): CopyLine => ({ epoch, resets: { stage: 0, board: 0, notebook: 0 } })

/** Whose copies. */
export interface CopyOwner {
  readonly workshop: WorkshopId
  readonly person: PersonId
}

const keyOf = ({ workshop, person }: CopyOwner) => `quintet-copies-${workshop}-${person}`

/** The name of a copy's database: one per workshop, document, person, epoch and reset. */
export function copyName({ workshop, person }: CopyOwner, document: KeptDocument, { epoch, resets }: CopyLine): string {
  return ['quintet', workshop, document, person, epoch, resets[document]].join(':')
}

/** Whose copies of a workshop there may be on this device. */
export function copyOwners(workshop: WorkshopId): readonly CopyOwner[] {
  const start = keyOf({ workshop, person: '' as PersonId })
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(start))
  return keys.map((key) => ({ workshop, person: key.slice(start.length) as PersonId }))
}

/** The names of all copies of a workshop that there may be on this device, of everybody: of the last epoch, each reset. */
export function copyNames(workshop: WorkshopId): readonly string[] {
  return copyOwners(workshop).flatMap((owner) => {
    const line = readCopyLine(owner)
    if (!line) return []
    return KEPT_DOCUMENTS.flatMap((document) =>
      Array.from({ length: line.resets[document] + 1 }, (_, reset) =>
        copyName(owner, document, { ...line, resets: { ...line.resets, [document]: reset } }),
      ),
    )
  })
}

/** Which copies there may be; null where there are none, or the browser stores nothing. */
export function readCopyLine(owner: CopyOwner): CopyLine | null {
  try {
    return lineShape(JSON.parse(localStorage.getItem(keyOf(owner)) ?? 'null')) ?? null
  } catch {
    return null
  }
}

/** Remembers which copies there are. @throws where the browser stores nothing: a copy would not be found again. */
export function rememberCopyLine(owner: CopyOwner, line: CopyLine): void {
  localStorage.setItem(keyOf(owner), JSON.stringify(line))
}
