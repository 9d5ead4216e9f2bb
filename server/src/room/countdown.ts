import { randomBytes } from 'node:crypto'
import { isAnonymous } from '@quintet/shared/agenda'
import { enter } from '@quintet/shared/moves'
import { type Countdown, roundOf, type StageChange } from '@quintet/shared/stage'
import type { Logger } from 'pino'
import { closeRound } from '../steward/closeVote.ts'
import { countsOf, fitting, landInPieces, readyDrafts } from '../steward/reveal.ts'
import type { Alarm } from './alarm.ts'
import { SERVER_HAND } from './hand.ts'
import { everyBook, missingBooks, newId, type Work, writeChange } from './work.ts'

/**
 * Carries out what a countdown of the stage announces, once, when it ends: a reveal or the close of a vote, and the
 * move, in one piece. What is on disk says whether it was done: a server that was killed before finds the countdown and
 * carries it out when the room is opened again, one that was killed after does not find it any more.
 */
export class CountdownTimer {
  readonly #work: Work
  readonly #log: Logger
  readonly #alarm: Alarm
  readonly #failed: (error: Error) => void
  #endsAt: number | undefined
  #silence: () => void = () => undefined

  /** @param failed something went wrong in the middle: what is in memory is not to be trusted any more. */
  constructor(work: Work, alarm: Alarm, log: Logger, failed: (error: Error) => void) {
    this.#work = work
    this.#alarm = alarm
    this.#log = log
    this.#failed = failed
  }

  /** The stage changed, or was loaded. */
  turned(): void {
    const { countdown } = this.#work.stage()
    if (countdown?.endsAt === this.#endsAt) return
    this.stop()
    if (!countdown) return
    this.#endsAt = countdown.endsAt
    this.#silence = this.#alarm(countdown.endsAt, () => void this.#end(countdown))
  }

  /** Carries out nothing any more; a countdown that is on disk is taken up when the room is opened again. */
  stop(): void {
    this.#silence()
    this.#endsAt = undefined
  }

  async #end(countdown: Countdown): Promise<void> {
    let carryOut: () => void
    try {
      for (let missing = missingBooks(this.#work); missing.length > 0; missing = missingBooks(this.#work))
        await this.#work.books.all(missing)
      // From here on nothing comes in between. Stopping it may have been quicker.
      if (this.#endsAt !== countdown.endsAt) return
      carryOut = prepare(this.#work, countdown)
    } catch (error) {
      this.#giveUp(countdown, error)
      return
    }
    try {
      carryOut()
    } catch (error) {
      this.#failed(error instanceof Error ? error : new Error(String(error)))
    }
  }

  /** Something cannot be read: nothing was written or shown, and the next try says why it is not begun. */
  #giveUp({ endsAt }: Countdown, error: unknown): void {
    if (this.#endsAt !== endsAt) return
    this.#log.error({ err: error }, 'a notebook could not be read; the countdown was given up')
    this.#work.writeStage({ fields: { countdown: null } })
  }
}

/** Reads what a countdown is about. @returns what carries it out, to be called in the same turn. */
function prepare(work: Work, { does, to }: Countdown): () => void {
  const now = work.now()
  const change = enter(work.stage(), to, { now, newId })
  return does === 'share' ? prepareReveal(work, change, now) : prepareClose(work, change, now)
}

function prepareReveal(work: Work, change: StageChange, at: number): () => void {
  const { agenda, at: point } = work.stage()
  const { phase } = point
  const anonymous = isAnonymous(agenda, phase)
  const ready = readyDrafts(everyBook(work), phase)
  const drafts = fitting(work.board, ready, randomBytes)
  return () => {
    work.inPieces(landInPieces(work.board, drafts, { phase, at, anonymous, random: randomBytes, hand: SERVER_HAND }))
    writeChange(work, { ...change, fields: { ...change.fields, reveal: { phase, at, ...countsOf(ready, drafts) } } })
  }
}

function prepareClose(work: Work, change: StageChange, now: number): () => void {
  const stage = work.stage()
  const round = roundOf(stage, stage.at)
  const closed = round?.state === 'open' ? [closeRound(round, everyBook(work), work.board, now)] : []
  return () => writeChange(work, { ...change, rounds: [...closed, ...(change.rounds ?? [])] })
}
