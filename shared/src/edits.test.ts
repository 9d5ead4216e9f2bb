import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { boardEntry, type NoteView, readBoard, readNote, readPlan } from './board.ts'
import {
  addNote,
  bringBackNote,
  EDIT,
  type Edit,
  hangNote,
  type Inverse,
  moveNote,
  removeNote,
  rewrite,
  setDue,
  setOwner,
  setStatus,
  targetText,
  together,
  writeText,
} from './edits.ts'
import type { NoteId, PersonId } from './ids.ts'

const nid = (name: string) => name as NoteId
const maren = { person: 'maren' as PersonId }
const newNote = (id: string, text = 'Words', phase: NoteView['phase'] = 'actions'): Edit =>
  addNote({ id: nid(id), phase, author: maren.person, at: 1, text, order: 'a0', under: null })

function boardWith(...edits: readonly Edit[]): Y.Doc {
  const doc = new Y.Doc()
  for (const edit of edits) edit(doc)
  return doc
}

function write(doc: Y.Doc, target: Parameters<typeof targetText>[1], words: string): void {
  const text = targetText(doc, target)
  if (text) writeText(text, { at: text.length, remove: 0, insert: words })
}

const note = (doc: Y.Doc, id: string) => readNote(id, boardEntry(doc, 'notes', id))
const plan = (doc: Y.Doc, id: string) => readPlan(id, boardEntry(doc, 'plan', id))

/** Does an edit and gives its inverse, which a test that calls this knows to exist. */
function done(doc: Y.Doc, edit: Edit): Inverse {
  const inverse = edit(doc)
  if (!inverse) throw new Error('The edit had no effect')
  return inverse
}

/** What an edit sends to others: the origins of its updates. */
function sends(doc: Y.Doc, act: () => void): unknown[] {
  const origins: unknown[] = []
  const listen = (_: Uint8Array, origin: unknown) => origins.push(origin)
  doc.on('update', listen)
  act()
  doc.off('update', listen)
  return origins
}

function merge(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)), 'merge')
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)), 'merge')
}

function twin(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  merge(copy, doc)
  return copy
}

describe('adding a note', () => {
  it('writes it whole, an action with its empty plan', () => {
    const doc = boardWith(newNote('n1'))
    expect(note(doc, 'n1')).toEqual({
      id: 'n1',
      phase: 'actions',
      author: 'maren',
      at: 1,
      text: 'Words',
      group: null,
      order: 'a0',
      under: null,
      removed: false,
    })
    expect(plan(doc, 'n1')).toMatchObject({ owner: null, due: null, status: 'open', firstStep: '', measure: '' })
    expect(boardEntry(boardWith(newNote('n2', 'Words', 'gaps')), 'plan', 'n2')).toBeUndefined()
  })

  it('lets two people fill in a plan at once, and both their words stay', () => {
    const here = boardWith(newNote('n1'))
    const there = twin(here)
    write(here, { of: 'plan', id: nid('n1'), field: 'firstStep' }, 'Call. ')
    write(there, { of: 'plan', id: nid('n1'), field: 'firstStep' }, 'Write. ')
    merge(here, there)
    expect(plan(here, 'n1')?.firstStep).toHaveLength('Call. Write. '.length)
    expect(plan(here, 'n1')).toEqual(plan(there, 'n1'))
  })

  it('does nothing under an id that is taken', () => {
    const doc = boardWith(newNote('n1'))
    expect(newNote('n1', 'Other')(doc)).toBeNull()
    expect(note(doc, 'n1')?.text).toBe('Words')
  })
})

const EDITS: readonly (readonly [string, Edit])[] = [
  ['remove', removeNote(nid('n1'))],
  ['bring back', bringBackNote(nid('gone'))],
  ['move', moveNote(nid('n1'), { group: null, order: 'b0' })],
  ['hang', hangNote(nid('n1'), nid('n2'))],
  ['hang at a place', hangNote(nid('n1'), nid('n2'), 'b0')],
  ['owner', setOwner(nid('n1'), maren)],
  ['owner by name', setOwner(nid('n1'), { name: 'Hannah' })],
  ['due date', setDue(nid('n1'), '2026-12-03')],
  ['status', setStatus(nid('n1'), 'doing')],
  ['write', rewrite({ of: 'plan', id: nid('n1'), field: 'measure' }, '', '9 of 10')],
  ['together', together('hang note', [hangNote(nid('n1'), nid('n2')), setOwner(nid('n1'), maren)])],
]
const filled = () => boardWith(newNote('n1'), newNote('n2', 'Gap', 'gaps'), newNote('gone'), removeNote(nid('gone')))

