import { describe, expect, it } from 'vitest'
import { LIMITS } from './limits.ts'
import { BOARD_RULES, DESK_RULES, mostEntries, NOTEBOOK_RULES, ruleFor, rulesOf } from './paths.ts'

describe('the paths of the board', () => {
  it.each([
    ['R1', 'notes/n1', 'add', null],
    ['R2', 'notes/n1/phase', 'with', null],
    ['R2', 'notes/n1/author', 'with', null],
    ['R2', 'notes/n1/at', 'with', null],
    ['R3', 'notes/n1/text', 'with', 'write'],
    ['R4', 'notes/n1/place', 'with', 'place'],
    ['R5', 'notes/n1/under', 'with', 'hang'],
    ['R6', 'notes/n1/removed', 'with', 'remove'],
    ['R7', 'plan/n1', 'with', null],
    ['R8', 'plan/n1/owner', 'with', 'plan'],
    ['R8', 'plan/n1/due', 'with', 'plan'],
    ['R8', 'plan/n1/status', 'with', 'plan'],
    ['R9', 'plan/n1/firstStep', 'with', 'plan'],
    ['R9', 'plan/n1/measure', 'with', 'plan'],
    ['R10', 'groups/g1', 'place', null],
    ['R11', 'groups/g1/phase', 'with', null],
    ['R12', 'groups/g1/name', 'with', 'place'],
    ['R13', 'groups/g1/order', 'with', 'place'],
    ['R13', 'groups/g1/into', 'with', 'place'],
    ['R13', 'groups/g1/removed', 'with', 'place'],
  ] as const)('[%s] %s comes by %s and changes by %s', (id, path, create, change) => {
    expect(ruleFor('board', path.split('/'))).toMatchObject({ id, create, change })
  })

  it.each([
    '',
    'notes',
    'notes/n1/text/more',
    'notes/n1/colour',
    'notes/__proto__',
    'notes/__proto__/text',
    'notes/a b/text',
    `notes/${'x'.repeat(41)}`,
    'plan/n1/text',
    'groups/g1/text',
    'groups/__proto__',
    'groups/g1/name/more',
    'drafts/d1',
    'ballots/r1',
    'kudos/k1',
    'about/schema',
    'constructor/n1',
    ':id/n1',
  ])('[R1…R13] nothing may stand at %j', (path) => {
    expect(ruleFor('board', path.split('/'))).toBeUndefined()
  })

  it('[R1…R13][N1…N9][D1][D2] every value has a shape, every text a limit, and nothing has both', () => {
    for (const rule of [...BOARD_RULES, ...NOTEBOOK_RULES, ...DESK_RULES]) {
      expect([rule.id, rule.value !== undefined]).toEqual([rule.id, rule.is === 'value'])
      expect([rule.id, rule.most !== undefined]).toEqual([rule.id, rule.is === 'text'])
    }
  })

  it('[R3][R9][R12][N3] texts stop at their limits', () => {
    expect(ruleFor('board', ['notes', 'n1', 'text'])?.most).toBe(LIMITS.noteMerged)
    expect(ruleFor('board', ['plan', 'n1', 'firstStep'])?.most).toBe(LIMITS.planFieldMerged)
    expect(ruleFor('board', ['plan', 'n1', 'measure'])?.most).toBe(LIMITS.planFieldMerged)
    expect(ruleFor('board', ['groups', 'g1', 'name'])?.most).toBe(LIMITS.groupNameMerged)
    expect(ruleFor('notebook', ['drafts', 'd1', 'text'])?.most).toBe(LIMITS.noteMerged)
  })

  it.each([
    ['R2', 'notes/n1/phase', ['principles', 'owners'], ['', 'gap', 'toString', null, 1]],
    ['R2', 'notes/n1/author', [null, 'maren'], ['', 'a b', '__proto__', undefined, 1, { person: 'maren' }]],
    ['R2', 'notes/n1/at', [0, 1_800_000_000_000], [0.5, Number.NaN, Number.POSITIVE_INFINITY, '0', null]],
    [
      'R4',
      'notes/n1/place',
      [
        [null, ''],
        ['g1', 'a0'],
        [null, 'x'.repeat(LIMITS.orderKey)],
      ],
      [null, 'a0', [], ['a0'], [undefined, 'a0'], ['a b', 'a0'], [null, 1], [null, 'x'.repeat(101)], [null, 'a', 'b']],
    ],
    ['R5', 'notes/n1/under', [null, 'n2'], ['', undefined, 'a b', ['n2'], 0]],
    ['R6', 'notes/n1/removed', [true, false], [null, undefined, 0, 'true']],
    [
      'R8',
      'plan/n1/owner',
      [null, { person: 'maren' }, { name: 'Hannah' }, { name: 'x'.repeat(LIMITS.name) }],
      [
        undefined,
        'maren',
        [],
        {},
        { person: '' },
        { person: null },
        { name: '' },
        { name: ' \n' },
        { name: 'x'.repeat(LIMITS.name + 1) },
        { name: 1 },
        { person: 'maren', name: 'Maren' },
        { name: 'Maren', role: 'facilitator' },
      ],
    ],
    [
      'R8',
      'plan/n1/due',
      [null, '2026-12-03', '2028-02-29'],
      ['', '2026-11-31', '2026-2-3', '2026-12-03T00:00:00Z', 1, undefined],
    ],
    ['R8', 'plan/n1/status', ['open', 'doing', 'done', 'dropped'], ['', 'Done', null, undefined, true]],
    ['R11', 'groups/g1/phase', ['principles', 'actions'], ['', 'gap', 'toString', null, 1]],
    ['R13', 'groups/g1/order', ['', 'a0', 'x'.repeat(LIMITS.orderKey)], ['x'.repeat(101), null, undefined, 1, ['a0']]],
    ['R13', 'groups/g1/into', [null, 'g2'], ['', undefined, 'a b', '__proto__', ['g2'], 0]],
    ['R13', 'groups/g1/removed', [true, false], [null, undefined, 0, 'true']],
  ] as const)('[%s] %s takes %j and refuses %j', (_, path, good, bad) => {
    const rule = ruleFor('board', path.split('/'))
    for (const value of good) expect([value, rule?.value?.(value)]).toEqual([value, true])
    for (const value of bad) expect([value, rule?.value?.(value)]).toEqual([value, false])
  })
})

