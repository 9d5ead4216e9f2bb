import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { copiesOf } from './clearDevice.ts'
import { readCopy } from './readCopy.ts'
import { entryName, inThisPage } from './trayKeys.ts'

/**
 * The ids of what waits in this device's copies of a workshop to be saved: of all seats of this browser, in all its tabs.
 * @throws where they cannot be read.
 */
export async function waitingInCopies(workshop: WorkshopId): Promise<ReadonlySet<string>> {
  const found = await Promise.all((await copiesOf(workshop)).map(readThings))
  return new Set(found.flat())
}

/** How much was handed back to the seats of this browser in a workshop, and neither put back nor discarded. */
export function countHandedBack(workshop: WorkshopId): number {
  const start = `${entryName({ workshop, person: '' as PersonId }).trimEnd()} `
  const names = new Set([...inThisPage.keys(), ...Object.keys(localStorage)])
  // A piece's key has a slash; what else a tray remembers has none.
  return [...names].filter((name) => name.startsWith(start) && name.includes('/')).length
}

async function readThings(name: string): Promise<readonly string[]> {
  return (await readCopy(name))?.things ?? []
}
