import type { Decision, Duty } from './commands.ts'
import type { ReplyCode } from './protocol.ts'
import type { StageChange } from './stage.ts'

/** A refusal with its reason: what happened, what is safe, what to do. */
export const refuse = (code: ReplyCode, message: string): Decision => ({ ok: false, code, message })

/** The stage changes so, and the server does its duty beside it. */
export const done = (change: StageChange, duty?: Duty): Decision => ({ ok: true, change, ...(duty ? { duty } : {}) })
