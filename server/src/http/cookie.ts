import type { FastifyReply, FastifyRequest } from 'fastify'
import { COOKIE, COOKIE_SECONDS, cookieOf, newSecret } from '../access.ts'
import { servedOverHttps } from './origin.ts'

/** The browser's cookie, or a new one if it has none. */
export function cookieFor(request: FastifyRequest): string {
  return cookieOf(request.headers) ?? newSecret()
}

/** Gives the browser its cookie, again for as long as browsers keep one. */
export function giveCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  cookie: string,
  publicUrl: string | null,
): void {
  reply.setCookie(COOKIE, cookie, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: servedOverHttps(request.headers, publicUrl),
    maxAge: COOKIE_SECONDS,
  })
}
