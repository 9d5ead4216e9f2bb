import type { CloseName, DocumentName } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import type { StageView } from '@quintet/shared/stage'
import type { Frame } from './frame.ts'

/** On whose account something is that the server does. */
export interface Payer {
  /** Hears what judging and applying something of theirs took of the processor, ms. */
  spend(ms: number): void
  /** Hears that something of theirs was accepted. @param bytes that it wrote into any document, with what the server did about it. */
  accepted(bytes: number): void
}

/** Who connects to what, and how to reach them. */
export interface Connected extends Payer {
  readonly actor: Actor
  readonly document: DocumentName
  /** The Yjs client id of the document at the other end. */
  readonly client: number
  /** Whether the seat through which it came still is somebody's. */
  stands(stage: StageView): boolean
  /** Writes a frame. What can be let fall for a slow reader is `presence`; a `state` may be large. */
  write(frame: Frame, what: 'update' | 'presence' | 'state'): void
  close(name: CloseName): void
  /** Hears how many bytes of theirs wait for what has to come first. */
  holds(bytes: number): void
  /** How long to take nothing of what waits of theirs, ms; 0 when the next may be taken. */
  wait(): number
  /** Hears that something of theirs was refused, after the refusal was written. */
  refused(): void
}
