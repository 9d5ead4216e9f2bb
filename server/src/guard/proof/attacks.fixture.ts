import type { Chance } from '../../testing/seeded.ts'
import {
  type Content,
  type Deletion,
  lengthOf,
  type Parts,
  type Range,
  type Section,
  STRANGE_CONTENT,
  type Struct,
  spellUpdate,
  takeApart,
  type Unit,
} from './bytes.fixture.ts'
import { entryAtRandom, entryStructs, FITTING, fieldsOf, valueAtRandom } from './entries.fixture.ts'
import type { Stance } from './inventory.fixture.ts'
import { SERVER } from './scene.fixture.ts'
import { wordsAtRandom } from './wishes.fixture.ts'

/** Ways to write an update that no client of ours writes. Each gives bytes; what they mean is for the guard to find out. */
export const ATTACKS: Readonly<Record<string, (stance: Stance) => Uint8Array>> = {
  neighbours: (stance) => spellUpdate({ sections: neighbours(stance), deletions: [] }),
  keys: (stance) => spellUpdate(keysAndDeletions(stance)),
  entries: (stance) => spellUpdate({ sections: entryAtRandom(stance), deletions: maybe(stance, 6, deletions) }),
  deletions: (stance) => spellUpdate({ sections: [], deletions: deletions(stance) }),
  odd: (stance) => spellUpdate({ sections: oddPairs(stance), deletions: [] }),
  grammar: (stance) => spellUpdate(grammar(stance), stance.chance.below(20) === 0 ? [0] : []),
  tampered: (stance) => spellUpdate(tampered(stance)),
  spliced: (stance) => spliced(stance),
  mutated: (stance) => mutated(stance.chance, stance.chance.pick(stance.honest)),
  noise: ({ chance }) => Uint8Array.from({ length: chance.below(80) }, () => chance.below(chance.pick([4, 16, 256]))),
}

const clockOf = ({ stock }: Stance, client: number) => stock.clocks.get(client) ?? 0

function maybe<T>(stance: Stance, share: number, make: (stance: Stance) => readonly T[]): readonly T[] {
  return stance.chance.below(share) === 0 ? make(stance) : []
}

/** A client id: mostly one's own, else somebody's, the server's, or nobody's. */
function clientAtRandom({ chance, own, stock }: Stance): number {
  const what = chance.below(10)
  if (what < 6) return chance.pick(own)
  if (what < 9) return chance.pick([...stock.clocks.keys()])
  return chance.pick([SERVER, 999, 2 ** 32 - 1])
}

/** Any unit of the document, and now and then one that is not there yet. */
export function unitAtRandom(stance: Stance): Unit {
  const { chance, stock } = stance
  const [client, clocks] = chance.pick([...stock.clocks])
  return { client, clock: chance.below(clocks + (chance.below(12) === 0 ? 3 : 0)) }
}

/** Words put between neighbours in a text that may or may not have been next to each other, or even in one list. */
function neighbours(stance: Stance): readonly Section[] {
  const { chance, own, stock } = stance
  if (stock.texts.length === 0) return keyWrites(stance)
  const { parent, units } = chance.pick(stock.texts)
  const sections: Section[] = []
  const written: Unit[] = []
  for (const client of chance.below(4) === 0 ? own : [chance.pick(own)]) {
    let clock = clockOf(stance, client)
    const start = clock
    const structs: Struct[] = []
    for (let nth = 0; nth <= chance.below(4); nth++) {
      const at = chance.below(units.length + 1)
      const any = () => {
        // What comes only later.
        if (chance.below(40) === 0) return { client, clock: clock + 1 + chance.below(3) }
        const from = chance.below(8) === 0 ? [unitAtRandom(stance)] : [...units, ...written]
        return from.length > 0 && chance.below(4) > 0 ? chance.pick(from) : undefined
      }
      const [origin, right] = chance.below(3) === 0 ? [units[at - 1], units[at]] : [any(), any()]
      const content: Content =
        chance.below(10) === 0 ? strange(chance) : { is: 'string', text: wordsAtRandom(chance, 2) }
      structs.push({ origin, right, parent, content, ...(chance.below(30) === 0 ? { key: 'x' } : {}) })
      for (let n = 0; n < lengthOf(content); n++) written.push({ client, clock: clock + n })
      clock += lengthOf(content)
    }
    sections.push({ client, clock: start + skew(chance), structs })
  }
  return chance.below(2) === 0 ? sections : sections.reverse()
}

