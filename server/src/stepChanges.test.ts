import { type Agenda, type AgendaPoint, agendaPoints, RHYTHM_AGENDA } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import type { CommandId, PersonId } from '@quintet/shared/ids'
import { COUNTDOWN } from '@quintet/shared/moves'
import { isSecret, readDrafts } from '@quintet/shared/notebook'
import type { DocumentName } from '@quintet/shared/protocol'
import { afterEach, expect, test } from 'vitest'
import { newId } from './access.ts'
import { type CuttableWire, layWire } from './testing/cuttableWire.ts'
import { handClock } from './testing/handClock.ts'
import { judgeBoard } from './testing/judgedBoard.ts'
import { LeanTab } from './testing/leanTab.ts'
import { OBSERVER_SEAT, type Rig, somebody, startRig } from './testing/rig.ts'
import { chanceFor } from './testing/seeded.ts'
import { SimulatedMember } from './testing/simulatedMember.ts'
import { until } from './testing/until.ts'
import { WordBook, wordsIn } from './testing/wordBook.ts'

/**
 * [promise 4] Sixty members at work while the facilitator moves on ten times, as soon as everybody has done a few things
 * in the step. A third of them sit behind a slow network, so that what they do arrives after the step is over.
 */
const MEMBERS = 60
/** Things that each member does at least in a step. */
const ACTS = 6
const MOVES = 10
/** What a slow network adds each way, ms. */
const SLOW = 250
/** How long a condition may take that sixty people have to meet, ms. */
const PATIENCE = 30_000
/** A person's hands do something this often, ms; at most. */
const PACE = { from: 40, spread: 80 }

/** The rhythm, in which the second phase is anonymous. */
const AGENDA: Agenda = {
  phases: RHYTHM_AGENDA.phases.map((entry) => ({ ...entry, anonymous: entry.phase === 'ideal' })),
}

let rig: Rig | undefined
let wire: CuttableWire | undefined
let tabs: LeanTab[] = []

afterEach(async () => {
  for (const tab of tabs) tab.leave()
  tabs = []
  await wire?.close()
  await rig?.close()
})

function open(port: number, document: DocumentName, seat: string): LeanTab {
  if (!rig) throw new Error('There is no server.')
  const tab = new LeanTab({ port, workshop: rig.workshop, document, seat })
  tabs.push(tab)
  return tab
}

/** People at work. */
interface Work {
  /** How often somebody's hands did something so far. */
  readonly acts: number
  /** Waits for a condition. @throws what went wrong in somebody's hands meanwhile. */
  until(what: string, condition: () => boolean): Promise<void>
  stop(): void
}

/** Lets everybody do things at a pace of their own until they are stopped. */
function workTogether(members: readonly SimulatedMember[], random: () => number): Work {
  const due = members.map(() => performance.now() + random() * PACE.spread)
  let error: unknown
  let acts = 0
  const timer = setInterval(() => {
    for (const [at, member] of members.entries()) {
      if (error !== undefined || performance.now() < (due[at] ?? 0)) continue
      due[at] = performance.now() + PACE.from + random() * PACE.spread
      try {
        member.act()
        acts++
      } catch (failure) {
        error = failure
      }
    }
  }, 5)
  return {
    get acts() {
      return acts
    },
    until: (what, condition) =>
      until(
        what,
        () => {
          if (error !== undefined) throw error
          const closed = tabs.find(({ closes }) => closes.length > 0)
          if (closed) throw new Error(`A socket to ${closed.document} closed with ${closed.closes}.`)
          return condition()
        },
        PATIENCE,
      ),
    stop: () => clearInterval(timer),
  }
}

