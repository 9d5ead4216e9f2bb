import { type Rule, ruleFor, rulesOf } from '@quintet/shared/paths'
import type { DocumentName } from '@quintet/shared/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Step, treeOf } from './tree.ts'

const KEYS = ['notes', 'plan', 'groups', 'drafts', 'ballots', 'scripts', 'about', 'text', 'phase', 'removed', 'became']
const key = fc.oneof(
  fc.constantFrom(...KEYS, 'n1', '0', '19', '20', '__proto__', 'constructor', 'a b', ''),
  fc.string(),
)

function lookUp(root: Step, path: readonly string[]): Rule | undefined {
  let step: Step | undefined = root
  for (const each of path) step = step?.next(each)
  return step?.rule
}

describe('the tree of rules', () => {
  it.each(['board', 'notebook', 'desk', 'stage'] as const)(
    'finds on the %s what the table finds',
    (document: DocumentName) => {
      const tree = treeOf(rulesOf(document))
      const paths = fc.oneof(
        fc.array(key, { maxLength: 4 }),
        fc
          .constantFrom(...rulesOf(document).map(({ path }) => path), ['x'])
          .map((path) => path.map((each) => (each === ':id' ? 'n1' : each === ':slot' ? '3' : each))),
      )
      fc.assert(fc.property(paths, (path) => void expect(lookUp(tree, path)).toBe(ruleFor(document, path))))
    },
  )

  it('knows what an entry must have, and what the server keeps for itself', () => {
    const entry = (document: DocumentName, root: string) => treeOf(rulesOf(document)).next(root)?.next('x')
    expect(entry('board', 'notes')?.required).toEqual(['phase', 'author', 'at', 'text', 'place', 'under', 'removed'])
    expect(entry('board', 'plan')?.required).toEqual(['owner', 'due', 'status', 'firstStep', 'measure'])
    expect(entry('board', 'groups')?.required).toEqual(['phase', 'name', 'order', 'into', 'removed'])
    expect(entry('notebook', 'drafts')?.kept).toEqual(['became'])
    expect(entry('notebook', 'ballots')?.required).toEqual([])
    expect(entry('desk', 'scripts')?.required).toEqual(['text'])
  })

  it('is not grown of rules that hold by their order', () => {
    const rule = (...path: Rule['path']): Rule => ({ id: 'X', path, is: 'map', create: 'own', change: null })
    expect(() => treeOf([rule('notes', ':id', 'text'), rule('notes', ':id', ':slot')])).toThrow('order')
  })
})
