import { randomBytes } from 'node:crypto'
import { addDraft } from '@quintet/shared/draftEdits'
import { addNote, moveNote, transact, writeText } from '@quintet/shared/edits'
import type { CommandId, NoteId } from '@quintet/shared/ids'
import { drafts } from '@quintet/shared/notebook'
import { CLOSE, type DocumentName, decodeReply, encodeCommand, MESSAGE, SYNC } from '@quintet/shared/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Door } from './participants.ts'

/**
 * One person with a modified client, in a process of their own: says as much as the sockets take, and comes back whenever
 * it is closed. Says over IPC what became of it.
 */

/** What each of its sockets says. */
interface Script {
  readonly sockets: number
  /**
   * Messages a second of each socket, as long as it takes them: many times what the server reads, and not so many that
   * making them takes the processor from those who are measured.
   */
  readonly pace: number
  /** Whether it leaves once it is let in. */
  readonly leaves?: true
  /** What they speak to; the board unless given. */
  readonly document?: DocumentName
  /** Writes what stands in their notebook when it begins. */
  prepare?(book: Y.Doc): void
  /** Writes what the server is answered that asks what there is. */
  begin?(doc: Y.Doc): void
  /** What it says next, over and over. */
  next(doc: Y.Doc): Uint8Array
}

/** What became of a flooder so far. */
export interface Flooded {
  sent: number
  bytes: number
  /** Update messages that the server marked as saved. */
  saved: number
  refused: Record<string, number>
  /** Commands that were answered, by how. */
  answered: Record<string, number>
  closed: Record<string, number>
  /** Connections that did not even open. */
  failed: number
}

/** Bytes that wait for the network before it says no more. */
const MOST_WAITING = 512 * 1024
/** Time before it comes back, ms: as soon as a script that means ill may. */
const BACK = 20
/** Time between two helpings, ms. */
const HELPING = 10

const flooded: Flooded = { sent: 0, bytes: 0, saved: 0, refused: {}, answered: {}, closed: {}, failed: 0 }
const names = new Map<number, string>(Object.entries(CLOSE).map(([name, { code }]) => [code, name]))
const count = (counts: Record<string, number>, name: string) => {
  counts[name] = (counts[name] ?? 0) + 1
}

function message(step: number, bytes: Uint8Array, type: number = MESSAGE.sync): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  if (type === MESSAGE.sync) encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

/** The update that a change of a document comes to. */
function updateOf(doc: Y.Doc, change: () => void): Uint8Array {
  const known = Y.encodeStateVector(doc)
  change()
  return Y.encodeStateAsUpdate(doc, known)
}

const noteOf = (doc: Y.Doc, index: number) => `${door.person}-flood-${doc.clientID % 1_000}-${index}` as NoteId

function textOf(doc: Y.Doc, index: number): Y.Text {
  const id = noteOf(doc, index)
  const text = () => doc.getMap<Y.Map<unknown>>('notes').get(id)?.get('text')
  const place = { order: 'a0', under: null, phase: 'principles', author: door.person } as const
  if (!text()) addNote({ id, at: Date.now(), text: '', ...place })(doc)
  return text() as Y.Text
}

let turn = 0

/** What the server said last that it has: clocks by client. */
let known: [client: number, clock: number][] = []

/** The question of who has so much of some clients. */
function question(entries: readonly (readonly [client: number, clock: number])[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const entry of entries) for (const value of entry) encoding.writeVarUint(encoder, value)
  return message(SYNC.step1, encoding.toUint8Array(encoder))
}

/** Half a message's limit, which says nothing. */
const nothingOfMany = question(Array.from({ length: 40_000 }, (_, index) => [index, 0]))

/** Drafts that are shared one after the other, and taken back. */
const DRAFTS = 1_500
const book = new Y.Doc()

/** In the name of a client that is nobody's here. */
const forgery = (() => {
  const doc = new Y.Doc()
  return message(
    SYNC.update,
    updateOf(doc, () => doc.getMap('notes').set('forged', new Y.Map())),
  )
})()

