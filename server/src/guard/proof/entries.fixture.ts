import type { Chance } from '../../testing/seeded.ts'
import { type Content, lengthOf, type Section, STRANGE_CONTENT, type Struct, type Unit } from './bytes.fixture.ts'
import type { Stance } from './inventory.fixture.ts'

/** Entries spelled by hand: as our client makes them, but for what is wrong with them. */

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  // A time that is days ahead of every scene.
  1_800_200_000_000,
  -1,
  1.5,
  1e300,
  'gaps',
  'actions',
  'owners',
  'open',
  'done',
  'x',
  '',
  'n1',
  'g1',
  'tomasz',
  'ines',
  '2026-12-01',
  '2026-02-30',
  [null, 'a0'],
  ['g1', 'a1'],
  [null, 'x'.repeat(101)],
  [null, 'a0', 1],
  ['../x', 'a0'],
  { person: 'tomasz' },
  { name: 'Ada' },
  { name: ' ' },
  { person: 'tomasz', name: 'Ada' },
  JSON.parse('{"__proto__": {"person": "tomasz"}}'),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  undefined,
  10n,
  new Uint8Array([1]),
  'x'.repeat(3_000),
]

export function valueAtRandom(chance: Chance): unknown {
  // One of them is nothing at all.
  return VALUES[chance.below(VALUES.length)]
}

/** Values that may stand under the keys of entries; under the others, ids and nothing. */
export const FITTING: Readonly<Record<string, readonly unknown[]>> = {
  phase: ['gaps', 'actions'],
  at: [1, 2],
  place: [
    [null, 'a0'],
    ['g1', 'a1'],
  ],
  order: ['a0', 'a1'],
  removed: [true, false],
  ready: [true, false],
  owner: [null, { person: 'tomasz' }, { name: 'Ada' }],
  due: [null, '2026-12-01'],
  status: ['open', 'doing', 'done', 'dropped'],
}

const any = (value: unknown): Content => ({ is: 'any', values: [value] })
const MAP: Content = { is: 'type', type: 1 }
const TEXT: Content = { is: 'type', type: 2 }

type Fields = readonly (readonly [key: string, content: Content])[]

const FIELDS: Readonly<Record<string, (person: string, phase: string) => Fields>> = {
  notes: (person, phase) => [
    ['phase', any(phase)],
    ['author', any(person)],
    ['at', any(1)],
    ['text', TEXT],
    ['place', any([null, 'a0'])],
    ['under', any(null)],
    ['removed', any(false)],
  ],
  groups: (_, phase) => [
    ['phase', any(phase)],
    ['name', TEXT],
    ['order', any('a0')],
    ['into', any(null)],
    ['removed', any(false)],
  ],
  plan: () => [
    ['owner', any(null)],
    ['due', any(null)],
    ['status', any('open')],
    ['firstStep', TEXT],
    ['measure', TEXT],
  ],
  drafts: (person, phase) => [
    ['phase', any(phase)],
    ['author', any(person)],
    ['at', any(1)],
    ['text', TEXT],
    ['place', any([null, 'a0'])],
    ['under', any(null)],
    ['removed', any(false)],
    ['ready', any(true)],
  ],
  ballots: () => [
    ['0', any('n1')],
    ['19', any(null)],
  ],
  scripts: () => [['text', TEXT]],
}

const ROOTS = {
  board: ['notes', 'notes', 'groups', 'plan'],
  notebook: ['drafts', 'ballots'],
  desk: ['scripts'],
} as const

/** The fields of an entry as our client writes them. */
export function fieldsOf(root: string, person: string, phase = 'actions'): Fields {
  return FIELDS[root]?.(person, phase) ?? []
}

/**
 * Spells an entry: the map, then each field in it, then words in its texts.
 * @param at where the client's clock is.
 */
export function entryStructs(root: string, id: string, fields: Fields, at: Unit, words = 'hello'): readonly Struct[] {
  const structs: Struct[] = [{ parent: root, key: id, content: MAP }]
  const texts: Unit[] = []
  let clock = at.clock + 1
  for (const [key, content] of fields) {
    if (content === TEXT) texts.push({ client: at.client, clock })
    structs.push({ parent: at, key, content })
    clock += lengthOf(content)
  }
  if (words !== '') for (const text of texts) structs.push({ parent: text, content: { is: 'string', text: words } })
  return structs
}

/** An entry with up to two things wrong with it, now and then with a plan of the same id. */
export function entryAtRandom({ chance, document, own, person, stock }: Stance): readonly Section[] {
  const root = chance.pick(ROOTS[document])
  const client = chance.pick(own)
  const clock = stock.clocks.get(client) ?? 0
  const known = stock.keys.filter(({ parent }) => parent === root).map(({ key }) => key)
  const id = chance.pick([
    ...known,
    `e${client}-${clock}`,
    `e${client}-${clock}`,
    `e${client}-${clock}`,
    `e${client}-${clock}`,
    `e${client}-${clock}`,
    'n1',
    'n4',
    'g2',
    'round-1',
    '0',
    '__proto__',
    '../x',
  ])
  const by = chance.below(5) === 0 ? 'ines' : person
  let fields = fieldsOf(root, by, chance.pick(['actions', 'actions', 'gaps', 'principles', 'owners']))
  for (let nth = 0; nth < chance.below(3); nth++) fields = flawed(chance, fields)
  const structs = entryStructs(
    root,
    id,
    fields,
    { client, clock },
    chance.pick(['', 'hello 🙂', 'hello', 'x'.repeat(600)]),
  )
  if (root === 'plan' || chance.below(4) > 0) return [{ client, clock, structs }]
  const after = clock + structs.reduce((sum, { content }) => sum + lengthOf(content), 0)
  const plan = entryStructs('plan', id, fieldsOf('plan', by), { client, clock: after }, '')
  return [{ client, clock, structs: [...structs, ...plan] }]
}

function flawed(chance: Chance, fields: Fields): Fields {
  const at = chance.below(fields.length + 1)
  const instead = (content: Content): Fields =>
    fields.map(([key, was], nth): readonly [string, Content] => [key, nth === at ? content : was])
  switch (chance.below(7)) {
    case 0:
      return fields.filter((_, nth) => nth !== at)
    case 1:
      return [...fields, [chance.pick(['x', 'became', '20', 'kept', '__proto__']), any(true)]]
    case 2:
      return fields[at] ? [...fields, fields[at]] : fields
    case 3:
      return instead(chance.pick([MAP, TEXT, { is: 'type', type: 0 }]))
    case 4:
      return instead(chance.pick(Object.values(STRANGE_CONTENT)))
    case 5:
      return instead({ is: 'deleted', length: 1 })
    default:
      return instead(any(valueAtRandom(chance)))
  }
}
