import type { Agenda } from '@quintet/shared/agenda'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { fields, idOf, listOf, oneOf, type Shape, text } from '@quintet/shared/shapes'

/** A request that the server refused, or that never reached it (code `offline`). The message is fit to be shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  /** What else the answer said, such as the role and title behind an invitation. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}

const url: Shape<string> = (value) => (typeof value === 'string' && URL.canParse(value) ? value : undefined)

const seatShape = fields({ id: idOf<PersonId>(), name: text, role: oneOf('facilitator', 'member', 'observer') })
const createdShape = fields({
  workshop: idOf<WorkshopId>(),
  person: idOf<PersonId>(),
  links: fields({ facilitator: url, member: url, observer: url }),
})
const invitationsShape = fields({
  links: fields({ member: url, observer: url }),
  /** Where this server can be reached, the best first: a phone in the room may need another than this browser. */
  origins: listOf(text),
})
const joinedShape = fields({ person: seatShape })
const seatsShape = fields({ people: listOf(seatShape), epoch: text })
const keyShape = fields({ link: url })
const problemShape = fields({ code: text, message: text })

const unexpected = () =>
  new ApiError(
    'unexpected',
    'The server answered in a way that this page does not know. What was saved is safe. Reload the page.',
  )

/** Sends a request. @throws {ApiError} when it is refused, cannot be read, or does not get through. */
async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, init).catch(() => {
    throw new ApiError(
      'offline',
      'The server cannot be reached. Nothing was changed. Try again when the network is back.',
    )
  })
  if (response.ok) return response
  const answer: unknown = await response.json().catch(() => null)
  const problem = problemShape(answer)
  if (!problem) throw unexpected()
  const { code: _code, message: _message, ...details } = answer as Readonly<Record<string, unknown>>
  throw new ApiError(problem.code, problem.message, details)
}

async function parsed<T>(shape: Shape<T>, response: Promise<Response>): Promise<T> {
  const answer = shape(await (await response).json().catch(() => null))
  if (answer === undefined) throw unexpected()
  return answer
}

function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

const at = (workshop: WorkshopId, resource: string) => `/api/workshops/${workshop}/${resource}`

export interface NewWorkshop {
  readonly title: string
  /** What the facilitator is called. */
  readonly name?: string | undefined
  /** What it goes through, whole; the server's own rhythm unless told. */
  readonly agenda?: Agenda | undefined
  /** Filled with the example's story. */
  readonly example?: true | undefined
  /** What the server's `CREATE_KEY` asks for. */
  readonly createKey?: string | undefined
}

/**
 * Creates a workshop; this browser gets its facilitator's seat. The facilitator's link is shown here and never again.
 * @throws {ApiError} `create-key` where a key is needed.
 */
export function createWorkshop({ createKey, ...body }: NewWorkshop) {
  return parsed(
    createdShape,
    post('/api/workshops', body, createKey === undefined ? {} : { authorization: `Bearer ${createKey}` }),
  )
}

/** Takes a seat with a key. @throws {ApiError} `name-needed`, with `role` and `title`, where an invitation needs a name. */
export function join(workshop: WorkshopId, body: { readonly key: string; readonly name?: string | undefined }) {
  return parsed(joinedShape, post(at(workshop, 'join'), body))
}

/** The seats that this browser holds in a workshop, and the epoch of the server's data. @throws {ApiError} */
export function me(workshop: WorkshopId) {
  return parsed(seatsShape, request(at(workshop, 'me')))
}

/** Gives up the seats that this browser holds in a workshop. @throws {ApiError} */
export async function leave(workshop: WorkshopId): Promise<void> {
  await post(at(workshop, 'leave'), {})
}

/** The invitations, for facilitators. @throws {ApiError} */
export function links(workshop: WorkshopId) {
  return parsed(invitationsShape, request(at(workshop, 'links')))
}

/** Replaces an invitation, and answers all of them: the old link opens nothing from then on. @throws {ApiError} */
export function replaceLink(workshop: WorkshopId, role: 'member' | 'observer') {
  return parsed(invitationsShape, post(at(workshop, `links/${role}`), {}))
}

/**
 * A new link of one's own, to continue on another device.
 * @param person whose, where this browser holds several seats; else the first one's.
 * @throws {ApiError}
 */
export function newPersonKey(workshop: WorkshopId, person?: PersonId) {
  return parsed(keyShape, post(at(workshop, 'keys'), person === undefined ? {} : { person }))
}

/** The action plan as Markdown. @throws {ApiError} */
export async function planMarkdown(workshop: WorkshopId): Promise<string> {
  const response = await request(at(workshop, 'export/plan.md'))
  return response.text()
}