/** Writes to keys: values, types and deletions, in the place of what stands there, beside it, or behind what did. */
function keyWrites(stance: Stance): readonly Section[] {
  const { chance, own, stock } = stance
  const client = chance.pick(own)
  let clock = clockOf(stance, client)
  const start = clock
  const structs: Struct[] = []
  for (let nth = 0; nth <= chance.below(3); nth++) {
    const spot = chance.pick(stock.keys)
    const parent = chance.below(10) === 0 ? chance.pick(stock.types) : spot.parent
    const key =
      chance.below(10) === 0 ? chance.pick(['x', 'phase', 'became', '0', '19', '20', '__proto__', '']) : spot.key
    const content = chance.below(3) > 0 ? fitting(chance, key) : valueContent(chance)
    const origin = [spot.units.at(-1), chance.pick(spot.units), undefined, undefined, unitAtRandom(stance)][
      chance.below(chance.below(4) === 0 ? 5 : 1)
    ]
    const right = chance.below(20) === 0 ? chance.pick(spot.units) : undefined
    structs.push({ origin, right, parent, key, content })
    clock += lengthOf(content)
  }
  return [{ client, clock: start + skew(chance), structs }]
}

/** Writes to keys, now and then with the deletion of what stands there or of something else. */
function keysAndDeletions(stance: Stance): Parts {
  const { chance, stock } = stance
  const sections = keyWrites(stance)
  if (chance.below(3) > 0) return { sections, deletions: maybe(stance, 4, deletions) }
  const [struct] = sections[0]?.structs ?? []
  const standing = stock.keys.find(({ parent, key }) => parent === struct?.parent && key === struct?.key)?.units.at(-1)
  const aimed: readonly Deletion[] = standing ? [{ client: standing.client, ranges: [[standing.clock, 1]] }] : []
  return { sections, deletions: aimed }
}

/** Now and then a clock is not where its client's is. */
const skew = (chance: Chance) => (chance.below(30) === 0 ? chance.pick([1, 1, 2]) : 0)

/** A value that may stand under a key. */
function fitting(chance: Chance, key: string): Content {
  const values = FITTING[key] ?? ['n1', null]
  return { is: 'any', values: [values[chance.below(values.length)]] }
}

function valueContent(chance: Chance): Content {
  switch (chance.below(12)) {
    case 0:
      return { is: 'deleted', length: 1 + chance.below(2) }
    case 1:
      return { is: 'type', type: chance.pick([1, 2]) }
    case 2:
      return strange(chance)
    case 3:
      return { is: 'any', values: [valueAtRandom(chance), valueAtRandom(chance)] }
    default:
      return { is: 'any', values: [valueAtRandom(chance)] }
  }
}

const strange = (chance: Chance) => chance.pick(Object.values(STRANGE_CONTENT))

/** Deletions of one's own, of others', of what is not there yet, in any order. */
function deletions(stance: Stance): readonly Deletion[] {
  const { chance } = stance
  const clients = new Set(Array.from({ length: 1 + chance.below(3) }, () => clientAtRandom(stance)))
  const all = [...clients].map((client) => {
    const clock = clockOf(stance, client)
    const beyond = chance.below(8) === 0 ? 4 : 0
    const ranges = Array.from(
      { length: 1 + chance.below(3) },
      (): Range => [chance.below(clock + beyond + 1), chance.pick([1, 1, 1, 2, 5, 40])],
    )
    if (chance.below(8) > 0) ranges.sort(([a], [b]) => a - b)
    return { client, ranges: chance.below(6) === 0 ? ranges : ranges.filter(([at, length]) => at + length <= clock) }
  })
  return all.filter(({ ranges }) => ranges.length > 0)
}

