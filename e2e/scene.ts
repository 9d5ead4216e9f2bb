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
