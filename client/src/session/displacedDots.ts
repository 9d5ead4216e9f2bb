import { placeDot } from '@quintet/shared/ballotEdits'
import { type OutcomeId, readBoard } from '@quintet/shared/board'
import { sourceOf, standsAs } from '@quintet/shared/groups'
import type { RoundId } from '@quintet/shared/ids'
import { ballots } from '@quintet/shared/notebook'
import { type Round, readStage } from '@quintet/shared/stage'
import type * as Y from 'yjs'
import { slotsOf, targetIn } from './entries.ts'
import type { Watched } from './noEffect.ts'
import { observeDeep } from './observeDeep.ts'
import { type DotsPiece, pieceKey } from './pieces.ts'
import { holds, isWrittenAfter, itemOf } from './structs.ts'
import { keep } from './tray.ts'

/** A dot that stands in a ballot, by the value that its slot was given. */
interface Placed {
  readonly round: RoundId
  readonly slot: string
  readonly target: OutcomeId
  readonly value: Y.ID
  /** Whether it was placed offline, and the session was not live since. */
  readonly late: boolean
}

/**
 * Brings back dots that gave way to others which were placed without knowing of them: one person votes in two tabs, or on
 * two devices, without a network, and both begin the ballot or take the same slot. What this tab placed goes into a free
 * slot; where none is left, or the vote has closed meanwhile, the tray has it.
 * @returns ends it.
 */
export function watchDisplaced(session: Watched): () => void {
  const { notebook } = session.docs
  if (!notebook) return () => undefined
  const placed = new Map<string, Placed>()
  let displaced: Placed[] = []

  const remember = (round: string, slot: string) => {
    const slots = slotsOf(notebook, round)
    const [target, item] = [targetIn(slots, slot), itemOf(slots, slot)]
    const late = session.state.getState().is === 'offline'
    if (target === null || item?.id.client !== notebook.clientID) placed.delete(`${round}/${slot}`)
    else placed.set(`${round}/${slot}`, { round: round as RoundId, slot, target, value: item.id, late })
  }
  const rememberAll = (round: string) => {
    for (const slot of slotsOf(notebook, round)?.keys() ?? []) remember(round, slot)
  }
  const compare = () => {
    for (const [key, dot] of placed) {
      const item = itemOf(slotsOf(notebook, dot.round), dot.slot)
      if (holds(item, dot.value)) continue
      placed.delete(key)
      if (!item || !isWrittenAfter(item, dot.value, notebook)) displaced.push(dot)
    }
    // Not among the observers of what has just arrived.
    if (displaced.length > 0) queueMicrotask(settle)
  }
  const settle = () => {
    if (session.state.getState().is !== 'live') return
    const dots = displaced
    displaced = []
    for (const [key, dot] of placed) if (dot.late) placed.set(key, { ...dot, late: false })
    bringBack(session, notebook, dots)
  }

  for (const round of ballots(notebook).keys()) rememberAll(round)
  const end = observeDeep(ballots(notebook), (events, { local }) => {
    if (!local) return compare()
    for (const { path, changes } of events)
      for (const key of changes.keys.keys())
        if (path[0] === undefined) rememberAll(key)
        else remember(String(path[0]), key)
  })
  const stop = session.state.subscribe(settle)
  return () => {
    end()
    stop()
  }
}

function bringBack(session: Watched, notebook: Y.Doc, dots: readonly Placed[]): void {
  const rounds = readStage(session.docs.stage)?.rounds ?? []
  const source = dots.length > 0 ? sourceOf(readBoard(session.docs.board)) : null
  for (const dot of dots) {
    const round = rounds.find(({ id }) => id === dot.round)
    // A dot on what was removed is its owner's again anyway.
    if (!round || !source || !standsAs(dot.target, source)) continue
    const place = placeDot(round.id, round.budget, dot.target, (id) => standsAs(id, source)?.id)
    if (round.state === 'open' ? place(notebook) === null : dot.late) keepDot(session, notebook, round, dot)
  }
}

function keepDot({ workshop, me }: Watched, notebook: Y.Doc, round: Round, { slot, target }: Placed): void {
  const theirs = targetIn(slotsOf(notebook, round.id), slot)
  const slots = [{ slot: Number(slot), mine: target, theirs }]
  const now = Date.now()
  const key = pieceKey(`ballots/${round.id}`, slots)
  const piece: DotsPiece = { is: 'dots', key, at: now, touched: true, round: round.id, slots }
  keep({ workshop, person: me.id }, [{ piece, handedAt: now, why: null, asked: null }])
}
