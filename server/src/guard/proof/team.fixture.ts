import { addNote } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import type { Actor } from '@quintet/shared/rules'
import * as Y from 'yjs'
import { type Chance, chanceOf } from '../../testing/seeded.ts'
import { Clients } from '../clients.ts'
import { type Examination, Guard, type Judgement } from '../guard.ts'
import { beginningAtRandom, DECIDING, EARLIER, factsAtRandom } from './beginnings.fixture.ts'
import { Device, type Outgoing } from './honest.fixture.ts'
import { type Facts, NOW, stageFor } from './policy.fixture.ts'
import { inOrder, loaded, readJson, reloaded, unitsOf } from './replicas.fixture.ts'
import { type Guarded, INES, MAREN, SERVER, TOMASZ } from './scene.fixture.ts'
import { KINDS } from './shapes.fixture.ts'
import { Witness } from './witness.fixture.ts'

/**
 * People with several devices at one document: nothing that they do is refused, but for what came too late by the policy,
 * and in the end all have the same.
 */

/** What many rounds came to. */
export interface HonestCount {
  updates: number
  readonly kinds: Map<string, number>
  readonly failures: string[]
}

/** Turns in a round. */
const TURNS = 1_600
const GRACE = 3_000

const TEAMS: Readonly<Record<Guarded, readonly Actor[]>> = {
  board: [MAREN, TOMASZ, TOMASZ, INES, INES],
  notebook: [TOMASZ, TOMASZ, TOMASZ],
  desk: [MAREN, MAREN, { ...INES, role: 'facilitator' }],
}

/** Plays a round from its seed alone. */
export function playHonestRound(seed: number, count: HonestCount): void {
  const team = new Team(chanceOf(seed), (name) => count.kinds.set(name, (count.kinds.get(name) ?? 0) + 1))
  for (let turn = 0; turn < TURNS && team.failures.length === 0; turn++) team.turn()
  team.end()
  count.updates += team.updates
  for (const failure of team.failures) count.failures.push(`seed ${seed}: ${failure}`)
}

class Team {
  readonly failures: string[] = []
  updates = 0
  readonly #chance: Chance
  readonly #tell: (name: string) => void
  readonly #document: Guarded
  #server: Y.Doc
  #guard: Guard
  readonly #clients: Clients
  readonly #devices: readonly Device[]
  /** Answers that are looked at in parts, while others write. */
  readonly #examined = new Map<Device, Examination>()
  #facts: Facts
  #now = NOW
  #made = 0

  constructor(chance: Chance, tell: (name: string) => void) {
    this.#chance = chance
    this.#tell = tell
    this.#document = chance.pick(['board', 'board', 'board', 'board', 'board', 'notebook', 'desk'] as const)
    const document = this.#document
    const state = beginningAtRandom(chance, document)
    const like = new Y.Doc({ guid: document })
    for (const root of Object.keys(KINDS[document])) like.getMap(root)
    this.#server = loaded(like, state)
    this.#facts = { ...DECIDING, anonymous: factsAtRandom(chance).anonymous }
    const owner = document === 'board' ? undefined : document === 'desk' ? MAREN.person : TOMASZ.person
    this.#clients = new Clients(EARLIER.map(([{ person }, client]) => [client, owner ?? person]))
    this.#clients.reserve(SERVER)
    this.#guard = this.#serve()
    const facts = this.#facts
    const newId = () => `made-${++this.#made}`
    this.#devices = TEAMS[document].map((actor) => {
      const client = this.#client(actor.person)
      return new Device(actor, { document, server: this.#server, client, facts, chance, newId, tell })
    })
  }

