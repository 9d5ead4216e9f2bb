import { isId, type RequestId } from '@quintet/shared/ids'
import type { Piece } from './pieces.ts'
import { keptKeys, type TrayOwner } from './trayKeys.ts'
import { type Entry, readKept, writeKept } from './trayStorage.ts'

/** The tray: what was handed back to somebody in a workshop, kept on this device until they put it back or discard it. */
export interface Kept {
  readonly piece: Piece
  /** When it came into the tray, ms since the epoch. */
  readonly handedAt: number
  /** What the server said when it refused, where that is not what the rules say; else null. */
  readonly why: string | null
  /** The request to add it, once somebody was asked. */
  readonly asked: RequestId | null
}

const KINDS: ReadonlySet<unknown> = new Set<Piece['is']>(['note', 'draft', 'group', 'words', 'change', 'dots'])

/** An entry of another version, or one that something else wrote there, is left alone. */
function parseKept(text: string | null): Kept | undefined {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Kept> | null
    if (!kept?.piece || !KINDS.has(kept.piece.is) || typeof kept.handedAt !== 'number') return undefined
    const { piece, handedAt, why, asked } = kept
    return { piece, handedAt, why: why ?? null, asked: isId(asked) ? asked : null }
  } catch {
    return undefined
  }
}

/** Everything in a tray, the oldest first. */
export function readTray(owner: TrayOwner): readonly Kept[] {
  return keptKeys(owner)
    .flatMap((key) => parseKept(readKept(owner, key)) ?? [])
    .sort((a, b) => a.piece.at - b.piece.at || (a.piece.key < b.piece.key ? -1 : 1))
}

/** Puts things into a tray; what is in it already stays as it is. @returns whether they outlive the page. */
export function keep(owner: TrayOwner, kept: readonly Kept[]): boolean {
  const fresh = kept.filter(({ piece }) => !parseKept(readKept(owner, piece.key)))
  if (fresh.length === 0) return true
  return writeKept(owner, [[AWAY, null], ...fresh.map((each): Entry => [each.piece.key, JSON.stringify(each)])])
}

/** Says that a facilitator was asked to add a piece; null where that came to nothing. */
export function markAsked(owner: TrayOwner, key: string, asked: RequestId | null): void {
  const kept = parseKept(readKept(owner, key))
  if (kept) writeKept(owner, [[key, JSON.stringify({ ...kept, asked })]])
}

/** Takes pieces out of a tray. */
export function forget(owner: TrayOwner, keys: readonly string[]): void {
  const isLast = readTray(owner).every(({ piece }) => keys.includes(piece.key))
  writeKept(
    owner,
    [...keys, ...(isLast ? [AWAY] : [])].map((key) => [key, null]),
  )
}

/** No key of a piece: these have a slash. */
const AWAY = 'away'

/** Whether its owner put the tray out of the way; something new brings it back. */
export function isAway(owner: TrayOwner): boolean {
  return readKept(owner, AWAY) !== null
}

export function putAway(owner: TrayOwner, away: boolean): void {
  writeKept(owner, [[AWAY, away ? 'yes' : null]])
}
