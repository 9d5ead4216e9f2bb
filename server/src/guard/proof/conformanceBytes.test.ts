import { LIMITS } from '@quintet/shared/limits'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { DECIDING } from './beginnings.fixture.ts'
import { type Content, type Deletion, STRANGE_CONTENT, type Struct, spellUpdate, type Unit } from './bytes.fixture.ts'
import { entryStructs, fieldsOf } from './entries.fixture.ts'
import { SERVER, TOMASZ } from './scene.fixture.ts'
import { noteBy, Table } from './table.fixture.ts'

/**
 * The conformance suite of the guard, second half: what only bytes spelled by hand can say. Numbers are those of the guard's
 * list of cases; after every one of them the invariants [112] hold, see {@link Table}.
 */

const any = (value: unknown): Content => ({ is: 'any', values: [value] })
const str = (text: string): Content => ({ is: 'string', text })
const strange = (name: string): Content => {
  const content = STRANGE_CONTENT[name]
  if (!content) throw new Error(`No content is called ${name}`)
  return content
}
const own = (table: Table, structs: (at: Unit) => readonly Struct[]) => table.spell(TOMASZ, structs)
const deciding = () => new Table('board', DECIDING)
const deleting = (...deletions: readonly Deletion[]) => spellUpdate({ sections: [], deletions })
/** A unit that must be there. */
const nth = (units: readonly Unit[], at: number): Unit => {
  const unit = units.at(at)
  if (!unit) throw new Error(`There is no unit ${at}`)
  return unit
}

describe('content of another kind than its place is for', () => {
  it('[41] a list item under a map', () => {
    const table = deciding()
    const update = own(table, () => [{ parent: 'notes', content: any(1) }])
    table.refuse(TOMASZ, update, 'wrong-kind')
  })

  it('[41] a list item under an entry', () => {
    const table = deciding()
    const parent = table.unitOf('notes/n1')
    const update = own(table, () => [{ parent, content: str('hidden') }])
    table.refuse(TOMASZ, update, 'wrong-kind')
  })

  it('[42] a key on one’s own text', () => {
    const table = deciding()
    const parent = table.unitOf('notes/n1/text')
    const update = own(table, () => [{ parent, key: 'x', content: any(1) }])
    table.refuse(TOMASZ, update, 'wrong-kind')
  })

  it('[43] a map where a value is', () => {
    const table = deciding()
    const origin = table.keyUnit('notes/n1/place')
    table.refuse(
      TOMASZ,
      own(table, () => [{ origin, content: { is: 'type', type: 1 } }]),
      'wrong-kind',
    )
  })

  it.each([
    [44, 'array'],
    [45, 'element'],
    [45, 'fragment'],
    [45, 'hook'],
    [45, 'xmlText'],
    [46, 'subdocument'],
    [49, 'binary'],
    [49, 'json'],
  ] as const)('[%i] %s content where a text is', (_, name) => {
    const table = deciding()
    const update = own(table, (at) =>
      entryStructs(
        'notes',
        'new',
        fieldsOf('notes', TOMASZ.person).map(([key, content]) => [key, key === 'text' ? strange(name) : content]),
        at,
        '',
      ),
    )
    table.refuse(TOMASZ, update, 'wrong-kind')
  })

  it.each([
    [46, 'subdocument'],
    [47, 'embed'],
    [48, 'format'],
    [49, 'binary'],
  ] as const)('[%i] %s content in a text', (_, name) => {
    const table = deciding()
    const origin = nth(table.units('notes/n1/text'), -1)
    table.refuse(
      TOMASZ,
      own(table, () => [{ origin, content: strange(name) }]),
      'wrong-kind',
    )
  })
})

