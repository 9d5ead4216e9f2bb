import type { Agenda } from '@quintet/shared/agenda'
import { placeDot, takeDotBack } from '@quintet/shared/ballotEdits'
import { readBoard } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import { sourceOf, standsAs } from '@quintet/shared/groups'
import type { NoteId, StepId } from '@quintet/shared/ids'
import { SCHEMAS } from '@quintet/shared/schema'
import type { Round } from '@quintet/shared/stage'
import { expect, test } from 'vitest'
import { newId } from './access.ts'
import { idsIn } from './testing/secretScript.ts'
import { until } from './testing/until.ts'
import { forgeSeat, moveOn, type Watched, watchWorkshop } from './testing/watched.ts'

/**
 * [promise 8] Ballots, proved in the running server: between the opening of a vote and its close no byte that anybody
 * else can obtain says what a dot stands on; after it there are totals, and nothing of whose they are.
 */
const OPEN = { phase: 'principles', step: 'p-open' as StepId } as const
const VOTE = { phase: 'principles', step: 'p-vote' as StepId } as const
const DECIDE = { phase: 'principles', step: 'p-decide' as StepId } as const
const BUDGET = 3

const AGENDA: Agenda = {
  phases: [
    {
      phase: 'principles',
      steps: [
        { id: OPEN.step, kind: 'open', duration: 60_000 },
        { id: VOTE.step, kind: 'vote', duration: 60_000, budget: BUDGET },
        { id: DECIDE.step, kind: 'decide', duration: 60_000 },
      ],
    },
  ],
}

function roundOf({ stage }: Watched): Round {
  const [round] = stage.rounds
  if (!round) throw new Error('There is no vote yet.')
  return round
}

/** Votes as the board of a phone does: on what stands. */
async function vote(voter: Watched, place: readonly NoteId[], takeBack: readonly NoteId[] = []): Promise<void> {
  const standing = (id: Parameters<typeof standsAs>[0]) => standsAs(id, sourceOf(readBoard(voter.board)))?.id
  for (const target of place) placeDot(roundOf(voter).id, BUDGET, target, standing)(voter.notebook)
  for (const target of takeBack) takeDotBack(roundOf(voter).id, BUDGET, target, standing)(voter.notebook)
  await voter.on('notebook').saved()
}

/** A document as JSON, with every root in which something stands. */
const jsonOf = (doc: Watched['board']) => {
  const roots = [...doc.share.keys()].toSorted().map((root) => [root, doc.getMap(root).toJSON()] as const)
  return JSON.stringify(roots.filter(([, values]) => Object.keys(values).length > 0))
}

test('[promise 8] ballots are in nothing that anybody else can obtain, before the close and after it', {
  timeout: 120_000,
}, async () => {
  const workshop = await watchWorkshop({ names: 'signed', members: ['Kofi', 'Ines', 'Yuki'], agenda: AGENDA })
  const { maren, tomasz, members, observer, everyone, created, quintet } = workshop
  const [kofi, ines, yuki] = members as readonly [Watched, Watched, Watched]
  const targets = Array.from({ length: 4 }, () => newId() as NoteId)
  const [a, b, c, d] = targets as [NoteId, NoteId, NoteId, NoteId]
  for (const id of targets)
    addNote({
      id,
      phase: 'principles',
      author: maren.person,
      at: Date.now(),
      text: 'On the wall',
      order: 'a0',
      under: null,
    })(maren.board)
  await maren.on('board').saved()
  await until('all see the wall', () => everyone.every(({ board }) => readBoard(board).notes.size === targets.length))
  await moveOn(maren, everyone, VOTE)
  await until('the vote is open', () => everyone.every(({ stage }) => stage.rounds[0]?.state === 'open'))

  // Without the minute of the export, which may end in between.
  const exportOf = async ({ tap }: Watched) =>
    (await tap.browser.get(`${created.path}/export/plan.md`)).text.replace(/Exported: .*/, '')
  const exported = await Promise.all(everyone.map(exportOf))
  const wall = jsonOf(observer.board)
  const marks = new Map(everyone.map((each) => [each, each.tap.mark]))

  await vote(kofi, [a, a, b])
  await vote(ines, [a, c, c], [c])
  await vote(yuki, [d, d, d], [d, d, d])
  await vote(yuki, [b])
  await vote(tomasz, [c, c, c])
  await vote(maren, [b, b])
  await until('everybody knows how many voted', () => everyone.every(({ stage }) => stage.progress.voted === 5))
  for (const voter of [kofi, maren]) await forgeSeat(workshop, voter)

  const heardSince = (each: Watched) => each.tap.heard(marks.get(each))
  // Everybody hears of their own dots alone, which shows that the search finds them.
  const own = new Map([
    [kofi, [a, b]],
    [ines, [a, c]],
    [yuki, [b, d]],
    [tomasz, [c]],
    [maren, [b]],
  ])
  for (const each of everyone)
    expect([each.name, idsIn(heardSince(each), targets)]).toEqual([each.name, own.get(each) ?? []])
  expect(idsIn(Buffer.from(quintet.logged()), targets)).toEqual([])
  expect(await Promise.all(everyone.map(exportOf))).toEqual(exported)

  // Who comes late or again gets the wall as it was, and no document that knows of a dot.
  const late = await workshop.comeIn('Salma', 'member')
  await observer.reload()
  await tomasz.reload()
  for (const each of [late, observer, tomasz]) {
    expect(jsonOf(each.board)).toBe(wall)
    expect(idsIn(Buffer.from(jsonOf(each.on('stage').doc)), targets)).toEqual([])
    expect(roundOf(each)).toEqual({ ...roundOf(maren), state: 'open', closedAt: null, tally: null })
  }

  // Facilitators read on the desk who is done, and no more than that.
  expect(await yuki.command({ name: 'done', step: VOTE, done: true })).toMatchObject({ ok: true })
  const desk = JSON.stringify([
    ['about', { schema: SCHEMAS.desk }],
    ['done', { [yuki.person]: VOTE.step }],
  ])
  await until('the desk knows', () => [maren, tomasz].every((each) => jsonOf(each.on('desk').doc) === desk))

  // Somebody who is removed takes their ballot with them.
  expect(await maren.command({ name: 'remove person', person: yuki.person })).toMatchObject({ ok: true })
  const staying = everyone.filter((each) => each !== yuki)
  await moveOn(maren, staying, DECIDE)
  await until('the totals are there', () => staying.every((each) => roundOf(each).state === 'closed'))
  for (const each of staying) {
    expect(roundOf(each)).toEqual({
      id: roundOf(maren).id,
      phase: 'principles',
      step: VOTE.step,
      state: 'closed',
      budget: BUDGET,
      openedAt: expect.any(Number),
      closedAt: expect.any(Number),
      tally: { totals: { [a]: 3, [b]: 3, [c]: 4 }, dots: 10, voted: 4, people: 5 },
    })
    // Totals alone: outside of the list of people nothing in the stage names one.
    const { rounds, marks: kept, left, timer, progress, reveal, countdown } = each.stage
    const rest = JSON.stringify([rounds, [...kept], left, timer, progress, reveal, countdown])
    expect(
      idsIn(
        Buffer.from(rest),
        everyone.map(({ seat }) => seat),
      ),
    ).toEqual([])
    expect(jsonOf(each.board)).toBe(wall)
    if (each === maren || each === tomasz) expect(jsonOf(each.on('desk').doc)).toBe(desk)
  }
  for (const voter of [kofi, ines]) await forgeSeat(workshop, voter)
})