/** Every word that stands on the board or, where it is still its author's alone, in a notebook. */
async function readAll({ port }: Rig, people: readonly PersonId[]): Promise<readonly string[]> {
  const board = open(port, 'board', OBSERVER_SEAT)
  const notebooks = people.map((person) => open(port, 'notebook', person))
  await Promise.all([board, ...notebooks].map((tab) => tab.synced()))
  const onBoard = [...readBoard(board.doc).notes.values()].flatMap(({ text }) => wordsIn(text))
  const firsts = new Set(onBoard.map(([first]) => first))
  const inNotebooks = notebooks.flatMap(({ doc }) =>
    readDrafts(doc)
      // Of a draft that was shared no screen shows the words: they count where it went.
      .filter(isSecret)
      // One that carries another on begins with words that are on the wall.
      .flatMap(({ text }) => wordsIn(text).filter(([first]) => !firsts.has(first))),
  )
  return [...onBoard, ...inNotebooks]
}

test('[promise 4] sixty members work through ten moves without one refusal, and no letter is lost or doubled', {
  timeout: 240_000,
}, async () => {
  const chance = chanceFor('sixty members')
  const words = new WordBook()
  // Its time stands still but where the story says so: how late an edit comes is no matter of the machine's speed.
  const clock = handClock({ goes: false })
  rig = await startRig({ people: MEMBERS + 1, agenda: AGENDA, clock })
  wire = await layWire(rig.port)
  wire.delay = SLOW
  const members = Array.from({ length: MEMBERS }, (_, at) => {
    const person = somebody(at + 1).id
    const port = at % 3 === 0 ? (wire?.port ?? 0) : (rig?.port ?? 0)
    const tab = (document: DocumentName) => open(port, document, person)
    const documents = { stage: tab('stage'), board: tab('board'), notebook: tab('notebook') }
    return new SimulatedMember({ person, index: at, chance, words }, documents)
  })
  const facilitator = open(rig.port, 'stage', somebody(0).id)
  await Promise.all(tabs.map((tab) => tab.synced()))
  const room = await rig.rooms.open(rig.workshop)
  const judged = judgeBoard(await room.read(({ board }) => board), () => room.stage, clock.now)

  const atWork = workTogether(members, chance.next)
  const points = agendaPoints(AGENDA)
  for (const [at, from] of points.slice(0, MOVES).entries()) {
    const to = points[at + 1] as AgendaPoint
    await atWork.until(`everybody did something in ${from.step}`, () =>
      members.every((each) => each.hasWorkedIn(from.step, ACTS)),
    )
    const id = newId() as CommandId
    facilitator.send({ id, name: 'move', from, to })
    await atWork.until('the facilitator has an answer', () => facilitator.replies.has(id))
    expect(facilitator.replies.get(id)).toEqual({ id, ok: true })
    // Most of them work on while it counts down.
    const { acts } = atWork
    await atWork.until('it counted down', () => room.stage.countdown === null || atWork.acts > acts + MEMBERS)
    if (room.stage.countdown) clock.forward(COUNTDOWN)
    await atWork.until(`the group is in ${to.step}`, () => room.stage.at.step === to.step)
  }
  await atWork.until('everybody is in the last step', () =>
    members.every((each) => each.hasWorkedIn(points[MOVES]?.step ?? '', ACTS)),
  )
  atWork.stop()
  await atWork.until('everything is saved, answered and carried on', () => {
    for (const member of members) member.carryOn()
    return members.every(({ isQuiet }) => isQuiet)
  })

  expect(tabs.flatMap(({ refusals }) => refusals)).toEqual([])
  expect(tabs.flatMap(({ closes }) => closes)).toEqual([])
  expect(members.flatMap(({ replies }) => replies).filter((reply) => reply?.ok !== true)).toEqual([])
  // Every edit of the board would pass the guard: as the stage stood, or because the step had just ended.
  expect(judged.refused).toEqual([])
  expect(judged.allowed).toBeGreaterThan(MEMBERS * ACTS)
  expect(judged.late).toBeGreaterThan(0)

  // As it is on disk, to a newcomer.
  for (const tab of tabs) tab.leave()
  await rig.restart()
  const found = await readAll(
    rig,
    members.map(({ person }) => person),
  )
  const typed = words.words.map((word) => word.typed)
  expect(typed.length).toBeGreaterThan(MEMBERS * 10)
  expect(found.toSorted()).toEqual(typed.toSorted())
})