describe.each(EDITS)('the edit: %s', (_, edit) => {
  it('is one transaction of our own origin', () => {
    const doc = filled()
    expect(sends(doc, () => edit(doc))).toEqual([EDIT])
  })

  it('writes nothing when it changes nothing, or what it speaks of is not there', () => {
    const doc = filled()
    edit(doc)
    expect(sends(doc, () => expect(edit(doc)).toBeNull())).toEqual([])
    const empty = new Y.Doc()
    expect(sends(empty, () => expect(edit(empty)).toBeNull())).toEqual([])
  })

  it('is taken back by its inverse, and done again by the inverse of that', () => {
    const doc = filled()
    const before = readBoard(doc)
    const inverse = done(doc, edit)
    const after = readBoard(doc)
    expect(after).not.toEqual(before)
    const again = done(doc, inverse.apply)
    expect(readBoard(doc)).toEqual(before)
    const back = done(doc, again.apply)
    expect(readBoard(doc)).toEqual(after)
    expect(back.apply(doc)).not.toBeNull()
    expect(readBoard(doc)).toEqual(before)
  })

  it('is not taken back twice', () => {
    const doc = filled()
    const inverse = done(doc, edit)
    inverse.apply(doc)
    expect(inverse.apply(doc)).toBeNull()
  })
})

describe('taking back an added note', () => {
  it('takes it off the wall, and can be undone', () => {
    const doc = boardWith()
    const inverse = done(doc, newNote('n1'))
    const again = done(doc, inverse.apply)
    expect(note(doc, 'n1')?.removed).toBe(true)
    again.apply(doc)
    expect(note(doc, 'n1')).toMatchObject({ removed: false, text: 'Words' })
  })

  it.each([
    ['wrote in it', (doc: Y.Doc) => write(doc, { of: 'note', id: nid('n1') }, ' of Ines')],
    ['wrote a first step', (doc: Y.Doc) => write(doc, { of: 'plan', id: nid('n1'), field: 'firstStep' }, 'Call')],
    ['wrote a measure', (doc: Y.Doc) => write(doc, { of: 'plan', id: nid('n1'), field: 'measure' }, '9 of 10')],
    ['claimed it', (doc: Y.Doc) => setOwner(nid('n1'), { person: 'ines' as PersonId })(doc)],
    ['set a date', (doc: Y.Doc) => setDue(nid('n1'), '2026-12-03')(doc)],
    ['removed it', (doc: Y.Doc) => removeNote(nid('n1'))(doc)],
  ])('does nothing once a colleague %s', (_, act) => {
    const here = boardWith()
    const inverse = done(here, newNote('n1'))
    const there = twin(here)
    act(there)
    merge(here, there)
    const before = readBoard(here)
    expect(sends(here, () => expect(inverse.apply(here)).toBeNull())).toEqual([])
    expect(readBoard(here)).toEqual(before)
  })

  it('takes it once one’s own later edits were taken back first', () => {
    const doc = boardWith()
    const added = done(doc, newNote('n1'))
    const claimed = done(doc, setOwner(nid('n1'), maren))
    expect(added.apply(doc)).toBeNull()
    claimed.apply(doc)
    expect(added.apply(doc)).not.toBeNull()
  })
})

describe('rewriting a text', () => {
  const target = { of: 'note', id: nid('n1') } as const

  it('does nothing where the text is not what it was any more', () => {
    const doc = boardWith(newNote('n1', 'Slow'))
    expect(rewrite(target, 'Slow?', 'Fast')(doc)).toBeNull()
    expect(rewrite(target, 'Slow', 'Slow')(doc)).toBeNull()
    expect(rewrite({ of: 'note', id: nid('none') }, '', 'Fast')(doc)).toBeNull()
    expect(note(doc, 'n1')?.text).toBe('Slow')
  })

  it('is taken back, and done again', () => {
    const doc = boardWith(newNote('n1', 'Slow queue 🐢'))
    const back = done(doc, rewrite(target, 'Slow queue 🐢', 'Slow queue 🐇'))
    expect(note(doc, 'n1')?.text).toBe('Slow queue 🐇')
    const again = done(doc, back.apply)
    expect(note(doc, 'n1')?.text).toBe('Slow queue 🐢')
    again.apply(doc)
    expect(note(doc, 'n1')?.text).toBe('Slow queue 🐇')
  })
})

