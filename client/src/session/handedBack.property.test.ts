import { boardRoot, type OutcomeId, readBoard } from '@quintet/shared/board'
import {
  addNote,
  bringBackNote,
  type Edit,
  hangNote,
  moveNote,
  removeNote,
  setDue,
  setOwner,
  setStatus,
  targetText,
  writeText,
} from '@quintet/shared/edits'
import { groupNotes, mergeGroups, moveGroup, moveIntoGroup, splitGroup } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId } from '@quintet/shared/ids'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { clocksOf } from './clocks.ts'
import { findHandedBack } from './handedBack.ts'
import type { Piece } from './pieces.ts'
import { putBack } from './putBack.ts'

const INES = 'ines' as PersonId
const NOTES = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5'] as const

const ACTS = [
  'add',
  'add',
  'write',
  'write',
  'cut',
  'move',
  'hang',
  'remove',
  'bring back',
  'group',
  'put',
  'merge',
  'split',
  'move group',
  'name',
  'owner',
  'due',
  'status',
  'step',
] as const

const deed = fc.record({
  act: fc.constantFrom(...ACTS),
  one: fc.nat(30),
  other: fc.nat(30),
  some: fc.subarray([...NOTES], { minLength: 1, maxLength: 3 }),
  words: fc.string({ minLength: 1, maxLength: 4 }),
  at: fc.nat(20),
})
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

/** Somebody at the board, with a copy of their own and ids that nobody else makes. */
class Hand {
  readonly doc = new Y.Doc()
  readonly #name: string
  #count = 0

  constructor(name: string, state?: Uint8Array) {
    this.#name = name
    if (state) Y.applyUpdate(this.doc, state)
  }

  does({ act, one, other, some, words, at }: Deed): void {
    const { doc } = this
    const pick = (root: 'notes' | 'groups' | 'plan', nth: number) => {
      const ids = [...boardRoot(doc, root).keys()].sort()
      return ids[nth % ids.length] ?? ''
    }
    const note = pick('notes', one) as NoteId
    const group = pick('groups', one) as GroupId
    const plan = pick('plan', one) as OutcomeId
    const edit = (): Edit | undefined => {
      switch (act) {
        case 'add':
          return this.#add(words, at, pick('notes', other) as OutcomeId)
        case 'write':
          return write({ of: 'note', id: note }, at, words)
        case 'cut':
          return cut({ of: 'note', id: note }, at)
        case 'name':
          return write({ of: 'group', id: group }, at, words)
        case 'step':
          return write({ of: 'plan', id: plan, field: other % 2 ? 'firstStep' : 'measure' }, at, words)
        case 'move':
          return moveNote(note, { group: null, order: `a${at}` })
        case 'hang':
          return hangNote(note, (other % 4 ? pick('notes', other) : null) as OutcomeId | null)
        case 'remove':
          return removeNote(note)
        case 'bring back':
          return bringBackNote(note)
        case 'group':
          return groupNotes(
            { id: this.#id() as GroupId, phase: 'gaps', name: words, order: `a${at}` },
            some.map((id, nth) => [id as NoteId, `a${nth}`]),
          )
        case 'put':
          return moveIntoGroup(
            group,
            some.map((id, nth) => [id as NoteId, `b${nth}`]),
          )
        case 'merge':
          return mergeGroups(group, pick('groups', other) as GroupId)
        case 'split':
          return splitGroup(group, [])
        case 'move group':
          return moveGroup(group, `a${at}`)
        case 'owner':
          return setOwner(plan, other % 2 ? { name: words.trim() || 'Lars' } : { person: INES })
        case 'due':
          return setDue(plan, `2026-0${1 + (at % 9)}-01`)
        case 'status':
          return setStatus(plan, (['open', 'doing', 'done'] as const)[other % 3] ?? 'open')
      }
    }
    edit()?.(doc)
  }

  learns(other: Hand): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)))
  }

  #add(text: string, at: number, under: OutcomeId): Edit {
    const phase = at % 2 ? 'actions' : 'gaps'
    return addNote({ id: this.#id() as NoteId, phase, author: INES, at, text, order: `a${at}`, under })
  }

  #id(): string {
    return `${this.#name}${this.#count++}`
  }
}

const write =
  (target: Parameters<typeof targetText>[1], at: number, insert: string): Edit =>
  (doc) => {
    const text = targetText(doc, target)
    if (text) writeText(text, { at: Math.min(at, text.length), remove: 0, insert })
    return null
  }

const cut =
  (target: Parameters<typeof targetText>[1], at: number): Edit =>
  (doc) => {
    const text = targetText(doc, target)
    const from = Math.min(at, Math.max(0, (text?.length ?? 0) - 1))
    if (text && text.length > 0) writeText(text, { at: from, remove: Math.min(2, text.length - from), insert: '' })
    return null
  }

