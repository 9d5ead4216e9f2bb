import { RHYTHM_AGENDA, withNames } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import { readDrafts } from '@quintet/shared/notebook'
import { readStage } from '@quintet/shared/stage'
import { describe, expect, test } from 'vitest'
import { handClock } from '../testing/handClock.ts'
import { codeOf, command, moveTo, step, writeDraft } from '../testing/rhythm.ts'
import { setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()
const [WRITE, SHARE] = [step('principles', 1), step('principles', 2)]

/** A workshop in Write with a facilitator at its stage and board, and two members at their notebooks. */
async function inWrite(names: 'signed' | 'anonymous' = 'signed') {
  const clock = handClock()
  const rig = await scene.start({ agenda: withNames(RHYTHM_AGENDA, names), clock })
  const stage = scene.enter('person-0', 'stage')
  const board = scene.enter('person-0')
  const books = [scene.enter('person-1', 'notebook'), scene.enter('person-2', 'notebook')] as const
  await Promise.all([stage, board, ...books].map((tab) => tab.synced()))
  const notes = () => [...readBoard(board.doc).notes.values()]
  return { rig, clock, stage, board, books, notes }
}

describe('a reveal', () => {
  test('brings every ready draft of everyone to the wall with the move, once, and marks what it became', async () => {
    const { clock, stage, books, notes } = await inWrite()
    writeDraft(books[0], 'd1')
    writeDraft(books[0], 'd2', { ready: false })
    writeDraft(books[1], 'd3')
    writeDraft(books[1], 'd4', { phase: 'ideal' })
    await Promise.all(books.map((book) => book.saved()))
    expect(codeOf(await stage.command(moveTo(WRITE, SHARE)))).toBe('ok')
    expect(readStage(stage.doc)?.at).toEqual(WRITE)
    expect(notes()).toEqual([])
    clock.forward(3_000)
    await until('the group moved', () => readStage(stage.doc)?.at.step === SHARE.step)
    await until('the notes landed', () => notes().length > 0)
    expect(
      notes()
        .map(({ text, author }) => [text, author])
        .toSorted(),
    ).toEqual([
      ['words of d1', 'person-1'],
      ['words of d3', 'person-2'],
    ])
    const reveal = readStage(stage.doc)?.reveal
    expect(reveal).toEqual({ phase: 'principles', at: notes()[0]?.at, count: 2 })
    const became = () => books.flatMap((book) => readDrafts(book.doc).flatMap((draft) => draft.became ?? []))
    await until('the drafts say what they became', () => became().length === 2)
    expect(became().toSorted()).toEqual(
      notes()
        .map(({ id }) => id as string)
        .toSorted(),
    )
  })

  test('does not happen when its countdown was stopped', async () => {
    const { clock, stage, books, notes, rig } = await inWrite()
    writeDraft(books[0], 'd1')
    await books[0].saved()
    await stage.command(moveTo(WRITE, SHARE))
    const countdown = readStage(stage.doc)?.countdown?.endsAt ?? 0
    expect(codeOf(await stage.command(command({ name: 'stop countdown', countdown })))).toBe('ok')
    clock.forward(10_000)
    expect((await rig.rooms.open(rig.workshop)).stage.at).toEqual(WRITE)
    expect(notes()).toEqual([])
  })
})
