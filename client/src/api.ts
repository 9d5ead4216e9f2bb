import { ID_PATTERN, type PersonId, type WorkshopId } from '@quintet/shared/ids'
import * as z from 'zod/mini'

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

const id = z.string().check(z.regex(ID_PATTERN))
const workshopId = z.pipe(
  id,
  z.transform((text): WorkshopId => text as WorkshopId),
)
const personId = z.pipe(
  id,
  z.transform((text): PersonId => text as PersonId),
)
const seatSchema = z.object({ id: personId, name: z.string(), role: z.enum(['facilitator', 'member', 'observer']) })
const createdSchema = z.object({
  workshop: workshopId,
  person: z.union([
    personId,
    z.pipe(
      seatSchema,
      z.transform((seat) => seat.id),
    ),
  ]),
  links: z.object({ facilitator: z.url(), member: z.url(), observer: z.url() }),
})
const linksSchema = z.object({
  links: z.object({ member: z.url(), observer: z.url() }),
  origins: z.array(z.string()),
})
const problemSchema = z.looseObject({ code: z.string(), message: z.string() })

export type Created = z.infer<typeof createdSchema>
export type Invitations = z.infer<typeof linksSchema>

/** Sends a request. @throws {ApiError} when it is refused, cannot be read, or does not get through. */
async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, init).catch(() => {
    throw new ApiError(
      'offline',
      'The server cannot be reached. Nothing was changed. Try again when the network is back.',
    )
  })
  if (response.ok) return response
  const problem = problemSchema.safeParse(await response.json().catch(() => null))
  if (problem.success) throw new ApiError(problem.data.code, problem.data.message, problem.data)
  throw unexpected()
}

const unexpected = () =>
  new ApiError('unexpected', 'The server answered in a way that this page does not know. Reload the page.')

async function parsed<T>(schema: z.ZodMiniType<T>, response: Promise<Response>): Promise<T> {
  const answer = schema.safeParse(await (await response).json().catch(() => null))
  if (!answer.success) throw unexpected()
  return answer.data
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const at = (workshop: WorkshopId, rest: string) => `/api/workshops/${encodeURIComponent(workshop)}/${rest}`

export interface NewWorkshop {
  readonly title: string
  readonly name?: string | undefined
  readonly example?: true | undefined
  /** What the server's `CREATE_KEY` asks for. */
  readonly createKey?: string | undefined
}

/** Creates a workshop; this browser gets its facilitator's seat. @throws {ApiError} `create-key` where a key is needed. */
export function createWorkshop({ createKey, ...body }: NewWorkshop): Promise<Created> {
  return parsed(
    createdSchema,
    post('/api/workshops', body, createKey === undefined ? {} : { authorization: `Bearer ${createKey}` }),
  )
}

/** Takes a seat with a key. @throws {ApiError} `name-needed`, with `role` and `title`, where an invitation needs a name. */
export function join(workshop: WorkshopId, body: { key: string; name?: string }) {
  return parsed(z.object({ person: seatSchema }), post(at(workshop, 'join'), body))
}

/** The seats that this browser holds in a workshop. @throws {ApiError} */
export function me(workshop: WorkshopId) {
  return parsed(z.object({ people: z.array(seatSchema) }), request(at(workshop, 'me')))
}

/** The invitations, for facilitators. @throws {ApiError} */
export function links(workshop: WorkshopId): Promise<Invitations> {
  return parsed(linksSchema, request(at(workshop, 'links')))
}

/** Replaces an invitation: the old link opens nothing from then on. @throws {ApiError} */
export function replaceLink(workshop: WorkshopId, role: 'member' | 'observer'): Promise<Invitations> {
  return parsed(linksSchema, post(at(workshop, `links/${role}`), {}))
}

/** A new key of one's own, to continue on another device. @throws {ApiError} */
export function newPersonKey(workshop: WorkshopId) {
  return parsed(z.object({ link: z.url() }), post(at(workshop, 'keys'), {}))
}

/** The action plan as Markdown. @throws {ApiError} */
export async function planMarkdown(workshop: WorkshopId): Promise<string> {
  const response = await request(at(workshop, 'export/plan.md'))
  return response.text()
}