  /** One thing happens somewhere. */
  turn(): void {
    const chance = this.#chance
    const device = chance.pick(this.#devices)
    this.#now += chance.below(200)
    const what = chance.below(200)
    if (what < 90) device.edit()
    else if (what < 150) this.#deliver(device)
    else if (what < 180) device.receive()
    else if (what < 186) this.#losesConnection(device)
    else if (what < 194 && !device.isOnline) this.#comesBack(device)
    else if (what === 196) this.#restarts(device)
    else if (what === 195 && chance.below(10) === 0) this.#restartsServer()
    else if (what === 197) this.#byServer()
    else if (what === 198 && this.#document === 'board') this.#move()
  }

  #losesConnection(device: Device): void {
    this.#examined.delete(device)
    device.goOffline()
  }

  /** Who comes back hears of the stage as it is. */
  #comesBack(device: Device): void {
    device.facts = this.#facts
    device.goOnline(this.#server)
    this.#tell('back')
  }

  #restarts(device: Device): void {
    this.#tell('tab closed')
    this.#examined.delete(device)
    device.restart(this.#client(device.actor.person))
  }

  /** Everybody comes back, and has the same as the server and as who loads it then. */
  end(): void {
    this.#meet()
    const json = (doc: Y.Doc) => inOrder(readJson(doc, Object.keys(KINDS[this.#document])))
    const expected = [unitsOf(this.#server), json(this.#server)]
    const others = [reloaded(this.#server), ...this.#devices.map(({ doc }) => doc)]
    others.forEach((doc, at) => {
      if (unitsOf(doc) !== expected[0] || json(doc) !== expected[1])
        this.failures.push(at === 0 ? 'a reload differs' : `device ${at} differs`)
      if (doc.store.pendingStructs || doc.store.pendingDs) this.failures.push(`device ${at} waits for something`)
    })
  }

  /** Begins to serve the document: whoever is connected hears of what others write. @returns who stands before it. */
  #serve(): Guard {
    const doc = this.#server
    doc.clientID = SERVER
    doc.on('update', (update: Uint8Array, from: unknown) => {
      for (const device of this.#devices) if (device !== from && device.isOnline) device.incoming.push(update)
    })
    const stage = () => stageFor(this.#facts)
    return new Guard({ document: this.#document, doc, clients: this.#clients, stage, now: () => this.#now })
  }

  /** The server stops and starts again: it loads what it has, and everybody comes back. */
  #restartsServer(): void {
    for (const device of this.#devices) this.#losesConnection(device)
    this.#server = reloaded(this.#server)
    this.#guard = this.#serve()
    this.#tell('server restarted')
  }

  /** Goes on with what is examined in parts, else sends the oldest that waits. */
  #deliver(device: Device): void {
    const examined = this.#examined.get(device)
    if (examined) {
      if (!examined.step()) return
      this.#examined.delete(device)
      if (device.isLate) this.#takeLate(device, examined.judge())
      else this.#take(device, 'resync', examined.judge())
      return
    }
    const outgoing = device.outgoing.shift()
    if (!outgoing) return
    this.updates++
    const arrival = { actor: device.actor, ...outgoing }
    if (outgoing.kind === 'resync') this.#examined.set(device, this.#guard.examine(arrival))
    else this.#take(device, 'live', this.#guard.judge(arrival))
  }

  #take(device: Device, kind: Outgoing['kind'], judgement: Judgement): void {
    this.#tell(`${kind} ${judgement.is}`)
    if (judgement.is === 'accepted') Y.applyUpdate(this.#server, judgement.update, device)
    if (judgement.is === 'refused') {
      const { code, path, message } = judgement.refusal
      const fault = judgement.fault === undefined ? '' : String(judgement.fault)
      this.failures.push(`${device.actor.person} was refused at ${path}: ${code}, ${message} ${fault}`)
    }
  }

  /**
   * Takes what somebody brings who was away while the stage changed. It is refused where the policy says so, and only
   * there; then they begin afresh.
   */
  #takeLate(device: Device, judgement: Judgement): void {
    const { actor, doc } = device
    const copy = reloaded(this.#server)
    const witness = new Witness(copy, this.#document, (client) => this.#clients.owner(client))
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(copy)))
    const breaches = witness.look(actor, this.#facts, this.#now).map(({ breach, path }) => `${breach} (${path})`)
    device.isLate = false
    if (judgement.is !== 'refused') {
      if (breaches.length > 0) this.failures.push(`what came late was taken: ${breaches.join(', ')}`)
      this.#tell(`late ${judgement.is}`)
      this.#take(device, 'resync', judgement)
      return
    }
    if (judgement.refusal.code !== 'forbidden' || breaches.length === 0) {
      this.#take(device, 'resync', judgement)
      return
    }
    this.#tell('late refused')
    device.renew(this.#server, this.#client(actor.person))
  }

  /**
   * The facilitator moves on, locks, unlocks, closes or reopens. Devices hear of it one by one; what they wrote before they
   * did is on its way for at most the grace.
   */
  #move(): void {
    // Some who are away come back first; others only after it, when what they wrote long before may well be refused.
    const away = new Set(this.#chance.below(3) > 0 ? this.#devices.filter(({ isOnline }) => !isOnline) : [])
    const here = this.#devices.filter((device) => !away.has(device))
    this.#meet(here)
    for (const device of away) device.isLate = true
    this.#now += 60_000
    this.#facts = this.#nextFacts()
    const facts = this.#facts
    const until = this.#now + GRACE
    const open = [...here]
    while (open.length > 0) {
      const device = this.#chance.pick(open)
      this.#now = Math.min(this.#now + this.#chance.below(120), until)
      const what = this.#chance.below(5)
      if (what < 2) device.edit()
      else if (what === 2) this.#deliver(device)
      else {
        while (this.#hasMore(device)) this.#deliver(device)
        device.facts = facts
        open.splice(open.indexOf(device), 1)
      }
    }
    this.#tell('move')
  }

  #nextFacts(): Facts {
    const chance = this.#chance
    const now = this.#now
    const { anonymous, at, locks, state } = this.#facts
    const facts = { ...this.#facts, left: null }
    if (state === 'closed') return { ...facts, state: 'running', closedAt: null, reopenedAt: now }
    switch (chance.below(5)) {
      case 0:
        return { ...facts, state: 'closed', closedAt: now }
      case 1: {
        const { phase } = chance.pick([{ phase: 'gaps' }, { phase: 'actions' }, at] as const)
        const next = new Map(locks)
        if (!next.delete(phase)) next.set(phase, now)
        return { ...facts, locks: next }
      }
      default: {
        const next = chance.below(2) === 0 ? DECIDING : factsAtRandom(chance)
        return {
          ...DECIDING,
          at: next.at,
          left: { ...at, movedAt: now },
          anonymous,
          locks: chance.below(2) === 0 ? locks : new Map(),
        }
      }
    }
  }

  /** All that is on its way arrives. */
  #meet(devices = this.#devices): void {
    for (const device of devices) if (!device.isOnline) this.#comesBack(device)
    for (const device of devices) while (this.#hasMore(device)) this.#deliver(device)
    for (const device of devices) while (device.incoming.length > 0) device.receive()
  }

  /** What the server does in its own hand: a shared note, words that go to the bin and come back, what became of a draft. */
  #byServer(): void {
    const chance = this.#chance
    const server = this.#server
    if (this.#document === 'notebook') {
      const drafts = [...server.getMap<Y.Map<unknown>>('drafts')].filter(
        ([id]) => !/-\d+-/.test(id) && !id.endsWith('-2'),
      )
      if (drafts.length > 0) chance.pick(drafts)[1].set('became', 'n1')
    }
    if (this.#document !== 'board') return
    const removed = [...server.getMap<Y.Map<unknown>>('notes').values()].filter((note) => note.get('removed') === true)
    const text = removed.length > 0 ? chance.pick(removed).get('text') : undefined
    if (text instanceof Y.Text && chance.below(2) === 0) {
      if (text.length > 0) text.delete(0, text.length)
      else text.insert(0, 'brought back')
      return
    }
    const id = `shared-${++this.#made}` as NoteId
    if (this.#made % 4 === 0)
      addNote({ id, phase: 'gaps', author: null, at: 1, text: 'Shared 🙂', order: 'a0', under: null })(server)
  }

  #hasMore(device: Device): boolean {
    return device.outgoing.length > 0 || this.#examined.has(device)
  }

  #client(person: PersonId): number {
    const client = 2_000 + this.#chance.below(2 ** 31)
    const binding = this.#clients.bind(client, person, this.#now, false)
    if (binding !== 'bound') throw new Error(`Client ${client} is ${binding}`)
    return client
  }
}
