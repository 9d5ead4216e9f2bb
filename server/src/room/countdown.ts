import { randomBytes } from 'node:crypto'
import { isAnonymous } from '@quintet/shared/agenda'
import { enter } from '@quintet/shared/moves'
import { type Countdown, roundOf, type StageChange } from '@quintet/shared/stage'
import type { Logger } from 'pino'
import { closeRound } from '../steward/closeVote.ts'
import { landInPieces, readyDrafts } from '../steward/reveal.ts'
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
    try {
      await this.#haveBooks()
      // Stopping it may have been quicker.
      if (this.#endsAt === countdown.endsAt) carryOut(this.#work, countdown)
    } catch (error) {
      this.#failed(error instanceof Error ? error : new Error(String(error)))
    }
  }

  /** Gives up the countdown if a notebook cannot be read: nothing is shown, and the next try says why it is not. */
  async #haveBooks(): Promise<void> {
    const { books, writeStage } = this.#work
    const running = this.#endsAt
    try {
      for (let missing = missingBooks(this.#work); missing.length > 0; missing = missingBooks(this.#work))
        await books.all(missing)
    } catch (error) {
      if (this.#endsAt !== running) return
      this.#log.error({ err: error }, 'a notebook could not be read; the countdown was given up')
      writeStage({ fields: { countdown: null } })
    }
  }
}

function carryOut(work: Work, { does, to }: Countdown): void {
  const stage = work.stage()
  const now = work.now()
  const change = enter(stage, to, { now, newId })
  writeChange(work, does === 'share' ? reveal(work, change, now) : closeVote(work, change, now))
}

function reveal(work: Work, change: StageChange, at: number): StageChange {
  const stage = work.stage()
  const { phase } = stage.at
  const anonymous = isAnonymous(stage.agenda, phase)
  const drafts = readyDrafts(everyBook(work), phase)
  work.inPieces(landInPieces(work.board, drafts, { phase, at, anonymous, random: randomBytes, hand: SERVER_HAND }))
  return { ...change, fields: { ...change.fields, reveal: { phase, at, count: drafts.length } } }
}

function closeVote(work: Work, change: StageChange, now: number): StageChange {
  const stage = work.stage()
  const round = roundOf(stage, stage.at)
  if (round?.state !== 'open') return change
  return { ...change, rounds: [closeRound(round, everyBook(work), work.board, now), ...(change.rounds ?? [])] }
}
