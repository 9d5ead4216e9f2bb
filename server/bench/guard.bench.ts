import { boardEntry, entryText } from '@quintet/shared/board'
import { addNote, moveNote } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { pointOf, stageOf } from '@quintet/shared/workshop.fixture'
import * as Y from 'yjs'
import { Clients } from '../src/guard/clients.ts'
import { Guard, type Judgement } from '../src/guard/guard.ts'
import { Targets } from './targets.ts'

/**
 * What the guard costs beside what it guards: judging an update, and plain `Y.applyUpdate` of the same bytes, on boards
 * of three sizes. Both sides take turns within one run, so that what else the machine does meets both alike.
 */
const SIZES = [100, 1_000, 5_000] as const
const ROUNDS = 5
/** Updates of each kind in a round; a board that is full takes no more notes. */
const UPDATES = { keystroke: 1_000, move: 1_000, create: 200 } as const
const BATCH = 2_000
/** Judging may cost so many times what plain applying costs. */
const MOST = { keystroke: 0.9, move: 0.9, create: 1.3 } as const
/** … and on the largest board so many times what it costs on the smallest. */
const MOST_GROWTH = 2
/** The longest that one turn of a large resynchronisation may take, ms. */
const WORST_TURN = 40

/** @param round from 0: in each the same things are changed, and further ones made. */
type Edit = (doc: Y.Doc, nth: number, round: number) => void
type Kind = keyof typeof MOST

const WRITER = 'tomasz' as PersonId
const OTHER = 'ines' as PersonId
const WORDS = 'Product teams wait three days for a new database, and nobody can say why'
const idOf = (nth: number) => `note-${nth}` as NoteId
const stage = stageOf({ at: pointOf('gaps', 'open') })

const add = (nth: number, author: PersonId, text: string, order = 'a0') =>
  addNote({ id: idOf(nth), phase: 'gaps', author, at: Date.now(), text, order, under: null })

/** Edits on notes all over a board of a size. */
const edits = (size: number): Readonly<Record<Kind, Edit>> => ({
  keystroke: (doc, nth) => {
    const text = entryText(boardEntry(doc, 'notes', idOf((nth * 7) % size)), 'text')
    if (!text) throw new Error('A note without text.')
    if (nth % 4 === 3) text.delete(Math.floor(text.length / 2), 1)
    else text.insert(Math.floor(text.length / 2), 'x')
  },
  move: (doc, nth, round) => void moveNote(idOf((nth * 13) % size), { group: null, order: `b${round}-${nth}` })(doc),
  create: (doc, nth, round) => void add(size + round * UPDATES.create + nth, WRITER, '')(doc),
})

/** A board of a size as one update, written by several people. */
function boardOf(size: number): Uint8Array {
  const docs = Array.from({ length: 8 }, () => new Y.Doc())
  for (let nth = 0; nth < size; nth++) {
    const doc = docs[nth % docs.length] ?? new Y.Doc()
    add(nth, nth % 3 === 0 ? WRITER : OTHER, WORDS, `a${nth}`)(doc)
    entryText(boardEntry(doc, 'notes', idOf(nth)), 'text')?.insert(7, ' here')
    if (nth % 5 === 0) moveNote(idOf(nth), { group: null, order: `c${nth}` })(doc)
  }
  return Y.mergeUpdates(docs.map((doc) => Y.encodeStateAsUpdate(doc)))
}

function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}

/** The updates that edits make, each as it is sent. */
function updatesOf(doc: Y.Doc, edit: Edit, round: number, count: number): readonly Uint8Array[] {
  const updates: Uint8Array[] = []
  const note = (update: Uint8Array) => updates.push(update)
  doc.on('update', note)
  for (let nth = 0; nth < count; nth++) edit(doc, nth, round)
  doc.off('update', note)
  return updates
}

function guardOf(doc: Y.Doc, client: number): Guard {
  const clients = new Clients([[client, WRITER]])
  return new Guard({ document: 'board', doc, clients, stage: () => stage, now: Date.now })
}

const actor = { person: WRITER, role: 'member' } as const

function accepted(judgement: Judgement): Uint8Array {
  if (judgement.is === 'accepted') return judgement.update
  throw new Error(judgement.is === 'refused' ? `Refused: ${JSON.stringify(judgement.refusal)}` : 'Nothing new.')
}

const median = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

/** Ms that something takes. */
function timed(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

/**
 * Ms of the processor that something takes on this thread, in steps of up to 4 ms: of many turns the longest would else
 * be the one in which the machine did something else.
 */
function spent(run: () => void): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}

/**
 * What a single update of a kind costs, ms, plain and to be judged: the median of the rounds' medians. Each round changes
 * the same notes, far apart from one another; `first` is the median of the first round, in which nothing was known of
 * any of them.
 */
