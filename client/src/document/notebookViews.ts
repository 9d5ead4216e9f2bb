import type { NoteId, RoundId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { ballots, type DraftView, drafts, isSecret, readBallot, readDraft } from '@quintet/shared/notebook'
import type { PhaseId } from '@quintet/shared/phases'
import type { Ballot } from '@quintet/shared/tally'
import type * as Y from 'yjs'
import type { StoreApi } from 'zustand/vanilla'
import { Cells } from './cells.ts'
import { SortedLists } from './sortedLists.ts'

/** One's own notebook as immutable views, kept up from Yjs events; empty for those who have none. */
export class NotebookViews {
  readonly drafts = new Cells<NoteId, DraftView | undefined>(() => undefined)
  /** One's ballots, with a slot for as many dots as any vote has. */
  readonly ballots = new Cells<RoundId, Ballot>(() => NO_DOTS)
  /** Whether a note of the board was one of one's own drafts. */
  readonly own = new Cells<NoteId, boolean>(() => false)
  readonly #lists = new SortedLists<NoteId>((id) => timeKey(this.drafts.get(id)))
  /** Drafts that were ready and are being rewritten here: they keep their place among the ready ones. */
  readonly #rewritten = new Set<NoteId>()

  constructor(doc: Y.Doc | undefined) {
    if (!doc) return
    const takeDrafts = (ids: Iterable<string>) => {
      for (const id of ids) this.#replaceDraft(id as NoteId, readDraft(id, drafts(doc).get(id)))
      this.#publish()
    }
    const takeBallots = (ids: Iterable<string>) => {
      for (const id of ids) this.ballots.set(id as RoundId, readBallot(ballots(doc).get(id), LIMITS.budget))
      this.ballots.publish()
    }
    takeDrafts(drafts(doc).keys())
    takeBallots(ballots(doc).keys())
    drafts(doc).observeDeep((events) => takeDrafts(touched(events)))
    ballots(doc).observeDeep((events) => takeBallots(touched(events)))
  }

  /** One's secret drafts of a phase that are ready, or being rewritten, the newest last. */
  ready(phase: PhaseId): StoreApi<readonly NoteId[]> {
    return this.#lists.at(`ready ${phase}`)
  }

  /** One's secret drafts of a phase that are still being typed, the newest last. */
  composed(phase: PhaseId): StoreApi<readonly NoteId[]> {
    return this.#lists.at(`composed ${phase}`)
  }

  /** Says that a ready draft is being rewritten here, or not any more. */
  rewriting(id: NoteId, now: boolean): void {
    if (now === this.isRewritten(id)) return
    const draft = this.drafts.get(id)
    if (draft) this.#takeOut(draft)
    if (now) this.#rewritten.add(id)
    else this.#rewritten.delete(id)
    if (draft) this.#putIn(draft)
    this.#publish()
  }

  /** Whether a draft was ready and is being rewritten here. */
  isRewritten(id: NoteId): boolean {
    return this.#rewritten.has(id)
  }

  #replaceDraft(id: NoteId, next: DraftView | undefined): void {
    const now = this.drafts.get(id)
    if (now) this.#takeOut(now)
    if (now?.became) this.own.set(now.became, undefined)
    if (next?.became) this.own.set(next.became, true)
    this.drafts.set(id, next)
    if (next) this.#putIn(next)
  }

  #takeOut(draft: DraftView): void {
    this.#lists.remove(this.#listOf(draft), byTime(draft))
  }

  #putIn(draft: DraftView): void {
    if (isSecret(draft)) this.#lists.insert(this.#listOf(draft), byTime(draft))
  }

  #listOf({ id, phase, ready }: DraftView): string {
    return ready || this.#rewritten.has(id) ? `ready ${phase}` : `composed ${phase}`
  }

  #publish(): void {
    this.#lists.publish()
    this.drafts.publish()
    this.own.publish()
  }
}

const NO_DOTS = readBallot(undefined, LIMITS.budget)

/** A time as a key that sorts like it. */
const timeKey = (draft: DraftView | undefined) => String(draft?.at ?? 0).padStart(16, '0')

function byTime(draft: DraftView) {
  return { id: draft.id, order: timeKey(draft) }
}

function touched(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): Set<string> {
  const ids = new Set<string>()
  for (const { path, keys } of events)
    if (path.length === 0) for (const id of keys.keys()) ids.add(id)
    else ids.add(String(path[0]))
  return ids
}
