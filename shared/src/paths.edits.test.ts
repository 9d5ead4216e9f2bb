import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import * as ballotEdits from './ballotEdits.ts'
import type { OutcomeId } from './board.ts'
import * as draftEdits from './draftEdits.ts'
import type { Edit, TextTarget } from './edits.ts'
import * as edits from './edits.ts'
import * as groupEdits from './groupEdits.ts'
import type { GroupId, NoteId, PersonId, RoundId } from './ids.ts'
import { draftEntry } from './notebook.ts'
import { type Rule, type RuleAct, ruleFor } from './paths.ts'

const nid = (id: string) => id as NoteId
const gid = (id: string) => id as GroupId
const round = 'r1' as RoundId
const tomasz = 'tomasz' as PersonId
const itself = (id: OutcomeId) => id

const note = (id: string, phase: 'gaps' | 'actions') => ({
  id: nid(id),
  phase,
  author: tomasz,
  at: 1_800_000_000_000,
  text: 'Words',
  order: 'a0',
  under: null,
})
const group = (id: string, phase: 'gaps' | 'actions') => ({ id: gid(id), phase, name: 'Waiting', order: 'a0' })
const rewrite = (target: TextTarget, from: string) => edits.rewrite(target, from, 'Other words')

/** Every edit of the board by the name of its function, and the acts that the table asks for it. */
const BOARD: readonly (readonly [name: string, edit: Edit, acts: readonly RuleAct[]])[] = [
  ['addNote', edits.addNote(note('n9', 'gaps')), ['add']],
  ['addNote', edits.addNote(note('n9', 'actions')), ['add']],
  ['removeNote', edits.removeNote(nid('n1')), ['remove']],
  ['bringBackNote', edits.bringBackNote(nid('gone')), ['remove']],
  ['moveNote', edits.moveNote(nid('n1'), { group: gid('g1'), order: 'b0' }), ['place']],
  ['hangNote', edits.hangNote(nid('a1'), nid('n1')), ['hang']],
  ['hangNote', edits.hangNote(nid('a1'), nid('n1'), 'b0'), ['hang', 'place']],
  ['setOwner', edits.setOwner(nid('a1'), { person: tomasz }), ['plan']],
  ['setOwner', edits.setOwner(gid('ga'), { name: 'Hannah' }), ['plan']],
  ['setDue', edits.setDue(nid('a1'), '2026-12-03'), ['plan']],
  ['setStatus', edits.setStatus(nid('a1'), 'doing'), ['plan']],
  ['rewrite', rewrite({ of: 'note', id: nid('n1') }, 'Words'), ['write']],
  ['rewrite', rewrite({ of: 'group', id: gid('g1') }, 'Waiting'), ['place']],
  ['rewrite', rewrite({ of: 'plan', id: nid('a1'), field: 'measure' }, ''), ['plan']],
  ['together', edits.together('hang note', [edits.hangNote(nid('a1'), nid('n1'))]), ['hang']],
  [
    'replaceValue',
    edits.replaceValue('move group', (doc) => doc.getMap<Y.Map<unknown>>('groups').get('g1'), 'order', 'c0'),
    ['place'],
  ],
  ['groupNotes', groupEdits.groupNotes(group('g9', 'gaps'), [[nid('n1'), 'a0']]), ['place']],
  ['groupNotes', groupEdits.groupNotes(group('g9', 'actions'), [[nid('a1'), 'a0']]), ['place']],
  ['moveIntoGroup', groupEdits.moveIntoGroup(gid('g1'), [[nid('n1'), 'a0']]), ['place']],
  ['moveGroup', groupEdits.moveGroup(gid('g1'), 'b0'), ['place']],
  ['mergeGroups', groupEdits.mergeGroups(gid('g1'), gid('g2')), ['place']],
  ['splitGroup', groupEdits.splitGroup(gid('g1'), [[nid('n2'), 'a0']]), ['place']],
]

/** Every edit of one's own notebook. */
const NOTEBOOK: readonly (readonly [name: string, edit: Edit, acts: readonly RuleAct[]])[] = [
  ['addDraft', draftEdits.addDraft({ ...note('d9', 'gaps'), ready: false }), ['own']],
  ['readyDraft', draftEdits.readyDraft(nid('d1'), true), ['own']],
  ['removeDraft', draftEdits.removeDraft(nid('d1')), ['own']],
  ['carryOn', draftEdits.carryOn(nid('shared')), ['own']],
  ['bringBackDraft', draftEdits.bringBackDraft(nid('gone')), ['own']],
  ['hangDraft', draftEdits.hangDraft(nid('d1'), nid('n1')), ['own']],
  ['rewrite', rewrite({ of: 'draft', id: nid('d1') }, 'Words'), ['own']],
  ['placeDot', ballotEdits.placeDot('r2' as RoundId, 20, nid('n1'), itself), ['own']],
  ['placeDot', ballotEdits.placeDot(round, 20, nid('n1'), itself), ['own']],
  ['takeDotBack', ballotEdits.takeDotBack(round, 20, nid('n2'), itself), ['own']],
  ['fillSlots', ballotEdits.fillSlots(round, [{ slot: 19, target: nid('n1'), was: null }]), ['own']],
]

