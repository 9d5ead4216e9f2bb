import { type Agenda, RHYTHM_AGENDA, withNames } from '@quintet/shared/agenda'
import { addDraft, readyDraft } from '@quintet/shared/draftEdits'
import { type TextTarget, targetText, writeText } from '@quintet/shared/edits'
import type { NoteId, PersonId, WorkshopId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { CLOSE, DOCUMENT_ACCESS, type DocumentName, type Reply, SCREEN_SEAT } from '@quintet/shared/protocol'
import { type Role, readStage, type StageView, writeStage } from '@quintet/shared/stage'
import { onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { hashSecret, newId } from '../access.ts'
import { type Browser, type Created, type Quintet, startQuintet } from '../quintet.fixture.ts'
import { SERVER_HAND } from '../room/hand.ts'
import { loadDocument } from '../room/load.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import type { Store } from '../store/store.ts'
import type { HandClock } from './handClock.ts'
import type { Participant } from './participant.ts'
import { command } from './rhythm.ts'
import { TappedBrowser } from './tappedBrowser.ts'
import { until } from './until.ts'

/** A command before it has its id. */
type Asked = Parameters<typeof command>[0]

/** Somebody in a watched workshop: all that they can obtain goes through their own tap. */
export class Watched {
  readonly name: string
  readonly role: Role
  readonly seat: string
  readonly tap: TappedBrowser
  readonly #created: Created
  #tabs = new Map<DocumentName, Participant>()

  constructor(tap: TappedBrowser, created: Created, seat: string, role: Role) {
    this.name = tap.name
    this.tap = tap
    this.seat = seat
    this.role = role
    this.#created = created
  }

  /** Who they are, for somebody who is among the people. */
  get person(): PersonId {
    return this.seat as PersonId
  }

  /** Opens every document that their role may read, with empty copies. */
  async open(): Promise<void> {
    for (const name of Object.keys(DOCUMENT_ACCESS) as DocumentName[]) {
      const { reads } = DOCUMENT_ACCESS[name]
      if (reads.includes(this.role)) this.#tabs.set(name, this.tap.tab(this.#created.workshop, name, this.seat))
    }
    await Promise.all([...this.#tabs.values()].map((tab) => tab.synced()))
  }

  /** Closes every tab and opens it again, without a copy. */
  async reload(): Promise<void> {
    for (const tab of this.#tabs.values()) tab.leave()
    this.#tabs = new Map()
    await this.open()
  }

  on(document: DocumentName): Participant {
    const tab = this.#tabs.get(document)
    if (!tab) throw new Error(`${this.name} has no ${document}.`)
    return tab
  }

  get stage(): StageView {
    const stage = readStage(this.on('stage').doc)
    if (!stage) throw new Error(`${this.name} has no stage yet.`)
    return stage
  }

  get board(): Y.Doc {
    return this.on('board').doc
  }

  get notebook(): Y.Doc {
    return this.on('notebook').doc
  }

  /** Sends a command once everything of theirs is saved, as a client does. */
  async command(asked: Asked): Promise<Reply> {
    for (const document of ['board', 'notebook'] as const)
      if (this.#tabs.has(document) && this.on(document).sent > 0) await this.on(document).saved()
    return this.on('stage').command(command(asked))
  }

  /** Begins a draft as the composer does: empty, and not ready. */
  beginDraft(phase: PhaseId): NoteId {
    const id = newId() as NoteId
    addDraft({
      id,
      phase,
      author: this.person,
      at: Date.now(),
      text: '',
      order: 'a0',
      under: null,
      ready: false,
    })(this.notebook)
    return id
  }

  /** Types at the end of a text, each letter an edit of its own; with one that is wrong and taken back. */
  async type(target: TextTarget, words: string): Promise<void> {
    const doc = target.of === 'draft' ? this.notebook : this.board
    const text = targetText(doc, target)
    if (!text) throw new Error(`${this.name} has no such ${target.of}.`)
    const letters = [...words]
    for (const [at, letter] of letters.entries()) {
      writeText(text, { at: text.length, remove: 0, insert: letter })
      // Later letters go out in another turn of the loop, as a person's do.
      await new Promise(setImmediate)
      if (at !== 1) continue
      writeText(text, { at: text.length - letter.length, remove: letter.length, insert: '' })
      writeText(text, { at: text.length, remove: 0, insert: letter })
    }
  }

  /** Writes a whole draft, and makes it ready. */
  async writeDraft(phase: PhaseId, words: string): Promise<NoteId> {
    const id = this.beginDraft(phase)
    await this.type({ of: 'draft', id }, words)
    readyDraft(id, true)(this.notebook)
    await this.on('notebook').saved()
    return id
  }

  /** Asks every resource for whatever this browser can get of it. */
  async askEverywhere(): Promise<void> {
    const { path, keys } = this.#created
    const { browser } = this.tap
    const resources = ['me', 'links', 'export/plan.md', 'export/plan.md?download', 'drafts', 'notebook']
    const beside = ['/healthz', '/readyz', '/metrics', `/w/${this.#created.workshop}`]
    await Promise.all([
      ...[...resources.map((name) => `${path}/${name}`), ...beside].map((address) => browser.get(address)),
      browser.get(`${path}/export/plan.md`, { authorization: `Bearer ${keys.observer}` }),
      browser.post(`${path}/keys`),
      browser.join(this.#created, keys[this.role === 'observer' ? 'observer' : 'member']),
    ])
  }
}

/** A running server with one workshop, in which every person is watched. */
export interface WatchedWorkshop {
  readonly quintet: Quintet
  readonly created: Created
  readonly maren: Watched
  /** The other facilitator. */
  readonly tomasz: Watched
  readonly members: readonly Watched[]
  readonly observer: Watched
  /** The big screen, with the facilitator's cookie. */
  readonly screen: Watched
  /** Everybody so far. */
  readonly everyone: readonly Watched[]
  /** Somebody comes late, or in addition. */
  comeIn(name: string, role: 'member' | 'observer'): Promise<Watched>
}

export interface WatchedSetting {
  readonly names: 'signed' | 'anonymous'
  readonly members: readonly string[]
  readonly agenda?: Agenda
  /** The server's clock, to be put forward; the machine's unless given. */
  readonly clock?: HandClock
}

/** Starts a server that ends with the test, and opens all that everybody may open. */
export async function watchWorkshop({
  names,
  members,
  agenda = RHYTHM_AGENDA,
  clock,
}: WatchedSetting): Promise<WatchedWorkshop> {
  const { folder } = await startQuintet()
  const store = await openSqliteStore({ folder: `${folder}/of-its-own` })
  onTestFinished(() => store.close())
  const quintet = await startQuintet({}, { store, ...(clock ? { now: clock.now, alarm: clock.alarm } : {}) })
  const everyone: Watched[] = []
  const tapFor = async (name: string) => {
    const tap = await TappedBrowser.open(name, quintet)
    onTestFinished(() => tap.close())
    return tap
  }
  const enter = async (tap: TappedBrowser, seat: string, role: Role) => {
    const watched = new Watched(tap, created, seat, role)
    everyone.push(watched)
    await watched.open()
    return watched
  }
  const marenTap = await tapFor('Maren')
  const created = await marenTap.browser.create({
    title: 'How we serve',
    name: 'Maren',
    agenda: withNames(agenda, names),
  })
  const tomaszTap = await tapFor('Tomasz')
  const second = await addFacilitator(store, created.workshop, tomaszTap.browser)
  const maren = await enter(marenTap, created.person, 'facilitator')
  const tomasz = await enter(tomaszTap, second, 'facilitator')
  const comeIn: WatchedWorkshop['comeIn'] = async (name, role) => {
    const tap = await tapFor(name)
    const { json } = await tap.browser.join(created, created.keys[role], name)
    return enter(tap, json.person.id, role)
  }
  const cameIn: Watched[] = []
  for (const name of members) cameIn.push(await comeIn(name, 'member'))
  const observer = await comeIn('Lars', 'observer')
  const screenTap = await tapFor('Screen')
  screenTap.browser.cookie = marenTap.browser.cookie
  const screen = await enter(screenTap, SCREEN_SEAT, 'observer')
  return { quintet, created, maren, tomasz, members: cameIn, observer, screen, everyone, comeIn }
}

/** A second facilitator, as a promotion would make one: the stage says so, and a browser holds the seat. */
async function addFacilitator(store: Store, workshop: WorkshopId, browser: Browser): Promise<PersonId> {
  const person = newId() as PersonId
  const stage = await loadDocument(store, workshop, 'stage', 'stage')
  const before = Y.encodeStateVector(stage)
  const tomasz = { id: person, name: 'Tomasz', role: 'facilitator', joinedAt: Date.now() } as const
  writeStage(stage, { people: [tomasz] }, SERVER_HAND)
  browser.cookie = 'T'.repeat(22)
  await store.append(workshop, {
    updates: [{ document: 'stage', update: Y.encodeStateAsUpdate(stage, before) }],
    seats: [{ cookie: hashSecret(browser.cookie), person, observer: null, key: 'promoted' }],
  })
  return person
}

/** Everybody else comes with somebody's id as their seat to that one's notebook. @throws if anybody gets in. */
export async function forgeSeat({ everyone, created }: WatchedWorkshop, of: Watched): Promise<void> {
  // The big screen's browser is the facilitator's own.
  for (const other of everyone.filter(({ tap }) => tap.browser.cookie !== of.tap.browser.cookie)) {
    const forged = other.tap.tab(created.workshop, 'notebook', of.seat)
    await until('the forger is turned away', () => forged.closes.length > 0)
    if (forged.closes[0] !== CLOSE.unknownSeat.code || forged.doc.store.clients.size > 0)
      throw new Error(`${other.name} opened the notebook of ${of.name}.`)
  }
}

/** Moves everyone one step on, and waits until everybody's screen is there; with its countdown where it has one. */
export async function moveOn(by: Watched, everyone: readonly Watched[], to: StageView['at']): Promise<void> {
  const reply = await by.command({ name: 'move', from: by.stage.at, to })
  if (!reply.ok) throw new Error(reply.message)
  const there = ({ stage }: Watched) => stage.at.phase === to.phase && stage.at.step === to.step
  await until(`everybody is in ${to.step}`, () => everyone.every(there))
}
