import { OPEN_AGENDA, RHYTHM_AGENDA } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import { targetText } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { GRACE } from '@quintet/shared/moves'
import { readDrafts } from '@quintet/shared/notebook'
import { readStage } from '@quintet/shared/stage'
import { expect, test } from 'vitest'
import { handClock } from '../testing/handClock.ts'
import type { Participant } from '../testing/participant.ts'
import { codeOf, command, moveTo, step, writeDraft } from '../testing/rhythm.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

/** [P3][P11] A lock in a running room: what it holds back, from when on, and what it does not. */
const scene = setScene()
const N1 = 'n1' as NoteId

const lock = (stage: Participant, locked: boolean) =>
  stage.command(command({ name: 'lock phase', phase: 'principles', locked })).then(codeOf)
const type = ({ doc }: Participant, words: string) => targetText(doc, { of: 'note', id: N1 })?.insert(0, words)
const wordsIn = ({ doc }: Participant) => readBoard(doc).notes.get(N1)?.text

async function enter(seat: string, document: 'stage' | 'board' | 'notebook'): Promise<Participant> {
  const tab = scene.enter(seat, document)
  await tab.synced()
  return tab
}

test('a lock holds edits back three seconds later, facilitators’ too, until it is opened again', async () => {
  const clock = handClock({ goes: false })
  const rig = await scene.start({ clock, agenda: OPEN_AGENDA, write: (board) => void note(N1)(board) })
  const maren = await enter('person-0', 'stage')
  const kofi = await enter('person-1', 'board')
  expect(await lock(maren, true)).toBe('ok')
  expect(readStage(maren.doc)?.locks).toEqual({ principles: { by: 'person-0', at: clock.now() } })

  clock.forward(GRACE)
  type(kofi, 'On their way. ')
  await kofi.saved()
  clock.forward(1)
  type(kofi, 'Too late. ')
  await until('it is refused', () => kofi.refusals.length > 0)
  expect(kofi.refusals).toMatchObject([
    { code: 'forbidden', message: expect.stringContaining('Principles is locked.') },
  ])

  // As it is on disk it is locked after a restart too, for facilitators as for members.
  await rig.restart()
  for (const seat of ['person-0', 'person-2']) {
    const tab = await enter(seat, 'board')
    expect(wordsIn(tab)).toBe('On their way. n1')
    type(tab, 'Too late. ')
    await until('it is refused', () => tab.refusals.length > 0)
  }
  await maren.back()
  expect(await lock(maren, false)).toBe('ok')
  const again = await enter('person-1', 'board')
  type(again, 'Open again. ')
  await again.saved()
  expect(again.refusals).toEqual([])
})

test('a lock holds back no draft, and none that the group’s moving on shows', async () => {
  const clock = handClock({ goes: false })
  await scene.start({ clock, agenda: RHYTHM_AGENDA })
  const maren = await enter('person-0', 'stage')
  const board = await enter('person-0', 'board')
  const kofi = await enter('person-1', 'notebook')
  await lock(maren, true)
  clock.forward(GRACE + 1)
  writeDraft(kofi, 'd1')
  await kofi.saved()
  expect(kofi.refusals).toEqual([])
  expect(codeOf(await maren.command(moveTo(step('principles', 1), step('principles', 2))))).toBe('ok')
  clock.forward(3_000)
  await until('it is on the wall', () =>
    [...readBoard(board.doc).notes.values()].some(({ text }) => text === 'words of d1'),
  )
  // A late one is shared by nobody but stays: its author can ask to add it.
  writeDraft(kofi, 'd2')
  await kofi.saved()
  const own = await enter('person-1', 'stage')
  const share = await own.command(command({ name: 'share draft', draft: 'd2' as NoteId }))
  expect(share).toMatchObject({ ok: false, message: expect.stringMatching(/locked.* It stays yours alone\.$/) })
  expect(readDrafts(kofi.doc).find(({ id }) => id === 'd2')).toMatchObject({ became: null, removed: false })
})