const scripts: Readonly<Record<string, Script>> = {
  /** What a hand could do, but a thousand times as often. */
  keys: {
    sockets: 4,
    pace: 1_000,
    begin: (doc) => void textOf(doc, 0),
    next: (doc) => {
      const text = textOf(doc, 0)
      const full = text.length >= 1_900
      const change = full ? { at: 0, remove: 1_900, insert: '' } : { at: text.length, remove: 0, insert: 'x' }
      return message(
        SYNC.update,
        updateOf(doc, () => writeText(text, change)),
      )
    },
  },
  /** Allowed as well, and as large as one update may be: a hundred notes rewritten. */
  pages: {
    sockets: 4,
    pace: 10,
    next: (doc) => {
      const words = String(turn++ % 10).repeat(1_900)
      const rewrite = () => {
        for (let index = 0; index < 100; index++) {
          const text = textOf(doc, index)
          writeText(text, { at: 0, remove: text.length, insert: words })
        }
      }
      return message(
        SYNC.update,
        updateOf(doc, () => transact(doc, rewrite)),
      )
    },
  },
  /** What takes long to judge and is never allowed: ten thousand entries that are no notes, and words in another's name. */
  forgeries: {
    sockets: 16,
    pace: 500,
    begin: (doc) =>
      doc.transact(() => {
        for (let index = 0; index < 10_000; index++) doc.getMap('notes').set(`f${index}`, new Y.Map())
      }),
    next: () => forgery,
  },
  /** Allowed, and as long to judge as its bytes can be made: one note moved two thousand times in one message. */
  labours: {
    sockets: 8,
    pace: 20,
    begin: (doc) => void textOf(doc, 0),
    next: (doc) => {
      const move = () => {
        for (let times = 0; times < 2_000; times++)
          moveNote(noteOf(doc, 0), { group: null, order: `b${turn++ % 1_000}` })(doc)
      }
      return message(SYNC.step2, updateOf(doc, move))
    },
  },
  /** Comes, and goes at once. */
  knocks: {
    sockets: 32,
    pace: 1,
    leaves: true,
    next: () => new Uint8Array([MESSAGE.queryPresence]),
  },
  /** Bytes that mean nothing, or something else: noise, presence, questions from states that nobody has. */
  noise: {
    sockets: 16,
    pace: 1_000,
    next: (doc) => {
      if (++turn % 1_000 === 0) return randomBytes(50)
      const entry = encoding.createEncoder()
      encoding.writeVarUint(entry, 1)
      encoding.writeVarUint(entry, doc.clientID)
      encoding.writeVarUint(entry, turn)
      const ask = encoding.toUint8Array(entry)
      if (turn % 3 === 0) return message(SYNC.step1, ask)
      if (turn % 3 === 1) return new Uint8Array([MESSAGE.queryPresence])
      const state = encoding.createEncoder()
      encoding.writeUint8Array(state, ask)
      encoding.writeVarString(state, JSON.stringify({ editing: null, noise: turn }))
      return message(0, encoding.toUint8Array(state), MESSAGE.presence)
    },
  },
  /** What the server looks for, writes and answers, all of it in its own hand. */
  commands: {
    sockets: 4,
    pace: 500,
    document: 'stage',
    prepare: (book) => {
      const place = { phase: 'principles', author: door.person, order: 'a0', under: null } as const
      for (let index = 0; index < DRAFTS; index++)
        addDraft({ id: `d${index}` as NoteId, at: 1, text: 'words', ready: false, ...place })(book)
    },
    next: () => {
      const id = `flood-${++turn}` as CommandId
      if (turn % 3 === 0) return encodeCommand({ id, name: 'share draft', draft: `d${(turn / 3) % DRAFTS}` as NoteId })
      const own =
        turn % 3 === 1
          ? drafts(book)
              .get(`d${turn % (DRAFTS / 30)}`)
              ?.get('became')
          : undefined
      const note = (typeof own === 'string' ? own : `none-${turn}`) as NoteId
      return encodeCommand({ id, name: 'withdraw note', note, removed: turn % 2 === 0 })
    },
  },
  /** From states that nobody has, each of which is answered anew, and from some that take long to read. */
  questions: {
    sockets: 16,
    pace: 200,
    next: () => {
      if (++turn % 200 === 0) return nothingOfMany
      const [client, clock] = known[turn % Math.max(1, known.length)] ?? [turn, 0]
      if (turn % 4 === 0) return question(Array.from({ length: 900 }, (_, index) => [turn + index, 0]))
      return question([[client, clock && (turn % clock) + 1]])
    },
  },
}

