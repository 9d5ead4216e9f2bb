import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { LIMITS } from '@quintet/shared/limits'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Unreadable } from '../room/load.ts'
import { RoomClosed, WorkshopFull } from '../room/room.ts'
import { NoWorkshop } from '../room/rooms.ts'
import { StoreFailed } from '../store/store.ts'
import { noWorkshop, Problem } from './problem.ts'

const KIB = 1024

/** What Fastify itself refuses, in our words. */
const REFUSED_BY_FASTIFY: Readonly<Record<string, () => Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    new Problem(
      413,
      'too-big',
      `The request was larger than the ${LIMITS.requestBytes / KIB} KiB that are taken. Nothing of it was kept. Send less.`,
    ),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new Problem(
      415,
      'not-json',
      'The body of the request is not marked as JSON, so it was not read. Nothing was changed. Send it with Content-Type: application/json.',
    ),
  FST_ERR_BAD_URL: () => badAddress(),
  FST_ERR_ASYNC_CONSTRAINT: () => badAddress(),
  FST_ERR_MAX_PARAM_LENGTH: () => notFound(),
  FST_STATIC_FORBIDDEN_PATH: () => notFound(),
}

function notFound(): Problem {
  return new Problem(404, 'not-found', 'There is nothing at this address. Nothing was changed. Check the link.')
}

function badAddress(): Problem {
  return new Problem(400, 'bad-address', 'The address cannot be read. Nothing was changed. Check the link.')
}

const malformed = () =>
  new Problem(400, 'malformed', 'The request could not be read. Nothing was changed. Send a JSON object in UTF-8.')

const notSaved = () =>
  new Problem(
    503,
    'not-saved',
    'The server cannot read or save at the moment. Nothing was changed, and what was saved is safe. Try again in a minute.',
  )

const unreadable = () =>
  new Problem(
    503,
    'unreadable',
    'The server cannot open this workshop. Nothing was changed. Tell whoever runs the server: its log says what to do.',
  )

const unexpected = () =>
  new Problem(
    500,
    'unexpected',
    'The server could not finish this. What was saved is safe. Try again; if it stays so, tell whoever runs the server.',
  )

/** The problem that a thrown value is for the caller; nothing of an unexpected one's words reaches anybody. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof NoWorkshop) return noWorkshop()
  if (error instanceof WorkshopFull) return new Problem(409, 'full', error.message)
  if (error instanceof StoreFailed || error instanceof RoomClosed) return notSaved()
  if (error instanceof Unreadable) return unreadable()
  const { code, statusCode } = error instanceof Error ? (error as Partial<FastifyError>) : {}
  const known = code === undefined ? undefined : REFUSED_BY_FASTIFY[code]
  if (known) return known()
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? malformed() : unexpected()
}

/** Makes every failure an answer `{code, message}`, and every address that is nothing one too. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((request, reply) => {
    const api = request.url.startsWith('/api/')
    const problem = notFound()
    return api ? answer(reply, problem) : reply.code(404).type('text/plain; charset=utf-8').send(`${problem.message}\n`)
  })
}

/** Answers a request that failed, and logs what only the operator can put right. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error)
  if (problem.status >= 500)
    request.log.error({ err: error, route: request.routeOptions.url ?? null }, 'request failed')
  return answer(reply, problem)
}

function answer(reply: FastifyReply, { status, code, message, details, retryAfter }: Problem): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ code, message, ...details })
}

const NO_REQUEST: Readonly<Record<string, () => Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: () =>
    new Problem(408, 'too-slow', 'The request did not arrive in time. Nothing was changed. Send it again.'),
  HPE_HEADER_OVERFLOW: () =>
    new Problem(431, 'too-big', 'The head of the request was too large. Nothing was changed. Send fewer headers.'),
}

/** Answers bytes of which no request could be made, and lets go of the connection. */
export function answerNoRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
  const { status, code, message } = (NO_REQUEST[error.code ?? ''] ?? malformed)()
  const body = JSON.stringify({ code, message })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