function single(state: Uint8Array, edit: Edit, updates: number): { plain: number; judged: number; first: number } {
  const [writer, unguarded, guarded] = [docOf(state), docOf(state), docOf(state)]
  const guard = guardOf(guarded, writer.clientID)
  const plain: number[] = []
  const judged: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const plainly: number[] = []
    const judging: number[] = []
    for (const update of updatesOf(writer, edit, round, updates)) {
      let judgement: Judgement = { is: 'empty' }
      plainly.push(timed(() => Y.applyUpdate(unguarded, update)))
      judging.push(
        timed(() => {
          judgement = guard.judge({ actor, kind: 'live', update })
        }),
      )
      Y.applyUpdate(guarded, accepted(judgement))
    }
    plain.push(median(plainly))
    judged.push(median(judging))
  }
  return { plain: median(plain), judged: median(judged), first: judged[0] ?? Number.NaN }
}

/** Medians of what many edits in one update cost, ms, as what was made offline and as a whole document; and the worst turn of judging the latter in parts. */
function many(
  state: Uint8Array,
  edit: Edit,
): Readonly<Record<'batch' | 'resync', { plain: number; judged: number }>> & { turn: number } {
  const times = {
    batch: { plain: [] as number[], judged: [] as number[] },
    resync: { plain: [] as number[], judged: [] as number[] },
  }
  const turns: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const writer = docOf(state)
    const known = Y.encodeStateVector(writer)
    updatesOf(writer, edit, 0, BATCH)
    const updates = { batch: Y.encodeStateAsUpdate(writer, known), resync: Y.encodeStateAsUpdate(writer) }
    for (const what of ['batch', 'resync'] as const) {
      const update = updates[what]
      const [unguarded, guarded] = [docOf(state), docOf(state)]
      const guard = guardOf(guarded, writer.clientID)
      times[what].plain.push(timed(() => Y.applyUpdate(unguarded, update)))
      times[what].judged.push(timed(() => accepted(guard.judge({ actor, kind: 'resync', update }))))
    }
    const examination = guardOf(docOf(state), writer.clientID).examine({
      actor,
      kind: 'resync',
      update: updates.resync,
    })
    let isDone = false
    while (!isDone) turns.push(spent(() => (isDone = examination.step())))
    turns.push(spent(() => accepted(examination.judge())))
  }
  const medians = ({ plain, judged }: { plain: number[]; judged: number[] }) => ({
    plain: median(plain),
    judged: median(judged),
  })
  return { batch: medians(times.batch), resync: medians(times.resync), turn: Math.max(...turns) }
}

const targets = new Targets()
const judgedAt = new Map<string, number>()
const say = (what: string, { plain, judged }: { plain: number; judged: number }, unit: 'µs' | 'ms') => {
  const shown = (ms: number) => `${(unit === 'µs' ? ms * 1_000 : ms).toFixed(1)} ${unit}`
  console.log(
    `  ${what.padEnd(34)} plain ${shown(plain).padStart(9)}   judged ${shown(judged).padStart(9)}   ratio ${(judged / plain).toFixed(2)}`,
  )
}

// What runs first would pay for making all of it fast.
for (let turn = 0; turn < 3; turn++) for (const edit of Object.values(edits(50))) single(boardOf(50), edit, 800)

for (const size of SIZES) {
  const state = boardOf(size)
  console.log(`${size} notes (${Math.round(state.length / 1024)} KiB)`)
  for (const kind of ['keystroke', 'move', 'create'] as const) {
    const room = kind === 'create' ? ROUNDS * UPDATES.create : 0
    const notes = Math.min(size, LIMITS.notesPerWorkshop - room)
    const figures = single(notes === size ? state : boardOf(notes), edits(notes)[kind], UPDATES[kind])
    say(kind, figures, 'µs')
    if (kind !== 'create')
      console.log(`    judged where nothing was known of the note yet ${(figures.first * 1_000).toFixed(1)} µs`)
    judgedAt.set(`${kind} ${size}`, figures.judged)
    const ratio = figures.judged / figures.plain
    targets.expect(
      `a ${kind} at ${size} notes`,
      `${ratio.toFixed(2)} times plain`,
      ratio <= MOST[kind],
      `at most ${MOST[kind]}`,
    )
  }
  const { batch, resync, turn } = many(state, (doc, nth) => {
    const { keystroke, move } = edits(size)
    if (nth % 2 === 0) keystroke(doc, nth, 0)
    else move(doc, nth, 0)
  })
  say(`${BATCH} edits in one update`, batch, 'ms')
  say('whole document with those', resync, 'ms')
  console.log(`  worst turn of it in parts ${turn.toFixed(1)} ms (to reach: under ${WORST_TURN})`)
  targets.expect(
    `the worst turn at ${size} notes`,
    `${turn.toFixed(1)} ms`,
    turn < WORST_TURN,
    `under ${WORST_TURN} ms`,
  )
}
const [least, most] = [SIZES[0], SIZES[SIZES.length - 1]]
for (const kind of ['keystroke', 'move', 'create'] as const) {
  const growth = (judgedAt.get(`${kind} ${most}`) ?? 0) / (judgedAt.get(`${kind} ${least}`) ?? 1)
  console.log(
    `${kind} at ${most} notes costs ${growth.toFixed(2)} times what it costs at ${least} (to reach: at most ${MOST_GROWTH})`,
  )
  targets.expect(`the growth of a ${kind}`, growth.toFixed(2), growth <= MOST_GROWTH, `at most ${MOST_GROWTH}`)
}
targets.judge()
