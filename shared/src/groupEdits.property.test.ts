import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { readBoard } from './board.ts'
import {
  addNote,
  bringBackNote,
  type Edit,
  type Inverse,
  moveNote,
  removeNote,
  targetText,
  together,
  writeText,
} from './edits.ts'
import { groupNotes, mergeGroups, moveGroup, moveIntoGroup, splitGroup } from './groupEdits.ts'
import { blocksOf } from './groups.ts'
import type { GroupId, NoteId } from './ids.ts'
import { PHASE_IDS } from './phases.ts'

/** Random people group one wall at the same time, and meet now and then. */
const PEOPLE = 3
const NOTES = ['1', '2', '3', '4', '5', '6', '7'] as const
const note = (id: string) => id as NoteId

const EDITS = ['group', 'put', 'merge', 'split', 'move group', 'loosen', 'remove', 'bring back'] as const
const someone = fc.nat(PEOPLE - 1)
const play = fc.record({
  who: someone,
  // Merges, undo and meetings come often, since it is where they cross that people could lose something.
  act: fc.constantFrom(...EDITS, 'merge' as const, ...(['name', 'undo', 'undo', 'redo', 'meet', 'meet'] as const)),
  notes: fc.subarray([...NOTES], { minLength: 1, maxLength: 4 }),
  /** Which groups, by their place among those there are. */
  groups: fc.tuple(fc.nat(20), fc.nat(20)),
  other: someone,
})
type Play = typeof play extends fc.Arbitrary<infer T> ? T : never

it('people who group at once see the same wall in the end, each note once on it, names whole, and undo takes only one’s own', () => {
  fc.assert(
    fc.property(
      fc.array(play, { maxLength: 60, size: 'max' }),
      fc.array(fc.tuple(someone, someone)),
      (plays, meetings) => {
        const team = new Team()
        for (const each of plays) team.play(each)
        for (const [a, b] of meetings) team.meet(a, b)
        team.meetAll()
        team.check()
      },
    ),
    { numRuns: 100 },
  )
})

interface Member {
  readonly doc: Y.Doc
  /** What this person has put at which place. */
  readonly wrote: Set<string>
  readonly undo: Inverse[]
  readonly redo: Inverse[]
}

