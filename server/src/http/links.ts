import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hashSecret, newSecret } from '../access.ts'
import type { Key } from '../store/store.ts'
import { invitationOrigins } from './origin.ts'
import { Problem } from './problem.ts'
import { type OfWorkshop, type Opened, openForFacilitator, type Serving } from './serving.ts'

export type Invitation = Extract<Key, { kind: 'invitation' }>

/** `<origin>/w/<workshop>#<key>`: the key stands in the fragment, which browsers send to nobody. */
export function linkWith(origin: string, workshop: string, secret: string): string {
  return `${origin}/w/${workshop}#${secret}`
}

/** A fresh invitation of a role. */
export function newInvitation(role: Invitation['role']): Invitation {
  const secret = newSecret()
  return { kind: 'invitation', hash: hashSecret(secret), role, secret }
}

/** `GET …/links` reads a workshop's invitations again, `POST …/links/<role>` replaces one; both are the facilitators'. */
export function serveLinks(app: FastifyInstance, serving: Serving): void {
  app.get<OfWorkshop>('/api/workshops/:workshop/links', async (request) => {
    const opened = await openForFacilitator(serving, request.params.workshop, request)
    return invitations(serving, opened, request)
  })

  app.post<{ Params: { workshop: string; role: string } }>('/api/workshops/:workshop/links/:role', async (request) => {
    const opened = await openForFacilitator(serving, request.params.workshop, request)
    const { role } = request.params
    if (role !== 'member' && role !== 'observer')
      throw new Problem(404, 'not-found', 'Only “member” and “observer” have an invitation. Nothing was changed.')
    await serving.store.replaceInvitation(opened.workshop, newInvitation(role))
    serving.log.info({ workshop: opened.workshop, role }, 'invitation replaced')
    return invitations(serving, opened, request)
  })
}

async function invitations({ store, home }: Serving, { workshop }: Opened, request: FastifyRequest) {
  const origins = invitationOrigins(request, home)
  const valid = await store.invitations(workshop)
  const links = Object.fromEntries(valid.map(({ role, secret }) => [role, linkWith(origins[0], workshop, secret)]))
  return { links, origins }
}