describe('places that are none', () => {
  it('[50] a parent that is no type', () => {
    const table = deciding()
    const parent = table.keyUnit('notes/n1/phase')
    table.refuse(
      TOMASZ,
      own(table, () => [{ parent, key: 'x', content: any(1) }]),
      'bad-parent',
    )
  })

  it('[50] a parent that is no type and comes in the same update', () => {
    const table = deciding()
    const origin = table.keyUnit('notes/n1/place')
    const update = own(table, (at) => [
      { origin, content: any([null, 'a9']) },
      { parent: at, key: 'x', content: any(1) },
    ])
    table.refuse(TOMASZ, update, 'bad-parent')
  })

  it('[51] under a ballot that another tab replaced, nothing is kept but the length', () => {
    const table = new Table('notebook')
    const dead = deadBallot(table)
    table.allow(
      TOMASZ,
      own(table, () => [{ parent: dead, key: '1', content: any('n1') }]),
    )
    expect(JSON.stringify(table.doc.getMap('ballots'))).not.toContain('"1"')
  })

  it('[52] words between one’s own text and the middle of an emoji in another’s', () => {
    const table = deciding()
    const origin = nth(table.units('notes/n1/text'), -1)
    const right = nth(table.units('notes/n2/text'), 14)
    const update = own(table, () => [{ origin, right, content: str('x') }])
    table.refuse(TOMASZ, update, 'bad-origin')
    expect(JSON.stringify(table.doc.getMap('notes'))).not.toContain('\ufffd')
  })

  it('[53] words between one’s own text and what the server says of the document', () => {
    const table = deciding()
    const origin = nth(table.units('notes/n1/text'), -1)
    const right = table.doc.getMap('about')._map.get('schema')?.id
    table.refuse(
      TOMASZ,
      own(table, () => [{ origin, right, content: str('x') }]),
      'unknown-root',
    )
    table.refuse(
      TOMASZ,
      own(table, () => [{ origin, right: table.keyUnit('notes/n1/phase'), content: str('x') }]),
      'bad-origin',
    )
  })

  it('[54] a neighbour that stands and one whose place is gone', () => {
    const table = new Table('notebook')
    const { client, clock } = deadBallot(table)
    const origin = nth(table.units('drafts/d1/text'), -1)
    const right = { client, clock: clock + 1 }
    table.refuse(
      TOMASZ,
      own(table, () => [{ origin, right, content: str('x') }]),
      'bad-origin',
    )
  })

  it('[62] words behind what they say that they stand before', () => {
    const table = deciding()
    const units = table.units('notes/n1/text')
    const update = own(table, () => [{ origin: nth(units, 3), right: nth(units, 1), content: str('x') }])
    table.refuse(TOMASZ, update, 'bad-origin')
  })

  it('[63] words between neighbours that their author must know to be apart', () => {
    const table = deciding()
    const units = table.units('notes/n1/text')
    const update = own(table, () => [{ origin: nth(units, 1), right: nth(units, 4), content: str('x') }])
    table.refuse(TOMASZ, update, 'bad-origin')
  })

  it('[64] a value with a right neighbour', () => {
    const table = deciding()
    const right = table.keyUnit('notes/n1/place')
    const update = own(table, () => [{ right, content: any([null, 'a9']) }])
    table.refuse(TOMASZ, update, 'bad-origin')
  })
})

describe('histories that cannot be', () => {
  it('[55] a reference to what comes later in the same update', () => {
    const table = deciding()
    const parent = table.unitOf('notes/n1/text')
    const update = own(table, ({ client, clock }) => [
      { origin: { client, clock: clock + 1 }, content: str('a') },
      { parent, content: str('b') },
    ])
    table.refuse(TOMASZ, update, 'malformed')
  })

  it('[56] a neighbour that the server never got', () => {
    const table = deciding()
    const update = own(table, () => [{ origin: { client: 424_242, clock: 0 }, content: str('x') }])
    table.refuse(TOMASZ, update, 'missing')
  })

  it('[57] a clock with a gap before it', () => {
    const table = deciding()
    const client = table.scene.clientOf(TOMASZ)
    const structs: readonly Struct[] = [{ origin: nth(table.units('notes/n1/text'), -1), content: str('x') }]
    table.refuse(TOMASZ, spellUpdate({ sections: [{ client, clock: 5, structs }], deletions: [] }), 'gap')
  })

  it.each([
    [58, 'a gap that says it is one', 0],
    [59, 'such a gap with further bits', 32],
  ] as const)('[%i] %s', (_, __, flags) => {
    const table = deciding()
    const update = own(table, () => [{ content: { is: 'skip', length: 2 }, flags }])
    table.refuse(TOMASZ, update, 'gap')
  })

  it('[60] known clocks told again with another place, and a new end', () => {
    const table = deciding()
    const text = table.units('notes/n1/text')
    const { client, clock } = nth(text, 0)
    const known = Y.getState(table.doc.store, client) - clock
    const values = Array.from({ length: known + 1 }, () => 'closed')
    const structs: readonly Struct[] = [{ parent: 'about', key: 'schema', content: { is: 'any', values } }]
    table.refuse(TOMASZ, spellUpdate({ sections: [{ client, clock, structs }], deletions: [] }), 'wrong-kind')
  })

  it('[60] known clocks told again, whose new end would be half an emoji', () => {
    const table = deciding()
    const client = table.scene.clientOf(TOMASZ)
    const origin = nth(table.units('notes/n1/text'), -1)
    table.allow(
      TOMASZ,
      table.spell(TOMASZ, () => [{ origin, content: str('ab') }], { client }),
    )
    const structs: readonly Struct[] = [{ origin, content: str('a🙂') }]
    table.refuse(TOMASZ, spellUpdate({ sections: [{ client, clock: 0, structs }], deletions: [] }), 'malformed')
  })

  it('[61] two sections of one client', () => {
    const table = deciding()
    const client = table.scene.clientOf(TOMASZ)
    const origin = nth(table.units('notes/n1/text'), -1)
    const sections = [
      { client, clock: 0, structs: [{ origin, content: str('x') }] },
      { client, clock: 0, structs: [{ parent: 'about', key: 'schema', content: any(9) }] },
    ]
    table.refuse(TOMASZ, spellUpdate({ sections, deletions: [] }), 'malformed')
  })
})

