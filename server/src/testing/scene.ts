import { addNote, type Edit } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { type DocumentName, PROTOCOL_VERSION } from '@quintet/shared/protocol'
import { afterEach } from 'vitest'
import { type Door, Participant } from './participant.ts'
import { openRaw, type RawSocket } from './rawSocket.ts'
import { type Rig, type RigSetting, startRig } from './rig.ts'

/** One test's server and everyone who connects to it; all of it ends with the test. */
export interface Scene {
  readonly rig: Rig
  start(setting?: RigSetting): Promise<Rig>
  /** A tab with a real provider. */
  enter(seat: string, document?: DocumentName, more?: Partial<Door>): Participant
  /** A bare socket to a document. */
  raw(seat: string, document?: DocumentName, more?: { client?: number | string; port?: number }): RawSocket
  /** A bare socket to any address of the server. */
  rawAt(path: string, headers?: Readonly<Record<string, string>>): RawSocket
}

/** Sets the scene for the tests of a file. */
export function setScene(): Scene {
  let rig: Rig | undefined
  let participants: Participant[] = []
  let sockets: RawSocket[] = []

  afterEach(async () => {
    for (const participant of participants) participant.leave()
    for (const { socket } of sockets) socket.terminate()
    participants = []
    sockets = []
    rig?.store.fail(null)
    rig?.store.release()
    await rig?.close()
    rig = undefined
  })

  const scene: Scene = {
    get rig() {
      if (!rig) throw new Error('The scene has no server yet.')
      return rig
    },
    start: async (setting) => {
      rig = await startRig(setting)
      return rig
    },
    enter: (seat, document = 'board', more = {}) => {
      const { port, workshop } = scene.rig
      const participant = new Participant({ port, workshop, document, seat, ...more })
      participants.push(participant)
      return participant
    },
    raw: (seat, document = 'board', { client = 1_000 + sockets.length, port = scene.rig.port } = {}) => {
      const path = `/sync/${scene.rig.workshop}/${document}?v=${PROTOCOL_VERSION}&seat=${seat}&client=${client}`
      const opened = openRaw(port, path)
      sockets.push(opened)
      return opened
    },
    rawAt: (path, headers) => {
      const opened = openRaw(scene.rig.port, path, headers)
      sockets.push(opened)
      return opened
    },
  }
  return scene
}

/** Adds a note of `person-1`, or of somebody else. */
export function note(id: string, text: string = id, author = 'person-1'): Edit {
  return addNote({
    id: id as NoteId,
    phase: 'principles',
    author: author as PersonId,
    at: Date.now(),
    text,
    order: 'a0',
    under: null,
  })
}
