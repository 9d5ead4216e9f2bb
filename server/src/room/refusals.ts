import { randomBytes } from 'node:crypto'
import { ID_BYTES, type PersonId, spell, type WorkshopId } from '@quintet/shared/ids'
import type { Refusal, RefusalCode } from '@quintet/shared/protocol'
import type { Logger } from 'pino'
import type { DocumentKey, Store } from '../store/store.ts'

/** An update that was refused, with what is needed to find out why. */
export interface RefusedUpdate {
  readonly refusal: Refusal
  /** Whether no client of ours could have sent it. */
  readonly impossible: boolean
  /** The exception that judging it ended with, if it did. */
  readonly fault?: unknown
  readonly person: PersonId
  readonly document: DocumentKey
  readonly update: Uint8Array
}

export interface RefusalsSetting {
  readonly workshop: WorkshopId
  readonly store: Pick<Store, 'quarantine'>
  readonly log: Logger
  /** Ms since the epoch. */
  readonly now: () => number
}

/**
 * What happens to honest people every day: a step ended, a lock came, a text grew too long. There is nothing to find
 * out about it, and so their words are not kept.
 */
const ORDINARY: ReadonlySet<RefusalCode> = new Set(['forbidden', 'too-big'])

/**
 * Remembers what was refused. The log gets a code and an id; the bytes, and who sent them, go to the quarantine, where
 * that id finds them.
 */
export class Refusals {
  readonly #setting: RefusalsSetting

  constructor(setting: RefusalsSetting) {
    this.#setting = setting
  }

  remember({ refusal, impossible, fault, person, document, update }: RefusedUpdate): void {
    const { workshop, store, log, now } = this.#setting
    const { code, path } = refusal
    const [name] = document.split(':')
    if (!impossible && ORDINARY.has(code)) {
      log.debug({ document: name, code }, 'an update was refused')
      return
    }
    const id = spell(randomBytes(ID_BYTES))
    const level = code === 'fault' ? 'error' : 'warn'
    const what = fault === undefined ? {} : { err: withoutWords(fault) }
    log[level]({ document: name, code, quarantined: id, ...what }, 'an update was refused')
    const entry = { id, at: now(), person, document, code, path, bytes: update }
    store.quarantine(workshop, entry).catch((error: unknown) => {
      log.warn({ err: error, quarantined: id }, 'a refused update could not be put aside')
    })
  }
}

/**
 * An exception without its message, which may quote what somebody wrote: what it was, and where in the code. For the
 * log, as what goes wrong while something of theirs is judged or applied.
 */
export function withoutWords(fault: unknown): Error {
  const { name, stack = '' } = fault instanceof Error ? fault : new Error()
  const kept = new Error(name)
  kept.stack = [name, ...stack.split('\n').filter((line) => /^ {4}at /.test(line))].join('\n')
  return kept
}