describe('the paths of a notebook', () => {
  it.each([
    ['N1', 'drafts/d1', 'own', 'own'],
    ['N2', 'drafts/d1/phase', 'with', null],
    ['N2', 'drafts/d1/author', 'with', null],
    ['N2', 'drafts/d1/at', 'with', null],
    ['N3', 'drafts/d1/text', 'with', 'own'],
    ['N4', 'drafts/d1/place', 'with', null],
    ['N5', 'drafts/d1/under', 'with', 'own'],
    ['N6', 'drafts/d1/removed', 'with', 'own'],
    ['N6', 'drafts/d1/ready', 'with', 'own'],
    ['N8', 'ballots/r1', 'own', 'own'],
    ['N9', 'ballots/r1/0', 'own', 'own'],
    ['N9', 'ballots/r1/19', 'own', 'own'],
  ] as const)('[%s] %s comes by %s and changes by %s', (id, path, create, change) => {
    expect(ruleFor('notebook', path.split('/'))).toMatchObject({ id, create, change })
  })

  it('[N7] what became of a draft is the server’s word alone', () => {
    expect(ruleFor('notebook', ['drafts', 'd1', 'became'])).toMatchObject({ id: 'N7', create: null, change: null })
  })

  it.each([
    'drafts',
    'drafts/__proto__',
    'drafts/d1/kept',
    'drafts/d1/text/more',
    'ballots/r1/20',
    'ballots/r1/-1',
    'ballots/r1/00',
    'ballots/r1/1.5',
    'ballots/r1/1e1',
    'ballots/r1/',
    'ballots/r1/budget',
    'ballots/r1/0/0',
    'ballots/a b/0',
    'ballots/constructor/0',
    'notes/n1',
    'about/schema',
    'asked/q1',
  ])('[N1…N9] nothing may stand at %j', (path) => {
    expect(ruleFor('notebook', path.split('/'))).toBeUndefined()
  })

  it.each([
    ['N6', 'drafts/d1/ready', [true, false], [null, undefined, 1]],
    ['N9', 'ballots/r1/3', [null, 'n1'], ['', undefined, 1, true, 'a b', '__proto__', ['n1']]],
  ] as const)('[%s] %s takes %j and refuses %j', (_, path, good, bad) => {
    const rule = ruleFor('notebook', path.split('/'))
    for (const value of good) expect([value, rule?.value?.(value)]).toEqual([value, true])
    for (const value of bad) expect([value, rule?.value?.(value)]).toEqual([value, false])
  })

  it('[P13] no step is ever asked: what one writes in it is one’s own', () => {
    for (const rule of NOTEBOOK_RULES)
      for (const act of [rule.create, rule.change]) expect(['own', 'with', null]).toContain(act)
  })
})

it.each([
  ['stage', ['notes/n1', 'stage/at', 'people/maren', 'about/schema']],
  ['desk', ['notes/n1', 'done/maren', 'bin/n1', 'requests/q1', 'scripts', 'scripts/s1/title', 'about/schema']],
] as const)('nobody but the server writes in the %s, facilitators’ scripts apart', (document, paths) => {
  for (const path of paths) expect([path, ruleFor(document, path.split('/'))]).toEqual([path, undefined])
})

it('[D1][D2] facilitators write notes to the steps on their desk', () => {
  expect(ruleFor('desk', ['scripts', 's1'])).toMatchObject({ id: 'D1', is: 'map', create: 'own', change: 'own' })
  const text = ruleFor('desk', ['scripts', 's1', 'text'])
  expect(text).toMatchObject({ id: 'D2', is: 'text', most: LIMITS.noteMerged, create: 'with', change: 'own' })
})

it.each([
  ['board', ['notes', 'plan', 'groups']],
  ['notebook', ['drafts', 'ballots']],
  ['desk', ['scripts']],
  ['stage', []],
] as const)('every root that people write in on the %s holds so many entries and no more', (document, roots) => {
  expect([...new Set(rulesOf(document).map(({ path }) => path[0]))]).toEqual(roots)
  for (const root of roots) expect([root, mostEntries(root) > 0]).toEqual([root, true])
  expect(mostEntries('kudos')).toBe(0)
})