describe('what is in somebody else’s name', () => {
  it.each([
    [65, 'another member’s', 102],
    [66, 'the server’s', SERVER],
  ] as const)('[%i] words under %s client id', (_, __, client) => {
    const table = deciding()
    const origin = nth(table.units('notes/n1/text'), -1)
    const update = table.spell(TOMASZ, () => [{ origin, content: str('x') }], { client })
    table.refuse(TOMASZ, update, 'foreign-client')
  })

  it('[67] a stretch of another’s clock that holds nothing', () => {
    const table = deciding()
    const update = table.spell(TOMASZ, () => [{ content: { is: 'gc', length: 9 } }], { client: 102 })
    table.refuse(TOMASZ, update, 'foreign-client')
  })

  it('[68] the deletion of what another will write', () => {
    const table = deciding()
    const clock = Y.getState(table.doc.store, 102)
    table.refuse(TOMASZ, deleting({ client: 102, ranges: [[clock, 50]] }), 'pre-delete')
  })

  it('[69] the deletion of what somebody unknown will write', () => {
    const table = deciding()
    table.refuse(TOMASZ, deleting({ client: 606_060, ranges: [[0, 5]] }), 'pre-delete')
  })

  it('[70] a deletion that reaches over several things of another’s', () => {
    const table = deciding()
    const { client, clock } = table.unitOf('notes/n2')
    table.refuse(TOMASZ, deleting({ client, ranges: [[clock, 12]] }), 'forbidden')
  })
})

