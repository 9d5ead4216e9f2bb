import { readBoard } from '@quintet/shared/board'
import { addDraft } from '@quintet/shared/draftEdits'
import { addNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { readDrafts } from '@quintet/shared/notebook'
import { expect, vi } from 'vitest'
import { newCopyLine, rememberCopyLine } from './deviceMemory.ts'
import { becomes, eventually, type Guest, type OpenOptions, type TestServer } from './server.fixture.ts'
import type { Session } from './session.ts'

/** Ways to write in a session, and to read what it has. A note's id is its words without what no id has. */
export const write = {
  note: (session: Session, text: string) => addNote(fieldsOf(session, text))(session.docs.board),
  draft: ({ docs, me }: Session, text: string) => {
    if (docs.notebook) addDraft({ ...fieldsOf({ me }, text), ready: true })(docs.notebook)
  },
}

function fieldsOf({ me }: Pick<Session, 'me'>, text: string) {
  const id = text.replace(/\W/g, '') as NoteId
  return { id, phase: 'principles', author: me.id, at: Date.now(), text, order: 'a0', under: null } as const
}

/** The words of all notes, in order of the alphabet. */
export const wordsOf = ({ docs }: Pick<Session, 'docs'>) =>
  [...readBoard(docs.board).notes.values()].map(({ text }) => text).toSorted()

export const draftsOf = ({ docs }: Session) => (docs.notebook ? readDrafts(docs.notebook).map(({ text }) => text) : [])

/** Looked at often: it takes a moment, and a test waits for it many times. */
const SOON = { timeout: 15_000, interval: 2 }

/** Waits until a session keeps what it has on the device, and asks for nothing before its page is closed. */
export async function isKept(session: Session, page: EventTarget): Promise<void> {
  await vi.waitFor(() => {
    expect(session.device.getState()).toBe('kept')
    expect(page.dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(true)
  }, SOON)
}

/** Opens a session that keeps what it has on the device. */
export async function openKeeping(server: TestServer, guest: Guest, options: OpenOptions = {}) {
  const epoch = options.epoch ?? (await server.epoch(guest))
  return server.open(guest, { keep: true, ...options, epoch })
}

/** Opens the copies while the wire is cut. */
export async function openOffline(server: TestServer, guest: Guest, options: OpenOptions = {}) {
  server.wire.cut()
  const session = await openKeeping(server, guest, options)
  await becomes(session, 'offline')
  return session
}

/** Maren, who keeps nothing, and a guest whose device has copies: she came in, wrote a note, and closed her tab. */
export async function cameBefore(server: TestServer, page: EventTarget) {
  const facilitator = await server.create()
  const guest = await server.invite(facilitator, 'member', 'Ines')
  const maren = server.open(facilitator, { pastWire: true })
  // Copies that there are already are opened at once; the first ones are begun only after a while.
  const owner = { workshop: guest.workshop, person: guest.person.id }
  rememberCopyLine(owner, newCopyLine(await server.epoch(guest)))
  const ines = await openKeeping(server, guest)
  await Promise.all([becomes(maren, 'live'), becomes(ines, 'live')])
  write.note(ines, 'Before')
  await eventually(() => expect(ines.unsaved.getState().size).toBe(0))
  await isKept(ines, page)
  ines.close()
  return { maren, facilitator, guest }
}