class Team {
  readonly #members: readonly Member[] = Array.from({ length: PEOPLE }, () => ({
    doc: new Y.Doc(),
    wrote: new Set(),
    undo: [],
    redo: [],
  }))
  readonly #names: { readonly id: GroupId; readonly words: string }[] = []
  #count = 0

  constructor() {
    for (const id of NOTES) {
      const phase = id === '7' ? 'actions' : 'gaps'
      addNote({ id: note(id), phase, author: null, at: 1, text: id, order: this.#key(), under: null })(this.#of(0).doc)
    }
    for (const notes of [NOTES.slice(0, 2), NOTES.slice(2, 4)]) this.#newGroup(notes)(this.#of(0).doc)
    this.meetAll()
  }

  play(each: Play): void {
    const member = this.#of(each.who)
    switch (each.act) {
      case 'name':
        this.#name(member.doc, this.#groupAt(member.doc, each.groups[0]))
        break
      case 'undo':
        takeBack(member, member.undo, member.redo)
        break
      case 'redo':
        takeBack(member, member.redo, member.undo)
        break
      case 'meet':
        this.meet(each.who, each.other)
        break
      default: {
        const { inverse } = act(member, this.#edit(member.doc, each, each.act))
        if (inverse) member.undo.push(inverse)
      }
    }
  }

  meet(a: number, b: number): void {
    const [one, two] = [this.#of(a).doc, this.#of(b).doc]
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two, Y.encodeStateVector(one)))
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one, Y.encodeStateVector(two)))
  }

  meetAll(): void {
    for (const _ of this.#members) for (let at = 1; at < PEOPLE; at++) this.meet(at - 1, at)
  }

  check(): void {
    const board = readBoard(this.#of(0).doc)
    for (const { doc } of this.#members) expect(readBoard(doc)).toEqual(board)
    expect([...board.notes.keys()].sort()).toEqual(NOTES)
    for (const phase of PHASE_IDS) {
      const shown = blocksOf(board, phase).flatMap((each) => (each.kind === 'note' ? [each.note] : each.notes))
      const standing = [...board.notes.values()].filter((each) => each.phase === phase && !each.removed)
      expect(shown.map(({ id }) => id).sort()).toEqual(standing.map(({ id }) => id).sort())
    }
    for (const { id, words } of this.#names) expect(board.groups.get(id)?.name).toContain(words)
  }

  #edit(doc: Y.Doc, { notes, groups }: Play, act: (typeof EDITS)[number]): Edit {
    const [one, two] = [this.#groupAt(doc, groups[0]), this.#groupAt(doc, groups[1])]
    const [first = '1'] = notes
    switch (act) {
      case 'group':
        return this.#newGroup(notes)
      case 'put':
        return moveIntoGroup(one, this.#places(notes))
      case 'merge':
        return mergeGroups(one, two)
      case 'split': {
        const block = blocksOf(readBoard(doc), 'gaps').find((each) => each.kind === 'group' && each.group.id === one)
        return splitGroup(one, this.#places(block?.kind === 'group' ? block.notes.map(({ id }) => id) : []))
      }
      case 'move group':
        return moveGroup(one, this.#key())
      case 'loosen':
        return together(
          'move note',
          this.#places(notes).map(([id, order]) => moveNote(id, { group: null, order })),
        )
      case 'remove':
        return removeNote(note(first))
      case 'bring back':
        return bringBackNote(note(first))
    }
  }

  #newGroup(notes: readonly string[]): Edit {
    const id = `G${this.#next()}` as GroupId
    return groupNotes({ id, phase: 'gaps', name: '', order: this.#key() }, this.#places(notes))
  }

  #name(doc: Y.Doc, id: GroupId): void {
    const words = `<${this.#next()}>`
    const text = targetText(doc, { of: 'group', id })
    if (!text) return
    writeText(text, { at: text.length, remove: 0, insert: words })
    this.#names.push({ id, words })
  }

  #groupAt(doc: Y.Doc, place: number): GroupId {
    const known = [...readBoard(doc).groups.keys()].sort()
    return known[place % known.length] as GroupId
  }

  #of = (who: number) => this.#members[who] as Member
  #next = () => String(this.#count++).padStart(4, '0')
  #key = () => `a${this.#next()}`
  #places = (ids: readonly string[]) => ids.map((id) => [note(id), this.#key()] as const)
}

/** Does an edit, and remembers which values it left. @returns its inverse, and what stood before where it changed something. */
function act(
  { doc, wrote }: Member,
  edit: Edit,
): { readonly inverse: Inverse | null; readonly replaced: readonly Value[] } {
  const was = valuesOf(doc)
  const before = new Set(was.map(spelled))
  const inverse = edit(doc)
  const after = new Set(valuesOf(doc).map(spelled))
  for (const each of after) if (!before.has(each)) wrote.add(each)
  return { inverse, replaced: was.filter((each) => !after.has(spelled(each))) }
}

/** Takes the last edit back. Every value that this changes is one that this person has put there. */
function takeBack(member: Member, from: Inverse[], to: Inverse[]): void {
  const last = from.pop()
  if (!last) return
  const { inverse, replaced } = act(member, last.apply)
  if (inverse) to.push(inverse)
  for (const each of replaced) expect([...member.wrote]).toContain(spelled(each))
}

const spelled = ({ key, value }: Value) => `${key}=${value}`

interface Value {
  readonly key: string
  readonly value: string
}

/** Every plain value of the notes and groups. */
function valuesOf(doc: Y.Doc): readonly Value[] {
  const { notes, groups } = readBoard(doc)
  const of = (root: string, id: string, values: Readonly<Record<string, unknown>>) =>
    Object.entries(values).map(([key, value]) => ({ key: `${root}/${id}/${key}`, value: JSON.stringify(value) }))
  return [
    ...[...notes.values()].flatMap(({ id, group, order, removed }) =>
      of('notes', id, { place: [group, order], removed }),
    ),
    ...[...groups.values()].flatMap(({ id, order, into, removed }) => of('groups', id, { order, into, removed })),
  ]
}