describe('edits of several people', () => {
  // [ours, theirs]: two different values of the same thing
  it.each([
    ['place', moveNote(nid('n1'), { group: null, order: 'b0' }), moveNote(nid('n1'), { group: null, order: 'c0' })],
    ['thread', hangNote(nid('n1'), nid('n2')), hangNote(nid('n1'), nid('gone'))],
    ['owner', setOwner(nid('n1'), maren), setOwner(nid('n1'), { name: 'Hannah' })],
    ['due date', setDue(nid('n1'), '2026-12-03'), setDue(nid('n1'), '2026-12-04')],
    ['status', setStatus(nid('n1'), 'doing'), setStatus(nid('n1'), 'done')],
  ])('taking back a %s does nothing where a colleague changed it since', (_, ours, theirs) => {
    const here = filled()
    const inverse = done(here, ours)
    const there = twin(here)
    theirs(there)
    merge(here, there)
    const before = readBoard(here)
    expect(sends(here, () => expect(inverse.apply(here)).toBeNull())).toEqual([])
    expect(readBoard(here)).toEqual(before)
  })

  it('that follow each other on one thing are taken back from the last to the first', () => {
    const doc = filled()
    const inverse = done(doc, together('change status', [setStatus(nid('n1'), 'doing'), setStatus(nid('n1'), 'done')]))
    inverse.apply(doc)
    expect(plan(doc, 'n1')?.status).toBe('open')
  })

  it('of which one is not to be taken back any more, the others still are', () => {
    const doc = filled()
    const inverse = done(doc, together('hang note', [hangNote(nid('n1'), nid('n2')), setOwner(nid('n1'), maren)]))
    setOwner(nid('n1'), { name: 'Hannah' })(doc)
    inverse.apply(doc)
    expect(note(doc, 'n1')?.under).toBeNull()
    expect(plan(doc, 'n1')?.owner).toEqual({ name: 'Hannah' })
  })

  it('never lose a colleague’s words to an undo, however they meet', () => {
    fc.assert(
      fc.property(fc.array(play, { maxLength: 30 }), (plays) => {
        const here = filled()
        const both: Both = { here, there: twin(here), undo: [] }
        for (const { kind, id, field } of plays) PLAYS[kind](both, id, field)
        merge(both.here, both.there)
        expect(readBoard(both.here)).toEqual(readBoard(both.there))
      }),
      { numRuns: 500 },
    )
  })
})

/** What we can take back, and how many of the colleague's words each note had when we did it. */
interface Undoable {
  readonly inverse: Inverse
  readonly known: ReadonlyMap<NoteId, number>
}

/** Our document and a colleague's, and what we can take back. */
interface Both {
  readonly here: Y.Doc
  readonly there: Y.Doc
  readonly undo: Undoable[]
}
type Field = 'text' | 'firstStep' | 'measure'

function weDo({ here, undo }: Both, edit: Edit): void {
  const inverse = edit(here)
  if (inverse) undo.push({ inverse, known: theirWords(here) })
}

/** A note that goes from the wall takes no more of the colleague's words with it than it had when we put it there. */
function weUndo({ here, undo }: Both): void {
  const last = undo.pop()
  const before = readBoard(here)
  const again = last?.inverse.apply(here)
  const words = theirWords(here)
  for (const { id, removed } of readBoard(here).notes.values())
    if (removed && before.notes.get(id)?.removed === false) expect(words.get(id)).toBe(last?.known.get(id) ?? 0)
  // What was undone is undone again later.
  if (again) undo.unshift({ inverse: again, known: words })
}

const PLAYS = {
  merge: ({ here, there }: Both) => merge(here, there),
  'we add': (both: Both, id: NoteId) => weDo(both, newNote(id)),
  'we bring back': (both: Both, id: NoteId) => weDo(both, bringBackNote(id)),
  'we move': (both: Both, id: NoteId) => weDo(both, moveNote(id, { group: null, order: 'b0' })),
  'we claim': (both: Both, id: NoteId) => weDo(both, setOwner(id, maren)),
  'we undo': weUndo,
  'they bring back': ({ there }: Both, id: NoteId) => bringBackNote(id)(there),
  'they write': ({ there }: Both, id: NoteId, field: Field) =>
    write(there, field === 'text' ? { of: 'note', id } : { of: 'plan', id, field }, '<theirs>'),
} as const

const play = fc.record({
  // Merged often, since undo is to meet what came from the other side.
  kind: fc.constantFrom(...(Object.keys(PLAYS) as (keyof typeof PLAYS)[]), 'merge', 'merge', 'they write'),
  id: fc.constantFrom(nid('n3'), nid('gone')),
  field: fc.constantFrom<Field>('text', 'firstStep', 'measure'),
})

/** How many of the colleague's words each note holds, whether it stands on the wall or not. */
function theirWords(doc: Y.Doc): ReadonlyMap<NoteId, number> {
  const { notes, plan } = readBoard(doc)
  const count = ({ id, text }: NoteView) => {
    const words = text + (plan.get(id)?.firstStep ?? '') + (plan.get(id)?.measure ?? '')
    return words.split('<theirs>').length - 1
  }
  return new Map([...notes.values()].map((each) => [each.id, count(each)]))
}
