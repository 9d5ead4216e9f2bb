import type { OutcomeId } from '@quintet/shared/board'
import type { RoundId } from '@quintet/shared/ids'
import { ballots } from '@quintet/shared/notebook'
import { readStage } from '@quintet/shared/stage'
import * as Y from 'yjs'
import type { Watched } from './noEffect.ts'
import { observeDeep } from './observeDeep.ts'
import { type DotsPiece, pieceKey } from './pieces.ts'
import { itemOf } from './structs.ts'
import { keep } from './tray.ts'

/** What each slot held before it was changed offline. */
type Slots = Map<string, OutcomeId | null>

/**
 * Hands back dots that were placed, moved or taken back offline in a vote which had closed meanwhile. Where the network
 * was lost between a dot and the server's word that it is saved, nobody can tell, and nothing is said.
 * @returns ends it.
 */
export function watchDots(session: Watched): () => void {
  const { stage, notebook } = session.docs
  if (!notebook) return () => undefined
  const late = new Map<RoundId, Slots>()
  const end = observeDeep(ballots(notebook), (events, { local }) => {
    if (!local) return
    for (const { path, target, changes } of events) {
      const round = path[0] as RoundId | undefined
      // A ballot that begins with its first dot comes as a whole.
      if (round === undefined)
        for (const id of changes.keys.keys()) note(id as RoundId, slotsIn(notebook, id), () => null)
      else if (target instanceof Y.Map)
        note(round, changes.keys.keys(), (slot) => (changes.keys.get(slot)?.oldValue as OutcomeId | undefined) ?? null)
    }
  })
  const note = (round: RoundId, slots: Iterable<string>, before: (slot: string) => OutcomeId | null) => {
    const known: Slots = late.get(round) ?? new Map()
    for (const slot of slots)
      if (session.state.getState().is !== 'offline') known.delete(slot)
      else if (!known.has(slot)) known.set(slot, before(slot))
    late.set(round, known)
  }
  const stop = session.state.subscribe(({ is }) => {
    if (is !== 'live') return
    for (const [round, slots] of late)
      if (readStage(stage)?.rounds.find(({ id }) => id === round)?.state === 'closed') keepDots(session, round, slots)
    late.clear()
  })
  return () => {
    end()
    stop()
  }
}

function slotsIn(notebook: Y.Doc, round: string): Iterable<string> {
  const ballot: unknown = ballots(notebook).get(round)
  return ballot instanceof Y.Map ? ballot.keys() : []
}

function keepDots({ docs: { notebook }, workshop, me }: Watched, round: RoundId, before: Slots): void {
  const ballot: unknown = notebook && ballots(notebook).get(round)
  if (!notebook || !(ballot instanceof Y.Map)) return
  const slots = [...before].flatMap(([slot, was]) => {
    // What another tab placed there may have been counted; what gave way to it is brought back elsewhere.
    if (itemOf(ballot, slot)?.id.client !== notebook.clientID) return []
    const mine = (ballot.get(slot) ?? null) as OutcomeId | null
    return mine === was ? [] : { slot: Number(slot), mine, theirs: was }
  })
  if (slots.length === 0) return
  const now = Date.now()
  const piece: DotsPiece = {
    is: 'dots',
    key: pieceKey(`ballots/${round}`, slots),
    at: now,
    touched: false,
    round,
    slots,
  }
  keep({ workshop, person: me.id }, [{ piece, handedAt: now, why: null, asked: null }])
}
