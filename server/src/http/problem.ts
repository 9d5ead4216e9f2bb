/**
 * A request that cannot be served, as the caller sees it: a status, a code to act on, and a sentence that says what
 * happened, what is safe, what to do.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  /** Further fields of the answer, such as what the join form shows. */
  readonly details: Readonly<Record<string, unknown>>
  /** After how many seconds the same request may be taken; undefined where that does not depend on time. */
  readonly retryAfter: number | undefined

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    retryAfter?: number,
  ) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
    this.retryAfter = retryAfter
  }
}

export const noWorkshop = () =>
  new Problem(404, 'no-workshop', 'There is no such workshop here. Nothing was changed. Check the link.')

export const badKey = () =>
  new Problem(
    403,
    'bad-key',
    'This link opens nothing: it is incomplete, or a facilitator has replaced it. Nothing was changed. Ask a facilitator for the link of today.',
  )

export const removed = () =>
  new Problem(
    403,
    'removed',
    'This key was somebody’s who was removed from the workshop, so it opens nothing. What they wrote is kept. Come back through the invitation, as somebody new: a facilitator has it.',
  )

export const noSeat = () =>
  new Problem(
    401,
    'no-seat',
    'This browser has no seat in the workshop. Nothing was changed. Open the link that you were given again.',
  )

export const facilitatorsOnly = () =>
  new Problem(403, 'forbidden', 'A facilitator does this. Nothing was changed. Ask a facilitator of the workshop.')