function board(): Y.Doc {
  const doc = new Y.Doc()
  for (const id of ['n1', 'n2', 'gone']) edits.addNote(note(id, 'gaps'))(doc)
  for (const id of ['a1', 'a2']) edits.addNote(note(id, 'actions'))(doc)
  edits.removeNote(nid('gone'))(doc)
  groupEdits.groupNotes(group('g1', 'gaps'), [[nid('n2'), 'a0']])(doc)
  groupEdits.groupNotes(group('g2', 'gaps'), [])(doc)
  groupEdits.groupNotes(group('ga', 'actions'), [[nid('a2'), 'a0']])(doc)
  return doc
}

function notebook(): Y.Doc {
  const doc = new Y.Doc()
  for (const id of ['d1', 'gone']) draftEdits.addDraft({ ...note(id, 'gaps'), ready: false })(doc)
  draftEdits.removeDraft(nid('gone'))(doc)
  draftEdits.addDraft({ ...note('shared', 'gaps'), ready: false })(doc)
  draftEntry(doc, 'shared')?.set('became', 'n1')
  for (let slot = 0; slot < 19; slot++) ballotEdits.placeDot(round, 20, nid('n2'), itself)(doc)
  return doc
}

/** One write at one path: something comes there, with its entry or by itself, or what is there changes. */
interface Write {
  readonly path: readonly string[]
  readonly how: 'create' | 'create with its entry' | 'change' | 'delete'
  readonly value: unknown
}

/** Every path that an edit writes, found by watching the document. */
function writesOf(doc: Y.Doc, edit: Edit): readonly Write[] {
  const writes: Write[] = []
  const roots = ['notes', 'groups', 'plan', 'kudos', 'drafts', 'ballots', 'about'].map(
    (root) => [root, doc.getMap(root)] as const,
  )
  const listen = (root: string) => (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => {
    for (const { target, path, changes } of events) {
      const place = [root, ...path.map(String)]
      if (target instanceof Y.Text) writes.push({ path: place, how: 'change', value: target })
      for (const [key, { action }] of changes.keys) {
        const at = [...place, key]
        const value: unknown = target instanceof Y.Map ? target.get(key) : undefined
        writes.push({ path: at, how: action === 'add' ? 'create' : action === 'update' ? 'change' : 'delete', value })
        if (value instanceof Y.Map)
          for (const [inner, each] of value.entries())
            writes.push({ path: [...at, inner], how: 'create with its entry', value: each })
      }
    }
  }
  const listeners = roots.map(([root, map]) => [map, listen(root)] as const)
  for (const [map, each] of listeners) map.observeDeep(each)
  edit(doc)
  for (const [map, each] of listeners) map.unobserveDeep(each)
  return writes
}

/** The act that a rule asks for a write; what comes with its entry asks for none of its own. Throws where nothing may be written. */
function actFor(rule: Rule | undefined, { path, how, value }: Write): RuleAct | null {
  const at = path.join('/')
  if (!rule || how === 'delete') throw new Error(`Nothing may be written at ${at}`)
  const is = value instanceof Y.Map ? 'map' : value instanceof Y.Text ? 'text' : 'value'
  if (rule.is !== is) throw new Error(`At ${at} stands no ${is}`)
  if (rule.value && !rule.value(value)) throw new Error(`At ${at} stands no ${JSON.stringify(value)}`)
  if (rule.most !== undefined && String(value).length > rule.most) throw new Error(`The text at ${at} is too long`)
  const act = how === 'change' ? rule.change : rule.create
  if (act === null) throw new Error(`${at} is not for edits to ${how}`)
  if (act !== 'with') return act
  if (how !== 'create with its entry' && path[0] !== 'plan') throw new Error(`${at} comes with its entry alone`)
  return null
}

const actsOf = (document: 'board' | 'notebook', doc: Y.Doc, edit: Edit) => {
  const writes = writesOf(doc, edit)
  expect(writes).not.toEqual([])
  const acts = writes.map((write) => actFor(ruleFor(document, write.path), write))
  return [...new Set(acts.filter((act) => act !== null))].sort()
}

describe.each([
  ['board', BOARD, board],
  ['notebook', NOTEBOOK, notebook],
] as const)('the edits of a %s', (document, all, filled) => {
  it.each(all)(
    '[R1…R13][N1…N9] %s writes only what a rule names, and asks for what the table says',
    (_, edit, acts) => {
      expect(actsOf(document, filled(), edit)).toEqual([...acts].sort())
    },
  )

  it.each(all)('[R1…R13][N1…N9] %s is taken back, and done again, by the same rules', (_, edit) => {
    const doc = filled()
    const inverse = edit(doc)
    if (!inverse) throw new Error('The edit had no effect')
    let again: ReturnType<Edit> = null
    actsOf(document, doc, (each) => {
      again = inverse.apply(each)
      return again
    })
    const redo = again as ReturnType<Edit>
    if (!redo) throw new Error('Taking it back had no effect')
    actsOf(document, doc, redo.apply)
  })
})

it('knows every edit that there is', () => {
  const known = new Set([...BOARD, ...NOTEBOOK].map(([name]) => name))
  const others = new Set([
    'transact',
    'newPlan',
    'entryWords',
    'targetText',
    'smallestChange',
    'writeText',
    'markChanging',
    'carriesOn',
  ])
  const modules: readonly object[] = [edits, groupEdits, draftEdits, ballotEdits]
  const all = modules
    .flatMap((module) => Object.entries(module))
    .filter(([name, it]) => typeof it === 'function' && !others.has(name))
  expect(all.map(([name]) => name).sort()).toEqual([...known].sort())
})