/** A text of one's own in which neighbours are paired as only undo across a container made anew pairs them. */
function oddPairs(stance: Stance): readonly Section[] {
  const { chance, own, stock } = stance
  const [client, second] = own
  const mine = stock.texts.filter(({ parent }) => own.includes(parent.client))
  const text = mine.length > 0 && chance.below(3) > 0 ? chance.pick(mine) : null
  const at: Unit = { client, clock: clockOf(stance, client) }
  const structs = text ? [] : [...newText(stance, at)]
  let clock = at.clock + structs.reduce((sum, { content }) => sum + lengthOf(content), 0)
  // In a new entry the text is what came last.
  const parent = text?.parent ?? { client, clock: clock - 1 }
  const units: Unit[] = [...(text?.units ?? [])]
  for (let nth = 0; nth < 2 + chance.below(4); nth++) {
    const words = chance.pick(['ab', 'c', 'de🙂'])
    const pick = () => (units.length > 0 && chance.below(5) > 0 ? chance.pick(units) : undefined)
    const [origin, right] = chance.below(2) === 0 ? [pick(), pick()] : [units.at(-1), undefined]
    structs.push({ origin, right, parent, content: { is: 'string', text: words } })
    for (let n = 0; n < words.length; n++) units.push({ client, clock: clock + n })
    clock += words.length
  }
  const sections: Section[] = [{ client, clock: at.clock, structs }]
  if (chance.below(3) === 0 && units.length > 0)
    sections.push({
      client: second,
      clock: clockOf(stance, second),
      structs: [{ origin: chance.pick(units), right: chance.pick(units), content: { is: 'string', text: 'z' } }],
    })
  return sections
}

/** A new entry with a text, which comes last. */
function newText({ document, person }: Stance, at: Unit): readonly Struct[] {
  const root = ({ board: 'notes', notebook: 'drafts', desk: 'scripts' } as const)[document]
  const fields = [...fieldsOf(root, person)].sort(([a], [b]) => Number(a === 'text') - Number(b === 'text'))
  return entryStructs(root, `odd-${at.client}-${at.clock}`, fields, at, '')
}

/** Any structs of any kind in any order. */
function grammar(stance: Stance): Parts {
  const { chance, stock } = stance
  const section = (): Section => {
    const client = clientAtRandom(stance)
    const clock = Math.max(0, clockOf(stance, client) + chance.pick([0, 0, 0, 0, -3, -1, 1, 2 ** 31]))
    const structs = Array.from({ length: chance.below(5) }, (): Struct => {
      const contents: readonly Content[] = [
        { is: 'gc', length: chance.pick([1, 2, 0, 2 ** 40]) },
        { is: 'skip', length: 1 },
        { is: 'deleted', length: chance.pick([1, 3, 0]) },
        { is: 'string', text: chance.pick(['a', '', 'ab', '🙂']) },
        { is: 'type', type: chance.below(3) },
        { is: 'any', values: [valueAtRandom(chance)] },
        strange(chance),
      ]
      const unit = () => (chance.below(2) === 0 ? unitAtRandom(stance) : undefined)
      return {
        origin: unit(),
        right: chance.below(2) === 0 ? unit() : undefined,
        parent:
          chance.below(4) === 0
            ? chance.pick(['other', '__proto__', 'about', 'notes/x', ''])
            : chance.pick(stock.types),
        key:
          chance.below(3) === 0
            ? undefined
            : chance.pick(['n1', 'fresh', 'text', 'phase', '0', '../x', 'x'.repeat(41)]),
        content: chance.pick(contents),
        ...(chance.below(12) === 0 ? { flags: chance.pick([32, 64, 128, 16]) } : {}),
      }
    })
    return {
      client,
      clock,
      structs,
      ...(chance.below(15) === 0 ? { claims: chance.pick([0, 9, 2 ** 25, 2 ** 40]) } : {}),
    }
  }
  const sections = Array.from({ length: chance.below(4) }, section)
  return { sections, deletions: maybe(stance, 2, deletions) }
}