describe('values and bytes that nothing of ours writes', () => {
  const deep = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1)
    for (let nth = 0; nth < 10_000; nth++) {
      encoding.writeUint8(encoder, 117)
      encoding.writeVarUint(encoder, 1)
    }
    encoding.writeUint8(encoder, 126)
  })

  it.each([
    [71, 'no number', any(Number.NaN)],
    [71, 'an endless number', any(Number.POSITIVE_INFINITY)],
    [72, 'a big integer', any(10n)],
    [73, 'nothing at all', any(undefined)],
    [73, 'bytes', any(new Uint8Array([1]))],
    [74, 'an object with a key that every object has', any(JSON.parse('{"__proto__": {"person": "ines"}}'))],
    [75, 'lists in lists, ten thousand deep', { is: 'raw', ref: 8, bytes: deep, length: 1 }],
  ] as const satisfies readonly (readonly [number, string, Content])[])('[%i] %s as a value', (_, __, content) => {
    const table = deciding()
    const origin = table.keyUnit('notes/n1/place')
    table.refuse(
      TOMASZ,
      own(table, () => [{ origin, content }]),
      'malformed',
    )
  })

  it('[76] a text past its limit, at once and bit by bit', () => {
    const table = deciding()
    const origin = nth(table.units('notes/n1/text'), -1)
    const words = (length: number) => own(table, () => [{ origin, content: str('x'.repeat(length)) }])
    table.refuse(TOMASZ, words(2_200), 'too-big')
    table.allow(TOMASZ, words(2_100))
    table.refuse(TOMASZ, words(2_100), 'too-big')
  })

  it('[76] more entries than a root holds, removed ones included', () => {
    const table = new Table('notebook')
    const ballots = (from: number, to: number) =>
      table.edit(TOMASZ, (doc) => {
        doc.transact(() => {
          for (let round = from; round < to; round++) doc.getMap('ballots').set(`round-${round}`, new Y.Map())
        })
      })
    // One stands there already.
    table.refuse(TOMASZ, ballots(0, LIMITS.ballotsPerPerson), 'too-big')
    table.allow(TOMASZ, ballots(0, LIMITS.ballotsPerPerson - 1))
    table.refuse(TOMASZ, ballots(LIMITS.ballotsPerPerson, LIMITS.ballotsPerPerson + 1), 'too-big')
  })

  it('[76] an update larger than is taken at once, though as a resynchronisation it may be', () => {
    const table = deciding()
    const full = Y.encodeStateAsUpdate(table.doc)
    const large = (length: number) => new Uint8Array([...full, ...new Uint8Array(length - full.length)])
    table.refuse(TOMASZ, large(LIMITS.updateBytes + 1), 'too-big')
    table.refuse(TOMASZ, large(LIMITS.updateBytes + 1), 'malformed', { kind: 'resync' })
    table.refuse(TOMASZ, large(LIMITS.resyncBytes + 1), 'too-big', { kind: 'resync' })
  })

  it('[77] two values in one struct, one of which is none', () => {
    const table = deciding()
    const origin = table.keyUnit('notes/n1/removed')
    const update = own(table, () => [{ origin, content: { is: 'any', values: ['yes', true] } }])
    table.refuse(TOMASZ, update, 'invalid')
  })

  it('[78] words without a letter', () => {
    const table = deciding()
    const origin = nth(table.units('notes/n1/text'), -1)
    table.refuse(
      TOMASZ,
      own(table, () => [{ origin, content: str('') }]),
      'malformed',
    )
  })

  it('[79] lengths that no clock reaches', () => {
    const table = deciding()
    const most = Number.MAX_SAFE_INTEGER
    const update = own(table, () => [{ content: { is: 'gc', length: most } }, { content: { is: 'gc', length: most } }])
    table.refuse(TOMASZ, update, 'malformed')
  })

  it.each([
    [80, 2 ** 25],
    [81, 2 ** 40],
  ] as const)('[%i] a few bytes that claim %i structs', (_, claims) => {
    const table = deciding()
    const client = table.scene.clientOf(TOMASZ)
    const sections = [{ client, clock: 0, structs: [], claims }]
    const before = process.memoryUsage().heapTotal
    table.refuse(TOMASZ, spellUpdate({ sections, deletions: [] }), 'too-big')
    // An array of so many would take 256 MB.
    expect(process.memoryUsage().heapTotal - before).toBeLessThan(2 ** 27)
  })

  it.each([
    [82, 'a string that is longer than the message', [4 | 128, 1, 0, 100, 97]],
    [83, 'letters that are none', [4 | 128, 1, 0, 2, 0xc3, 0x28]],
  ] as const)('[%i] %s', (_, __, struct) => {
    const table = deciding()
    const client = table.scene.clientOf(TOMASZ)
    const update = encoding.encode((encoder) => {
      for (const number of [1, 1, client, 0]) encoding.writeVarUint(encoder, number)
      for (const byte of struct) encoding.writeUint8(encoder, byte)
      encoding.writeVarUint(encoder, 0)
    })
    table.refuse(TOMASZ, update, 'malformed')
  })

  it('[84] bytes behind the end', () => {
    const table = deciding()
    const update = table.edit(TOMASZ, noteBy('new', TOMASZ.person, 'x'))
    table.refuse(TOMASZ, new Uint8Array([...update, 0]), 'malformed')
  })

  it('[85] a deletion longer than any clock', () => {
    const table = deciding()
    table.refuse(TOMASZ, deleting({ client: 101, ranges: [[0, Number.MAX_SAFE_INTEGER - 1]] }), 'malformed')
  })

  it.each([
    ['not in order', [5, 1], [0, 1]],
    ['over each other', [0, 5], [3, 5]],
  ] as const)('[86] deletions that are %s', (_, first, second) => {
    const table = deciding()
    table.refuse(TOMASZ, deleting({ client: 101, ranges: [first, second] }), 'malformed')
  })

  it('[87] an update of the second format', () => {
    const table = deciding()
    const update = Y.convertUpdateFormatV1ToV2(table.edit(TOMASZ, noteBy('new', TOMASZ.person, 'x')))
    const { judged, findings } = table.scene.send(TOMASZ, update)
    expect(judged).toMatchObject({ is: 'refused' })
    expect(findings).toEqual([])
    expect(['malformed', 'too-big']).toContain(judged.is === 'refused' ? judged.code : '')
  })

  it.each([[[255]], [[255, 255, 255, 255, 255, 255, 255, 255]], [[1]], [[]], [[7, 9, 200, 3, 1, 0, 44]]])(
    '[88] the bytes %j',
    (bytes) => {
      const table = deciding()
      const { judged } = table.scene.send(TOMASZ, Uint8Array.from(bytes))
      expect(['malformed', 'too-big']).toContain(judged.is === 'refused' ? judged.code : judged.is)
    },
  )
})

/** The unit of the ballot that the other tab's replaced. */
function deadBallot(table: Table): Unit {
  const stands = table.unitOf('ballots/r1')
  const dead = table.doc.getMap('ballots')._map.get('r1')?.left?.id
  if (!dead || dead.client === stands.client) throw new Error('No ballot was replaced')
  return dead
}
