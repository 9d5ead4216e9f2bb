import type { Actor } from '@quintet/shared/rules'
import * as Y from 'yjs'
import { type Chance, chanceOf } from '../../testing/seeded.ts'
import { ATTACKS } from './attacks.fixture.ts'
import { beginningAtRandom, EARLIER, factsAtRandom, wishFor } from './beginnings.fixture.ts'
import { type Inventory, takeStock } from './inventory.fixture.ts'
import { NOW } from './policy.fixture.ts'
import { loaded } from './replicas.fixture.ts'
import { rudeEdit } from './rude.fixture.ts'
import { type Guarded, INES, type JudgingOf, MAREN, OLA, type Outcome, Scene, TOMASZ } from './scene.fixture.ts'
import { KINDS } from './shapes.fixture.ts'
import type { Finding } from './witness.fixture.ts'

/** Rounds of hostile and ordinary updates against small documents, each told by its seed alone. */

/** What many rounds came to. */
export interface Count {
  updates: number
  readonly accepted: Map<string, number>
  readonly refused: Map<string, number>
  readonly failures: Failure[]
  /** The longest judging of one update, ms, and what it was; told, never asserted. */
  slowest: { ms: number; way: string; seed: number }
}

/** One update that did what it should not, and the seed of the round in which it came. */
export interface Failure {
  readonly seed: number
  readonly way: string
  readonly findings: readonly Finding[]
}

export function newCount(): Count {
  return {
    updates: 0,
    accepted: new Map(),
    refused: new Map(),
    failures: [],
    slowest: { ms: 0, way: '', seed: 0 },
  }
}

/** Updates in a round: few, so that what one of them leaves behind seldom hides what the next does. */
const ROUND = 80

/** Plays rounds until so many updates were sent. */
export function playRounds(seed: number, updates: number, judgingOf: JudgingOf, count = newCount()): Count {
  const chance = chanceOf(seed)
  const until = count.updates + updates
  // Refusals are errors inside the guard, and where each came from takes longer to note than all else.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  while (count.updates < until) playRound(chance.below(2 ** 32), judgingOf, count)
  Error.stackTraceLimit = stackTraceLimit
  return count
}

/** Plays one round, and ends it with the first thing that is wrong. */
export function playRound(seed: number, judgingOf: JudgingOf, count: Count): void {
  const round = new Round(chanceOf(seed), judgingOf)
  for (let nth = 0; nth < ROUND; nth++) {
    const { way, outcome, ms } = round.next()
    count.updates++
    if (ms > count.slowest.ms) count.slowest = { ms, way, seed }
    const into = outcome.judged.is === 'refused' ? count.refused : count.accepted
    const as = outcome.judged.is === 'refused' ? `${way} ${outcome.judged.code}` : `${way} ${outcome.judged.is}`
    into.set(as, (into.get(as) ?? 0) + 1)
    const findings = outcome.findings.length > 0 ? outcome.findings : round.lookNowAndThen(way)
    if (findings.length === 0) continue
    count.failures.push({ seed, way, findings })
    return
  }
  const findings = round.scene.lookAtAll()
  if (findings.length > 0) count.failures.push({ seed, way: 'the whole round', findings })
}

interface Attacker {
  readonly actor: Actor
  readonly own: readonly [number, number]
  readonly typing: number
  replica: Y.Doc | null
}

const WAYS = ['ordinary', 'ordinary', 'rude', 'resync', ...Object.keys(ATTACKS)]
/** Who attacks: the people of the document, and such as may open it at most. */
const ATTACKERS: Readonly<Record<Guarded, readonly (readonly Actor[])[]>> = {
  board: [[TOMASZ], [INES], [MAREN, MAREN, OLA]],
  notebook: [[TOMASZ], [TOMASZ, OLA]],
  desk: [[MAREN], [MAREN, TOMASZ]],
}

class Round {
  readonly scene: Scene
  readonly #chance: Chance
  readonly #attackers: readonly Attacker[]
  readonly #honest: Uint8Array[]
  /** What attackers see of the document, and its state; nothing until somebody asks. */
  #stock: Inventory | null = null
  #state: Uint8Array | null = null
  #made = 0

