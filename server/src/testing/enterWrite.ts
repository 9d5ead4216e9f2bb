import { RHYTHM_AGENDA, withNames } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import { readStage } from '@quintet/shared/stage'
import { expect } from 'vitest'
import { handClock } from './handClock.ts'
import { codeOf, moveTo, step } from './rhythm.ts'
import type { RigSetting } from './rig.ts'
import type { Scene } from './scene.ts'
import { until } from './until.ts'

const [WRITE, SHARE] = [step('principles', 1), step('principles', 2)]

/** A workshop in Write with a facilitator at its stage and board, and two members at their notebooks. */
export async function enterWrite(
  scene: Scene,
  names: 'signed' | 'anonymous' = 'signed',
  more: Pick<RigSetting, 'write'> = {},
) {
  const clock = handClock()
  const rig = await scene.start({ agenda: withNames(RHYTHM_AGENDA, names), clock, unloadAfter: 1, ...more })
  const stage = scene.enter('person-0', 'stage')
  const board = scene.enter('person-0')
  const books = [scene.enter('person-1', 'notebook'), scene.enter('person-2', 'notebook')] as const
  await Promise.all([stage, board, ...books].map((tab) => tab.synced()))
  const notes = () => [...readBoard(board.doc).notes.values()]
  const words = () =>
    notes()
      .map(({ text }) => text)
      .toSorted()
  const at = (expected = SHARE) => until('the group moved', () => readStage(stage.doc)?.at.step === expected.step)
  const landed = (count: number) => until(`${count} notes landed`, () => notes().length === count)
  /** Moves on, through the countdown. */
  const reveal = async () => {
    expect(codeOf(await stage.command(moveTo(WRITE, SHARE)))).toBe('ok')
    clock.forward(3_000)
    await at()
  }
  return { rig, clock, stage, board, books, notes, words, at, landed, reveal }
}
