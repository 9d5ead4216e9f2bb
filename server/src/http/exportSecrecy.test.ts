import type { Agenda, AgendaPoint } from '@quintet/shared/agenda'
import { placeDot } from '@quintet/shared/ballotEdits'
import { readBoard } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import type { NoteId, StepId } from '@quintet/shared/ids'
import { expect, test } from 'vitest'
import { newId } from '../access.ts'
import { until } from '../testing/until.ts'
import { moveOn, type Watched, type WatchedWorkshop, watchWorkshop } from '../testing/watched.ts'

const OPEN: AgendaPoint = { phase: 'principles', step: 'p-open' as StepId }
const VOTE: AgendaPoint = { phase: 'principles', step: 'p-vote' as StepId }
const WRITE: AgendaPoint = { phase: 'ideal', step: 'i-write' as StepId }
const DECIDE: AgendaPoint = { phase: 'ideal', step: 'i-decide' as StepId }

const AGENDA: Agenda = {
  phases: [
    {
      phase: 'principles',
      steps: [
        { id: OPEN.step, kind: 'open', duration: 0 },
        { id: VOTE.step, kind: 'vote', duration: 0 },
      ],
    },
    {
      phase: 'ideal',
      steps: [
        { id: WRITE.step, kind: 'write', duration: 0 },
        { id: DECIDE.step, kind: 'decide', duration: 0 },
      ],
    },
  ],
}

/** The plan as each role gets it, by cookie and by every kind of key, without the minute of the export. */
async function plans({ everyone, created, observer }: WatchedWorkshop): Promise<readonly string[]> {
  const path = `${created.path}/export/plan.md`
  const answers = await Promise.all([
    ...everyone.map(({ tap }) => tap.browser.get(path)),
    ...Object.values(created.keys).map((key) => observer.tap.browser.get(path, { authorization: `Bearer ${key}` })),
  ])
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  return answers.map(({ text }) => text.replace(/Exported: .*/, 'Exported'))
}

function dot(voter: Watched, target: NoteId): void {
  const round = voter.stage.rounds[0]
  if (!round) throw new Error('No vote is open.')
  placeDot(round.id, round.budget, target, (id) => id)(voter.notebook)
}

test('[promise 8] a plan holds nothing of drafts, ballots and the desk, whoever asks, and later what was shown', {
  timeout: 60_000,
}, async () => {
  const workshop = await watchWorkshop({ names: 'signed', members: ['Kofi', 'Ines'], agenda: AGENDA })
  const { maren, members, everyone, comeIn } = workshop
  const [kofi, ines] = members as readonly [Watched, Watched]
  const note = newId() as NoteId
  const words = { phase: 'principles', author: kofi.person, at: Date.now(), order: 'a0', under: null } as const
  addNote({ ...words, id: note, text: 'On the wall' })(kofi.board)
  await kofi.on('board').saved()
  await until('all see it', () => everyone.every(({ board }) => readBoard(board).notes.has(note)))
  await comeIn('Salma', 'member')

  await moveOn(maren, everyone, WRITE)
  await ines.writeDraft('ideal', 'A secret draft')
  const composed = ines.beginDraft('ideal')
  await ines.type({ of: 'draft', id: composed }, 'Still being typed')
  await ines.on('notebook').saved()
  await ines.command({ name: 'done', step: WRITE, done: true })
  await until('the desk knows', () => maren.stage.progress.done === 1)
  const writing = await plans(workshop)
  expect(new Set(writing)).toEqual(new Set([writing[0]]))
  expect(writing[0]).toContain('- On the wall — Kofi\n')
  expect(writing[0]).toContain('No statements yet.')
  expect(writing[0]?.split('Ines')).toHaveLength(2)

  await moveOn(maren, everyone, VOTE)
  for (const voter of [kofi, ines, ines]) dot(voter, note)
  await Promise.all([kofi, ines].map((voter) => voter.on('notebook').saved()))
  await until('the vote is counted', () => maren.stage.progress.voted === 2)
  // Not a word more than before anybody voted.
  expect(new Set(await plans(workshop))).toEqual(new Set([writing[0]]))

  await moveOn(maren, everyone, WRITE)
  await moveOn(maren, everyone, DECIDE)
  const [shown, ...others] = await plans(workshop)
  expect(new Set(others)).toEqual(new Set([shown]))
  expect(shown).toContain('2 of 5 people voted, with 5 dots each: 3 votes.\n\n- On the wall — Kofi, _3 votes_\n')
  expect(shown).toContain('- A secret draft — Ines\n')
  expect(shown).not.toContain('Still being typed')
})
