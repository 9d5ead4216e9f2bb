import { randomBytes } from 'node:crypto'
import { addDraft } from '@quintet/shared/draftEdits'
import { addNote } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import * as Y from 'yjs'
import { landInPieces, readyDrafts } from '../src/steward/reveal.ts'
import { Targets } from './targets.ts'

/**
 * A reveal: sixty people's drafts come to a wall that has 2,000 notes already, in pieces between which the loop does
 * other things. The last number is nearly all the notes that a workshop may have.
 */
const PEOPLE = 60
const WALL = 2_000
/** Drafts of each person, and what the longest piece takes at most, ms. */
const CASES = [
  { each: 10, most: 40 },
  { each: 20, most: 40 },
  { each: 80, most: 100 },
] as const
const RUNS = 7
const WORDS = 'Product teams wait three days for a new database, and nobody can say why'

function place(id: string) {
  return { id: id as NoteId, phase: 'principles', at: 1, text: WORDS, order: 'a0', under: null } as const
}

/** Time of one reveal and of its longest piece, ms. */
function reveal(each: number): { readonly all: number; readonly longest: number } {
  const board = new Y.Doc()
  for (let count = 0; count < WALL; count++) addNote({ ...place(`n${count}`), author: null })(board)
  board.on('update', () => undefined)
  const books = Array.from({ length: PEOPLE }, (_, index) => {
    const doc = new Y.Doc()
    const author = `p-${index}` as PersonId
    for (let count = 0; count < each; count++) addDraft({ ...place(`d${count}`), author, ready: true })(doc)
    doc.on('update', () => undefined)
    return { person: author, doc }
  })
  const landing = { phase: 'principles', at: 2, anonymous: true, random: randomBytes, hand: 'bench' } as const
  const times = [performance.now()]
  const pieces = landInPieces(board, readyDrafts(books, 'principles'), landing)
  for (let done = false; !done; times.push(performance.now())) done = pieces.next().done === true
  const lengths = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  return { all: lengths.reduce((sum, each) => sum + each, 0), longest: Math.max(...lengths) }
}

const median = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0

const targets = new Targets()
for (const { each, most } of CASES) {
  const runs = Array.from({ length: RUNS }, () => reveal(each))
  const longest = median(runs.map((run) => run.longest))
  console.log(
    `Revealing ${PEOPLE * each} drafts: ${median(runs.map(({ all }) => all)).toFixed(1)} ms in all, longest piece ${longest.toFixed(1)} ms (to reach: under ${most})`,
  )
  const what = `the longest piece of revealing ${PEOPLE * each} drafts`
  targets.expect(what, `${longest.toFixed(1)} ms`, longest < most, `under ${most} ms`)
}
targets.judge()
