import type { Agenda } from '@quintet/shared/agenda'
import type { Devices } from './devices.ts'
import { HomePage } from './pages/HomePage.ts'
import { InviteDialog } from './pages/InviteDialog.ts'
import { WorkshopPage } from './pages/WorkshopPage.ts'
import type { QuintetServer } from './server.ts'

/** A workshop that Maren has just created on her computer, which is the server's own. */
export interface Scene {
  readonly maren: WorkshopPage
  readonly invite: InviteDialog
  /** Her own link, at the address of her computer. */
  readonly own: string
  /** The invitations, at the address that phones open. */
  readonly join: string
  readonly observer: string
}

/** Sets a story's scene. @param runs how the phases run: as one open step each unless told. */
export async function createWorkshop(
  server: QuintetServer,
  devices: Devices,
  runs: 'open' | 'rhythm' = 'open',
): Promise<Scene> {
  const maren = new WorkshopPage(await devices.desktop())
  await maren.page.goto(server.local)
  await new HomePage(maren.page).create('How we serve product teams', 'Maren', runs)
  const invite = new InviteDialog(maren.page)
  const scene = {
    maren,
    invite,
    own: await invite.ownLink(),
    join: devices.overNetwork(await invite.joinLink()),
    observer: devices.overNetwork(await invite.observerLink()),
  }
  await invite.close()
  return scene
}

/** A workshop with an agenda of its own, as a script creates it; Maren opens it with her link. */
export async function createWithAgenda(
  server: QuintetServer,
  devices: Devices,
  agenda: Agenda,
): Promise<Pick<Scene, 'maren' | 'own' | 'join' | 'observer'>> {
  const maren = new WorkshopPage(await devices.desktop())
  const answer = await maren.page.request.post(`${server.local}/api/workshops`, {
    data: { title: 'How we serve product teams', name: 'Maren', agenda },
  })
  const { links } = (await answer.json()) as { links: Record<'facilitator' | 'member' | 'observer', string> }
  const { pathname, hash } = new URL(links.facilitator)
  const own = `${server.local}${pathname}${hash}`
  await maren.page.goto(own)
  return { maren, own, join: devices.overNetwork(links.member), observer: devices.overNetwork(links.observer) }
}

/** Sets the scene, and lets Tomasz join from a computer of his own. */
export async function twoPeople(
  server: QuintetServer,
  devices: Devices,
): Promise<Scene & { readonly tomasz: WorkshopPage }> {
  const scene = await createWorkshop(server, devices)
  const tomasz = new WorkshopPage(await devices.desktop())
  await tomasz.join(scene.join, 'Tomasz')
  await tomasz.question('principles').waitFor()
  return { ...scene, tomasz }
}