  constructor(chance: Chance, judgingOf: JudgingOf) {
    this.#chance = chance
    const document = chance.pick(['board', 'board', 'board', 'board', 'board', 'board', 'notebook', 'desk'] as const)
    const state = beginningAtRandom(chance, document)
    this.scene = new Scene(document, state, factsAtRandom(chance), judgingOf)
    this.#honest = [state]
    for (const [actor, client] of EARLIER)
      this.scene.clientOf(document === 'board' ? actor : document === 'desk' ? MAREN : TOMASZ, client)
    const people = ATTACKERS[document].map((actors) => chance.pick(actors))
    // Of two who write at once the higher client id comes last: attackers have ids below and above all others.
    this.#attackers = people.map((actor, nth) => ({
      actor,
      own: [this.scene.clientOf(actor, 10 + nth), this.scene.clientOf(actor)],
      typing: chance.below(2) === 0 ? this.scene.clientOf(actor) : this.scene.clientOf(actor, 20 + nth),
      replica: null,
    }))
  }

  next(): { way: string; outcome: Outcome; ms: number } {
    const chance = this.#chance
    if (chance.below(25) === 0) this.#turn()
    const attacker = chance.pick(this.#attackers)
    const way = chance.pick(WAYS)
    const update = this.#write(way, attacker)
    const start = performance.now()
    const kind = way === 'resync' || chance.below(30) === 0 ? 'resync' : 'live'
    const outcome = this.scene.send(attacker.actor, update, kind)
    const ms = performance.now() - start
    if (outcome.findings.length > 0) return { way, outcome, ms }
    if (outcome.judged.is === 'accepted') {
      this.#stock = null
      this.#state = null
      // Each attacker's own document takes what happened; one that wrote what was refused begins again.
      for (const { replica } of this.#attackers) if (replica) relay(replica, outcome.judged.update)
    } else if (way === 'ordinary' || way === 'rude' || way === 'resync') attacker.replica = null
    return { way, outcome, ms }
  }

  /** Looks at the whole after something hostile was taken, where replicas could part without anybody seeing it. */
  lookNowAndThen(way: string): readonly Finding[] {
    const isHostile = ATTACKS[way] !== undefined && this.#stock === null
    return isHostile && this.#chance.below(way === 'odd' || way === 'neighbours' ? 2 : 4) === 0
      ? this.scene.lookAtAll()
      : []
  }

  /** The stage becomes another, as a facilitator moves, locks or closes. */
  #turn(): void {
    const next = factsAtRandom(this.#chance)
    const { at } = this.scene.facts
    this.scene.facts = this.#chance.below(2) === 0 ? { ...next, left: { ...at, movedAt: NOW } } : next
  }

  #write(way: string, attacker: Attacker): Uint8Array {
    const { scene } = this
    const attack = ATTACKS[way]
    if (attack) {
      this.#stock ??= takeStock(scene.doc)
      const { own, actor } = attacker
      const { document } = scene
      const stance = { document, own, stock: this.#stock, honest: this.#honest, person: actor.person }
      return attack({ ...stance, chance: this.#chance })
    }
    return this.#edit(way, attacker)
  }

  /** What a Yjs document of the attacker's writes, by edits that have names or by others. */
  #edit(way: string, attacker: Attacker): Uint8Array {
    const { scene } = this
    const chance = this.#chance
    this.#state ??= Y.encodeStateAsUpdate(scene.doc)
    attacker.replica ??= loaded(scene.doc, this.#state)
    const { replica } = attacker
    replica.clientID = attacker.typing
    const before = Y.encodeStateVector(replica)
    if (way === 'rude') rudeEdit(chance, replica, Object.keys(KINDS[scene.document]))
    else {
      const wisher = { person: attacker.actor.person, newId: () => `new-${attacker.typing}-${++this.#made}` }
      for (let nth = chance.below(2); nth < 2; nth++) wishFor(scene.document, chance, replica, wisher)?.edit(replica)
    }
    const update = Y.encodeStateAsUpdate(replica, before)
    if (update.length < 4_000) this.#honest.push(update)
    return way === 'resync' ? Y.encodeStateAsUpdate(replica) : update
  }
}

/** Gives a document what came, under a client id that nobody uses: Yjs would take another one otherwise, and say so. */
function relay(replica: Y.Doc, update: Uint8Array): void {
  replica.clientID = 0
  Y.applyUpdate(replica, update, 'relayed')
}