/** A board of some notes and a group, which everyone has. */
function begun(): Hand {
  const hand = new Hand('s')
  NOTES.forEach((id, nth) => {
    const phase = nth > 3 ? 'actions' : 'gaps'
    addNote({ id: id as NoteId, phase, author: INES, at: 1, text: `word ${id}`, order: `a${nth}`, under: null })(
      hand.doc,
    )
  })
  groupNotes({ id: 'g0' as GroupId, phase: 'gaps', name: 'Waiting', order: 'a1' }, [['n0' as NoteId, 'a0']])(hand.doc)
  groupNotes({ id: 'g1' as GroupId, phase: 'gaps', name: '', order: 'a2' }, [['n1' as NoteId, 'a0']])(hand.doc)
  return hand
}

const never = () => {
  throw new Error('No id was in use.')
}

/** What a person who wrote apart from the others is handed back, and the document that it is put back into. */
function handedBack(ines: Hand, server: Hand, since: ReadonlyMap<number, number>) {
  const fresh = new Hand('f', Y.encodeStateAsUpdate(server.doc))
  ines.learns(server)
  const own = new Set([ines.doc.clientID])
  const compared = { document: 'board', mine: ines.doc, theirs: fresh.doc, since, own, person: INES, now: 9 } as const
  return { fresh, pieces: findHandedBack(compared), again: findHandedBack(compared) }
}

const standing = (doc: Y.Doc) => {
  const { notes, groups, plan } = readBoard(doc)
  const stand = ([, { removed }]: readonly [string, { readonly removed: boolean }]) => !removed
  return {
    notes: Object.fromEntries([...notes].filter(stand)),
    groups: Object.fromEntries([...groups].filter(stand)),
    plan: Object.fromEntries(
      [...plan].filter(([id]) => !(notes.get(id as NoteId) ?? groups.get(id as GroupId))?.removed),
    ),
  }
}

it('puts back all that somebody wrote, where nobody else wrote meanwhile', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 25, size: 'max' }), fc.array(deed, { maxLength: 10 }), (deeds, earlier) => {
      const server = begun()
      for (const each of earlier) server.does(each)
      const ines = new Hand('i', Y.encodeStateAsUpdate(server.doc))
      const since = clocksOf(ines.doc)
      for (const each of deeds) ines.does(each)

      const { fresh, pieces, again } = handedBack(ines, server, since)

      expect(again).toEqual(pieces)
      expect(pieces.filter(({ touched }) => touched)).toEqual([])
      for (const piece of pieces) putBack(piece, never)(fresh.doc)
      expect(standing(fresh.doc)).toEqual(standing(ines.doc))
    }),
    { numRuns: 100 },
  )
})

/** Each value and text of a board by its path. @param of what stands, unless all is wanted. */
function fields(doc: Y.Doc, of: 'standing' | 'all' = 'standing'): ReadonlyMap<string, unknown> {
  const all = new Map<string, unknown>()
  const { notes, groups, plan } = readBoard(doc)
  const whole = { notes: Object.fromEntries(notes), groups: Object.fromEntries(groups), plan: Object.fromEntries(plan) }
  for (const [root, entries] of Object.entries(of === 'all' ? whole : standing(doc)))
    for (const [id, view] of Object.entries(entries))
      for (const [field, value] of Object.entries(view)) {
        const key = field === 'group' || (field === 'order' && root === 'notes') ? 'place' : field
        all.set(`${root}/${id}/${key}`, [all.get(`${root}/${id}/${key}`), value])
      }
  return all
}

/** Paths of texts, in which both sides' words merge. */
const TEXT = /\/(text|name|firstStep|measure)$/

