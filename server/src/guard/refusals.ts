import type { Refusal, RefusalCode } from '@quintet/shared/protocol'

/** Thrown inside the guard where an update cannot be taken; it never leaves the guard. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: RefusalCode
  /** What it wrote to, keys joined by `/`; empty where that is not known. */
  readonly path: string
  /** For `forbidden`: why, in a sentence for the person. */
  readonly reason: string | undefined

  constructor(code: RefusalCode, path = '', reason?: string) {
    super(code)
    this.code = code
    this.path = path
    this.reason = reason
  }
}

const SAFE = 'Nothing is lost: what you wrote is handed back to you.'
const NO_PLACE = 'Something was sent that has no place here. What was saved is safe: reload the page.'

/** What each refusal says: what happened, what is safe, what to do. */
const SENTENCES: Readonly<Record<RefusalCode, string>> = {
  forbidden: `This is not yours to change now. ${SAFE}`,
  invalid: `A value was not of the kind that is kept there. ${SAFE}`,
  incomplete: `Something new came without one of its parts. ${SAFE}`,
  gap: `Something that was written before this never arrived here. ${SAFE}`,
  missing: `This builds on something that never arrived here. ${SAFE}`,
  ambiguous: `One value was changed apart in too many places at once. ${SAFE}`,
  'too-big': `This goes past what the workshop holds. ${SAFE} Make it shorter and put it back.`,
  'too-costly': `This was too much to be checked at once. ${SAFE} Put it back in smaller parts.`,
  fault: `The server could not check this change. ${SAFE} Put it back to try once more.`,
  malformed: NO_PLACE,
  'foreign-client': NO_PLACE,
  'pre-delete': NO_PLACE,
  'unknown-root': NO_PLACE,
  'unknown-path': NO_PLACE,
  'wrong-kind': NO_PLACE,
  'bad-parent': NO_PLACE,
  'bad-origin': NO_PLACE,
}

/** What no client of ours can cause: it was not weighed against what is allowed now, but could never be. */
const IMPOSSIBLE: ReadonlySet<RefusalCode> = new Set([
  'malformed',
  'foreign-client',
  'pre-delete',
  'unknown-root',
  'unknown-path',
  'wrong-kind',
  'bad-parent',
  'bad-origin',
])

/** Whether a refusal is of something that no client of ours can cause. */
export function isImpossible(code: RefusalCode): boolean {
  return IMPOSSIBLE.has(code)
}

/** Longest path that is told, UTF-16 units: whatever somebody wrote to is only a name for them. */
const PATH = 200

/** A refusal in words for the person. */
export function refusalOf({ code, path, reason }: Pick<Refused, 'code' | 'path' | 'reason'>): Refusal {
  return { code, path: path.slice(0, PATH), message: reason === undefined ? SENTENCES[code] : `${reason} ${SAFE}` }
}