const door = JSON.parse(process.env.DOOR ?? '{}') as Door
const script = scripts[process.env.SCRIPT ?? '']
if (!script) throw new Error(`There is no script ${process.env.SCRIPT}.`)

function open(document: DocumentName, doc: Y.Doc): WebSocket {
  const query = new URLSearchParams({ ...door.params, client: String(doc.clientID) })
  return new WebSocket(`${door.url}/${document}?${query}`, { headers: door.headers, perMessageDeflate: false })
}

/** Writes what stands in their notebook at first, and follows what becomes of it. Resolves once it is saved. */
function keepBook(prepare: (book: Y.Doc) => void): Promise<void> {
  prepare(book)
  const socket = open('notebook', book)
  return new Promise((resolve) => {
    socket.on('message', (data) => {
      const decoder = decoding.createDecoder(new Uint8Array(data as Buffer))
      const type = decoding.readVarUint(decoder)
      if (type === MESSAGE.savedMark) resolve()
      if (type !== MESSAGE.sync) return
      if (decoding.readVarUint(decoder) === SYNC.step1) {
        socket.send(message(SYNC.step1, Y.encodeStateVector(book)))
        socket.send(message(SYNC.step2, Y.encodeStateAsUpdate(book)))
      } else Y.applyUpdate(book, decoding.readVarUint8Array(decoder))
    })
  })
}

function connect(script: Script, doc: Y.Doc): void {
  const socket = open(script.document ?? 'board', doc)
  let [marked, live] = [0, false]
  const begin = () => {
    live = true
    if (script.leaves) socket.close()
    flood()
  }
  const send = (bytes: Uint8Array) => {
    socket.send(bytes)
    flooded.sent++
    flooded.bytes += bytes.length
  }
  const flood = () => {
    if (socket.readyState !== WebSocket.OPEN) return
    const helping = Math.ceil((script.pace * HELPING) / 1_000)
    for (let said = 0; said < helping && socket.bufferedAmount < MOST_WAITING; said++) send(script.next(doc))
    setTimeout(flood, (helping * 1_000) / script.pace)
  }
  // Nobody is asked what they have of a document that only the server writes.
  if (script.document === 'stage') socket.on('open', begin)
  socket.on('message', (data) => {
    const decoder = decoding.createDecoder(new Uint8Array(data as Buffer))
    const type = decoding.readVarUint(decoder)
    if (type === MESSAGE.savedMark) {
      const mark = decoding.readVarUint(decoder)
      flooded.saved += mark - marked
      marked = mark
    }
    if (type === MESSAGE.reply) {
      const reply = decodeReply(decoder)
      count(flooded.answered, reply.ok ? 'done' : reply.code)
    }
    if (type === MESSAGE.refusal) {
      count(flooded.refused, (JSON.parse(decoding.readVarString(decoder)) as { code: string }).code)
      socket.close()
    }
    if (type === MESSAGE.sync && decoding.readVarUint(decoder) === SYNC.step1 && !live) {
      known = [...Y.decodeStateVector(decoding.readVarUint8Array(decoder))]
      send(message(SYNC.step2, Y.encodeStateAsUpdate(doc)))
      begin()
    }
  })
  socket.on('error', () => flooded.failed++)
  socket.on('close', (code) => {
    count(flooded.closed, names.get(code) ?? String(code))
    setTimeout(() => connect(script, doc), BACK)
  })
}

process.on('message', () => process.send?.(flooded))
if (script.prepare) await keepBook(script.prepare)
for (let socket = 0; socket < script.sockets; socket++) {
  // It keeps what was overwritten, so that all of it has to be judged.
  const doc = new Y.Doc({ gc: false })
  script.begin?.(doc)
  connect(script, doc)
}