/** Which write each value of a board is, so that one that was written anew is told from one that is as it was. */
function writes(doc: Y.Doc): ReadonlyMap<string, string> {
  const all = new Map<string, string>()
  for (const root of ['notes', 'groups', 'plan'] as const)
    for (const [id, entry] of boardRoot(doc, root).entries())
      for (const [field, item] of entry._map) all.set(`${root}/${id}/${field}`, `${item.id.client}/${item.id.clock}`)
  return all
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

it('takes nothing from anybody else, and leaves to its author only what others touched or removed', () => {
  fc.assert(
    fc.property(
      fc.array(deed, { maxLength: 15, size: 'max' }),
      fc.array(deed, { maxLength: 15, size: 'max' }),
      fc.array(fc.nat(14), { maxLength: 3 }),
      (deeds, others, meetings) => {
        const server = begun()
        const ines = new Hand('i', Y.encodeStateAsUpdate(server.doc))
        const since = clocksOf(ines.doc)
        const before = writes(server.doc)
        // She hears of what others do until the network goes, and writes all the while.
        deeds.forEach((each, at) => {
          if (meetings.includes(at)) ines.learns(server)
          ines.does(each)
          const other = others[at]
          if (other) server.does(other)
        })
        const { fresh, pieces } = handedBack(ines, server, since)
        const written = writes(fresh.doc)
        const [theirs, mine] = [fields(fresh.doc), fields(ines.doc)]
        const isTouched = (path: string) => before.get(path) !== written.get(path)

        for (const piece of pieces) if (!piece.touched) putBack(piece, never)(fresh.doc)

        const after = fields(fresh.doc)
        const hers = fields(ines.doc, 'all')
        const placeOf = ({ key }: Piece) => key.split(' ')[0] ?? ''
        const left = new Set(pieces.filter(({ touched }) => touched).map(placeOf))
        for (const [path, value] of theirs) {
          const isTheirs = same(after.get(path), value)
          const isHers = same(after.get(path), (after.has(path) ? hers : mine).get(path))
          if (!isTheirs && !isHers) throw new Error(`${path} is neither hers nor theirs`)
          // Where she heard of nothing, all that was written was written without her knowing: nothing is put over it.
          const isApart = meetings.length === 0 && before.has(path) && after.has(path) && !TEXT.test(path)
          if (isApart && isTouched(path) && !isTheirs) throw new Error(`${path} was taken`)
          if (left.has(path) && !isTouched(path) && !TEXT.test(path)) throw new Error(`${path} was touched by nobody`)
        }
        for (const [path, value] of mine) {
          const [, id] = path.split('/')
          const isWholeLeft = left.has(`notes/${id}/removed`) || left.has(`groups/${id}/removed`)
          if (!same(after.get(path), value) && !left.has(path) && !isWholeLeft)
            throw new Error(`${path} is neither back nor in the tray`)
        }
        const gone = pieces.filter((piece) => piece.is === 'words' && piece.gone).map(placeOf)
        for (const path of gone) expect(theirs.has(path)).toBe(false)
      },
    ),
    { numRuns: 100 },
  )
})

/** Yjs client ids, of which the lower loses where an entry is made twice. */
const clients = fc.uniqueArray(fc.nat(1_000_000), { minLength: 3, maxLength: 3 })
const scribble = fc.record({ one: fc.nat(30), at: fc.nat(20) })

it('loses no words of two tabs of one person, the first of which is handed back what the second writes on', () => {
  fc.assert(
    fc.property(
      clients,
      fc.array(deed, { maxLength: 12, size: 'max' }),
      fc.array(scribble, { minLength: 1, maxLength: 6 }),
      ([first = 0, second = 1, fresh = 2], deeds, scribbles) => {
        const server = begun()
        const since = clocksOf(server.doc)
        const one = new Hand('i', Y.encodeStateAsUpdate(server.doc))
        one.doc.clientID = first
        for (const each of deeds) one.does(each)
        const other = new Hand('j', Y.encodeStateAsUpdate(one.doc))
        other.doc.clientID = second
        const stood = Object.keys(standing(other.doc).notes).sort()
        const marks = scribbles.map(({ one: nth, at }, count) => {
          const mark = `‹${count}›`
          write({ of: 'note', id: stood[nth % stood.length] as NoteId }, at, mark)(other.doc)
          return [stood[nth % stood.length], mark] as const
        })
        const words = standing(other.doc).notes

        const tab = (hand: Hand, own: readonly number[]) => {
          const before = new Y.Doc()
          Y.applyUpdate(before, Y.encodeStateAsUpdate(hand.doc))
          hand.learns(server)
          const theirs = new Hand('f', Y.encodeStateAsUpdate(server.doc))
          theirs.doc.clientID = fresh
          const compared = {
            document: 'board',
            mine: hand.doc,
            before,
            theirs: theirs.doc,
            since,
            person: INES,
          } as const
          const pieces = findHandedBack({ ...compared, own: new Set(own), now: 9 })
          const left = pieces.filter((piece) => piece.touched || piece.elsewhere)
          for (const piece of pieces) if (!left.includes(piece)) putBack(piece, never)(theirs.doc)
          server.learns(theirs)
          return left
        }
        tab(one, [first])
        const left = tab(other, [first, second])

        const kept = JSON.stringify([left, [...readBoard(server.doc).notes.values()].map(({ text }) => text)])
        for (const [id, mark] of marks)
          if (JSON.stringify(words[id as NoteId]).includes(mark) && !kept.includes(mark))
            throw new Error(`${mark} in ${id} is lost`)
      },
    ),
    { numRuns: 100 },
  )
})