/** An honest update with something else in one place, mostly under one of the attacker's own client ids. */
function tampered(stance: Stance): Parts {
  const { chance, own, stock } = stance
  const parts = takeApart(chance.pick(stance.honest))
  const [from] = parts.sections
  if (!from) return { sections: [], deletions: deletions(stance) }
  const moved = chance.below(4) > 0 ? renamed(parts, from.client, chance.pick(own), stance) : parts
  const change = (struct: Struct): Struct => {
    switch (chance.below(7)) {
      case 0:
        return { ...struct, origin: unitAtRandom(stance) }
      case 1:
        return { ...struct, right: unitAtRandom(stance) }
      case 2:
        return { ...struct, parent: chance.pick(stock.types), origin: undefined, right: undefined }
      case 3:
        return { ...struct, key: chance.pick(stock.keys).key }
      case 4:
        return { ...struct, content: valueContent(chance) }
      case 5:
        return { ...struct, content: { is: 'deleted', length: lengthOf(struct.content) } }
      default:
        return { ...struct, content: { is: 'any', values: [valueAtRandom(chance)] } }
    }
  }
  const at = chance.below(moved.sections[0]?.structs.length ?? 1)
  const what = chance.below(10)
  const sections = moved.sections.map((section, nth) => {
    if (nth > 0 || what > 7) return section
    const structs =
      what === 7
        ? section.structs.filter((_, each) => each !== at)
        : section.structs.map((each, place) => (place === at ? change(each) : each))
    return { ...section, structs }
  })
  const [first] = sections
  if (what === 8 && first) sections.push(first)
  return { sections, deletions: what === 9 ? deletions(stance) : moved.deletions }
}

/** The same update as if it were written under another client id, from where that one's clock is. */
function renamed(parts: Parts, from: number, to: number, stance: Stance): Parts {
  const start = parts.sections.find(({ client }) => client === from)?.clock ?? 0
  const shift = clockOf(stance, to) - start
  const unit = (each: Unit): Unit =>
    each.client === from && each.clock >= start ? { client: to, clock: each.clock + shift } : each
  return {
    sections: parts.sections.map((section) =>
      section.client !== from
        ? section
        : {
            client: to,
            clock: section.clock + shift,
            structs: section.structs.map((struct) => ({
              ...struct,
              origin: struct.origin && unit(struct.origin),
              right: struct.right && unit(struct.right),
              parent: typeof struct.parent === 'object' ? unit(struct.parent) : struct.parent,
            })),
          },
    ),
    deletions: parts.deletions.map((each) => (each.client === from ? { ...each, client: to } : each)),
  }
}

/** Parts of two honest updates put together, or their bytes. */
function spliced({ chance, honest }: Stance): Uint8Array {
  const [a, b] = [chance.pick(honest), chance.pick(honest)]
  if (chance.below(2) === 0) {
    const at = chance.below(a.length + 1)
    return joined(a.subarray(0, at), b.subarray(chance.below(b.length + 1)))
  }
  const [one, other] = [takeApart(a), takeApart(b)]
  return spellUpdate({ sections: [...one.sections, ...other.sections], deletions: other.deletions })
}

/** An update with a few bytes that are others, missing, or doubled. */
function mutated(chance: Chance, update: Uint8Array): Uint8Array {
  let bytes: Uint8Array = update.slice()
  for (let nth = 0; nth <= chance.below(3); nth++) {
    const at = chance.below(bytes.length)
    const what = chance.below(5)
    if (what === 0) bytes = joined(bytes.subarray(0, at), bytes.subarray(at + 1))
    else if (what === 1) bytes = joined(bytes.subarray(0, at + 1), bytes.subarray(at))
    else if (what === 2) bytes = bytes.slice(0, at)
    else bytes[at] = what === 3 ? chance.below(256) : (bytes[at] ?? 0) ^ (1 << chance.below(8))
  }
  return bytes
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length)
  bytes.set(a)
  bytes.set(b, a.length)
  return bytes
}
