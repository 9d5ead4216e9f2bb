import { boardEntry, resolveGroup } from '@quintet/shared/board'
import { groupBinRoot } from '@quintet/shared/desk'
import { addNote, targetText } from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { hasNotes, liveSource } from '@quintet/shared/standing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { handClock } from '../testing/handClock.ts'
import { Bin } from './bin.ts'
import { groupKind } from './binKinds.ts'

/**
 * [promise 8] However groups are merged, also in circles, taken apart, filled, emptied, brought back and named, in
 * whatever update together: who stands has every letter of its name, and who is gone for a minute has none on the board.
 */
const GROUPS = ['a', 'b', 'c', 'd', 'e'] as GroupId[]
/** The last is of another phase, and so stands in no group, wherever it is put. */
const NOTES = ['n1', 'n2', 'n3', 'n4', 'other'] as NoteId[]
const RUNS = 200

const group = fc.constantFrom(...GROUPS)
const note = fc.constantFrom(...NOTES)
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ group, into: fc.option(group, { nil: null, freq: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ group, removed: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ note, group: fc.option(group, { nil: null }) }) },
  { weight: 2, arbitrary: fc.record({ note, removed: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ group, letter: fc.constantFrom('x', 'y', 'z') }) },
)
const story = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }) },
    { weight: 2, arbitrary: fc.constant('wait' as const) },
    { weight: 1, arbitrary: fc.constant('load again' as const) },
  ),
  { minLength: 5, maxLength: 30, size: 'max' },
)
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

const nameOf = (doc: Y.Doc, id: GroupId) => targetText(doc, { of: 'group', id })

/** Does what somebody's page does, if the group can be found. */
function make(doc: Y.Doc, each: Change): void {
  if ('note' in each) {
    const entry = boardEntry(doc, 'notes', each.note)
    if ('removed' in each) entry?.set('removed', each.removed)
    else entry?.set('place', [each.group, 'a0'])
  } else if ('letter' in each) nameOf(doc, each.group)?.insert(0, each.letter)
  else if ('into' in each) boardEntry(doc, 'groups', each.group)?.set('into', each.into)
  else boardEntry(doc, 'groups', each.group)?.set('removed', each.removed)
}

test('[promise 8] a name is on the board while its group stands, and in the bin once that is gone', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(story, (steps) => {
      const clock = handClock({ goes: false })
      const [board, desk] = [new Y.Doc(), new Y.Doc()]
      for (const id of GROUPS) groupNotes({ id, phase: 'gaps', name: id, order: id }, [])(board)
      for (const [at, id] of NOTES.entries()) {
        const loose = { author: null, at: 0, text: id, order: id, under: null }
        addNote({ id, phase: id === 'other' ? 'actions' : 'gaps', ...loose })(board)
        make(board, { note: id, group: GROUPS[at] ?? null })
      }
      const letters = new Map(GROUPS.map((id) => [id, [id as string]]))
      const open = () => {
        const bin = new Bin(groupKind(), {
          board: () => board,
          desk: () => desk,
          emptied: () => undefined,
          inPieces: (pieces) => {
            while (!pieces.next().done);
          },
          now: clock.now,
          alarm: clock.alarm,
          failed: (error) => {
            throw error
          },
        })
        bin.loaded()
        return bin
      }
      let bin = open()
      const stands = (id: GroupId) => resolveGroup(id, liveSource(board).group)?.id === id && hasNotes(board, id)
      const look = (isOver: boolean) => {
        for (const id of GROUPS) {
          const [here, kept] = [nameOf(board, id)?.toString() ?? '', groupBinRoot(desk).get(id)?.text ?? '']
          expect([...here, ...kept].toSorted()).toEqual(letters.get(id)?.toSorted())
          if (stands(id)) expect(kept).toBe('')
          else if (isOver) expect(here).toBe('')
        }
      }
      for (const step of steps) {
        if (step === 'wait') clock.forward(LIMITS.removedWords)
        else if (step === 'load again') {
          bin.stop()
          bin = open()
        } else
          board.transact((transaction) => {
            for (const each of step) {
              make(board, each)
              if ('letter' in each) letters.get(each.group)?.push(each.letter)
            }
            bin.settle(transaction)
          })
        look(typeof step === 'string')
      }
    }),
    { numRuns: RUNS },
  )
})
