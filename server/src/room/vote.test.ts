import type { Agenda } from '@quintet/shared/agenda'
import { placeDot, takeDotBack } from '@quintet/shared/ballotEdits'
import type { OutcomeId } from '@quintet/shared/board'
import { addNote, removeNote } from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId, RoundId, StepId } from '@quintet/shared/ids'
import { ballots } from '@quintet/shared/notebook'
import { readStage } from '@quintet/shared/stage'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { handClock } from '../testing/handClock.ts'
import type { Participant } from '../testing/participant.ts'
import { codeOf, command, moveTo, step } from '../testing/rhythm.ts'
import { setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()
const [SHARE, VOTE, DECIDE] = [step('principles', 1), step('principles', 2), step('principles', 3)]
const AGENDA: Agenda = {
  phases: [
    {
      phase: 'principles',
      steps: [
        { id: SHARE.step, kind: 'share', duration: 0 },
        { id: VOTE.step, kind: 'vote', duration: 0, budget: 3 },
        { id: DECIDE.step, kind: 'decide', duration: 0 },
      ],
    },
    { phase: 'gaps', steps: [{ id: 'gaps-1' as StepId, kind: 'open', duration: 0 }] },
  ],
}

const note = (id: string, phase: 'principles' | 'gaps' = 'principles') =>
  addNote({ id: id as NoteId, phase, author: null, at: 1, text: id, order: 'a0', under: null })

/** A wall of two loose notes and a group of two; a note of another phase; one that was removed. */
function wall(board: Y.Doc) {
  for (const id of ['n1', 'n2', 'n3', 'n4', 'gone']) note(id)(board)
  note('elsewhere', 'gaps')(board)
  const group = { id: 'g1' as GroupId, phase: 'principles', name: 'Group', order: 'a1' } as const
  groupNotes(group, [
    ['n3' as NoteId, 'a0'],
    ['n4' as NoteId, 'a1'],
  ])(board)
  const gone = board.getMap<Y.Map<unknown>>('notes').get('gone')
  gone?.set('removed', true)
}

const everyDotStands = (id: OutcomeId) => id

/** A vote that has just been opened, with three members' notebooks. */
async function inVote() {
  const clock = handClock()
  const rig = await scene.start({ agenda: AGENDA, clock, people: 4, write: wall, unloadAfter: 1 })
  const stage = scene.enter('person-0', 'stage')
  const books = [1, 2, 3].map((index) => scene.enter(`person-${index}`, 'notebook'))
  await Promise.all([stage, ...books].map((tab) => tab.synced()))
  const view = () => {
    const read = readStage(stage.doc)
    if (!read) throw new Error('The stage is empty.')
    return read
  }
  const go = async (to: typeof VOTE) => {
    expect(codeOf(await stage.command(moveTo(view().at, to)))).toBe('ok')
    clock.forward(3_000)
    await until('the group moved', () => view().at.step === to.step)
  }
  await go(VOTE)
  const round = () => view().rounds.at(-1)
  const dots = async (index: number, ...targets: readonly string[]) => {
    const book = books[index - 1]
    const id = round()?.id
    if (!book || !id) throw new Error('There are three members and a round.')
    for (const target of targets) placeDot(id, 3, target as OutcomeId, everyDotStands)(book.doc)
    await book.saved()
  }
  return { rig, stage, books, view, go, round, dots, clock }
}

describe('the close of a vote', () => {
  test('counts the ballots of everyone, here or not, and publishes totals alone', async () => {
    const { stage, go, round, dots, books, rig } = await inVote()
    await dots(1, 'n1', 'n1', 'n3')
    await dots(2, 'n1', 'g1')
    await dots(3, 'gone', 'elsewhere', 'nowhere')
    books[1]?.leave()
    await rig.restart()
    await stage.back()
    await go(DECIDE)
    expect(round()).toMatchObject({
      state: 'closed',
      tally: { totals: { n1: 3, g1: 2 }, dots: 5, voted: 2, people: 4 },
    })
    expect(JSON.stringify(round())).not.toContain('person')
  })

  test('counts no dot past the budget, wherever a notebook holds it', async () => {
    const { go, round, dots, books } = await inVote()
    await dots(1, 'n1', 'n1', 'n1', 'n1')
    const ballot = ballots(books[0]?.doc ?? new Y.Doc()).get(round()?.id ?? '')
    for (const slot of ['3', '19']) ballot?.set(slot, 'n2')
    await books[0]?.saved()
    await go(DECIDE)
    expect(round()?.tally?.totals).toEqual({ n1: 3 })
  })

  test('leaves out the ballots of people who were removed', async () => {
    const { stage, go, round, dots } = await inVote()
    await dots(1, 'n1')
    await dots(2, 'n2')
    await stage.command(command({ name: 'remove person', person: 'person-2' as PersonId }))
    await go(DECIDE)
    expect(round()?.tally).toEqual({ totals: { n1: 1 }, dots: 1, voted: 1, people: 3 })
  })

  test('does not happen by going back, and the ballots wait', async () => {
    const { stage, go, round, dots, view } = await inVote()
    await dots(1, 'n1')
    await stage.command(moveTo(VOTE, SHARE))
    await until('the group is back', () => view().at.step === SHARE.step)
    expect(round()?.state).toBe('open')
    const opened = round()?.id
    await go(VOTE)
    expect(round()?.id).toBe(opened)
    await go(DECIDE)
    expect(round()?.tally?.totals).toEqual({ n1: 1 })
  })
})

describe('while votes are placed', () => {
  test('there is a round to place them in, also where a workshop begins with a vote', async () => {
    const [phase] = AGENDA.phases
    const steps = phase?.steps.filter(({ kind }) => kind === 'vote') ?? []
    const { rooms, workshop } = await scene.start({ agenda: { phases: [{ phase: 'principles', steps }] } })
    const { stage } = await rooms.open(workshop)
    expect(stage.rounds).toMatchObject([{ ...VOTE, state: 'open', budget: 3, tally: null }])
  })

  test('everyone is told how many have voted, and no change of the board tells on what', async () => {
    const { dots, view, books, rig } = await inVote()
    const voted = (count: number) => until(`${count} have voted`, () => view().progress.voted === count)
    await dots(1, 'n1')
    await dots(2, 'g1', 'n2')
    await voted(2)
    // A facilitator who takes things off the wall one by one would read the ballots off the count.
    const facilitator = scene.enter('person-0')
    await facilitator.synced()
    for (const id of ['n1', 'n2', 'n3', 'n4']) removeNote(id as NoteId)(facilitator.doc)
    await facilitator.saved()
    await dots(3, 'gone')
    await voted(3)
    expect((await rig.rooms.open(rig.workshop)).stage.progress.voted).toBe(3)
    await dots(1, 'n1')
    takeDotBack(view().rounds[0]?.id as RoundId, 3, 'n1' as OutcomeId, everyDotStands)(books[0]?.doc ?? new Y.Doc())
    await books[0]?.saved()
    await voted(3)
    takeDotBack(view().rounds[0]?.id as RoundId, 3, 'n1' as OutcomeId, everyDotStands)(books[0]?.doc ?? new Y.Doc())
    await voted(2)
    expect(view().progress).toEqual({ writing: 0, typing: 0, done: 0, voted: 2 })
  })
})

describe('a vote that goes on', () => {
  test('keeps its ballots when it is opened again, and says that totals were seen', async () => {
    const { stage, go, round, dots, view, books } = await inVote()
    await dots(1, 'n1', 'n2')
    await go(DECIDE)
    const first = round()
    await stage.command(command({ name: 'reopen vote', from: DECIDE, round: first?.id as RoundId }))
    await until('the group is back in the vote', () => view().at.step === VOTE.step)
    expect(round()).toMatchObject({ id: first?.id, state: 'open', tally: first?.tally })
    takeDotBack(first?.id as RoundId, 3, 'n2' as OutcomeId, everyDotStands)(books[0]?.doc ?? new Y.Doc())
    await dots(2, 'n1')
    await (books[0] as Participant).saved()
    await go(DECIDE)
    expect(round()?.tally?.totals).toEqual({ n1: 2 })
    expect(view().rounds).toHaveLength(1)
  })

  test('[promise 8] is never counted without somebody whom it was counted with: the difference would be their ballot', async () => {
    const { stage, go, round, dots, view } = await inVote()
    await dots(1, 'n1')
    await dots(2, 'n2', 'n2', 'n3')
    await go(DECIDE)
    const first = round()
    const reopen = () => stage.command(command({ name: 'reopen vote', from: DECIDE, round: first?.id as RoundId }))
    const remove = (person: string) => stage.command(command({ name: 'remove person', person: person as PersonId }))
    expect(codeOf(await reopen())).toBe('ok')
    await until('the group is back in the vote', () => view().at.step === VOTE.step)
    expect(codeOf(await remove('person-2'))).toBe('ok')
    await go(DECIDE)
    expect(round()?.tally).toEqual(first?.tally)
    expect(codeOf(await reopen())).toBe('invalid')
    expect(round()?.state).toBe('closed')
    await stage.command(command({ name: 'vote again', from: DECIDE, step: VOTE }))
    await until('the group votes again', () => view().at.step === VOTE.step && view().rounds.length === 2)
    await dots(1, 'n3')
    await go(DECIDE)
    expect(round()?.tally).toEqual({ totals: { g1: 1 }, dots: 1, voted: 1, people: 3 })
  })

  test('begins anew with another round, and both stay in the history', async () => {
    const { stage, go, round, dots, view } = await inVote()
    await dots(1, 'n1')
    await go(DECIDE)
    await stage.command(command({ name: 'vote again', from: DECIDE, step: VOTE }))
    await until('the group is back in the vote', () => view().at.step === VOTE.step)
    expect(round()).toMatchObject({ state: 'open', tally: null })
    await dots(1, 'n2')
    await go(DECIDE)
    expect(view().rounds.map(({ tally }) => tally?.totals)).toEqual([{ n1: 1 }, { n2: 1 }])
  })
})
