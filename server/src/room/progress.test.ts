import { RHYTHM_AGENDA, withNames } from '@quintet/shared/agenda'
import { readyDraft } from '@quintet/shared/draftEdits'
import type { NoteId } from '@quintet/shared/ids'
import { NO_PROGRESS, readStage } from '@quintet/shared/stage'
import { describe, expect, test } from 'vitest'
import { handClock } from '../testing/handClock.ts'
import { codeOf, command, moveTo, step, writeDraft } from '../testing/rhythm.ts'
import { setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()
const [WRITE, SHARE] = [step('principles', 1), step('principles', 2)]

async function inWrite(names: 'signed' | 'anonymous' = 'anonymous') {
  const clock = handClock()
  const rig = await scene.start({ agenda: withNames(RHYTHM_AGENDA, names), people: 4, clock })
  const stage = scene.enter('person-0', 'stage')
  const [one, two] = [scene.enter('person-1', 'notebook'), scene.enter('person-2', 'notebook')]
  await Promise.all([stage, one, two].map((tab) => tab.synced()))
  const shows = (progress: object) => {
    const expected = JSON.stringify({ ...NO_PROGRESS, ...progress })
    return until(`it says ${expected}`, () => JSON.stringify(readStage(stage.doc)?.progress) === expected)
  }
  const done = async (seat: string, isDone: boolean) => {
    const tab = scene.enter(seat, 'stage')
    await tab.synced()
    expect(codeOf(await tab.command(command({ name: 'done', step: WRITE, done: isDone })))).toBe('ok')
    tab.leave()
  }
  return { rig, clock, stage, one, two, shows, done }
}

describe('progress', () => {
  test('counts who writes and who types', async () => {
    const { one, two, shows } = await inWrite()
    writeDraft(one, 'd1')
    await shows({ writing: 1 })
    writeDraft(two, 'd2', { ready: false })
    await shows({ writing: 2, typing: 1 })
    readyDraft('d2' as NoteId, true)(two.doc)
    await shows({ writing: 2 })
  })

  test('counts who is done with this step; facilitators alone see who, where notes are signed', async () => {
    const { one, shows, done } = await inWrite('signed')
    writeDraft(one, 'd1')
    await one.saved()
    await done('person-1', true)
    await shows({ writing: 1, done: 1 })
    const desk = scene.enter('person-0', 'desk')
    await desk.synced()
    expect(desk.doc.getMap('done').toJSON()).toEqual({ 'person-1': WRITE.step })
    await done('person-1', false)
    await shows({ writing: 1 })
    await until('the name is gone', () => desk.doc.getMap('done').size === 0)
  })

  test('tells by nobody who says that they are done whether they have drafts', async () => {
    const { one, shows, done } = await inWrite('anonymous')
    const desk = scene.enter('person-0', 'desk')
    await desk.synced()
    writeDraft(one, 'd1')
    await one.saved()
    await shows({ writing: 1 })
    // Whoever has drafts and whoever has none: the same number changes by one.
    await done('person-1', true)
    await shows({ writing: 1, done: 1 })
    await done('person-2', true)
    await shows({ writing: 1, done: 2 })
    await done('person-1', false)
    await shows({ writing: 1, done: 1 })
    const again = scene.enter('person-0', 'desk')
    await again.synced()
    for (const { doc } of [desk, again]) expect(doc.getMap('done').toJSON()).toEqual({})
  })

  test.each(['signed', 'anonymous'] as const)('begins anew with a %s step that is entered again', async (names) => {
    const { stage, shows, done, clock, rig } = await inWrite(names)
    await done('person-1', true)
    await shows({ done: 1 })
    const desk = scene.enter('person-0', 'desk')
    await desk.synced()
    expect(desk.doc.getMap('done').size).toBe(names === 'signed' ? 1 : 0)
    await stage.command(moveTo(WRITE, SHARE))
    clock.forward(3_000)
    await until('the group moved', () => readStage(stage.doc)?.at.step === SHARE.step)
    expect((await rig.rooms.open(rig.workshop)).stage.progress).toEqual(NO_PROGRESS)
    // Too late to take the move back: this is another round of writing.
    clock.forward(10_001)
    await stage.command(moveTo(SHARE, WRITE))
    await until('the names are forgotten', () => desk.doc.getMap('done').size === 0)
    await done('person-2', true)
    await shows({ done: 1 })
  })

  test('stays as it was when a move is taken back', async () => {
    const { stage, one, shows, done, clock } = await inWrite()
    await done('person-1', true)
    await shows({ done: 1 })
    await stage.command(moveTo(WRITE, SHARE))
    clock.forward(3_000)
    await until('the group moved', () => readStage(stage.doc)?.at.step === SHARE.step)
    await stage.command(moveTo(SHARE, WRITE))
    await shows({ done: 1 })
    writeDraft(one, 'd1', { ready: false })
    await shows({ writing: 1, done: 1, typing: 1 })
  })

  test('is written when a number changes, and not when letters come', async () => {
    const { rig, stage, one, two, shows } = await inWrite()
    writeDraft(one, 'd1', { ready: false })
    await shows({ writing: 1, typing: 1 })
    const before = rig.store.appends.length
    for (let letter = 0; letter < 40; letter++) {
      const text = one.doc.getMap<import('yjs').Map<unknown>>('drafts').get('d1')?.get('text') as import('yjs').Text
      text.insert(0, 'x')
      await one.saved()
    }
    writeDraft(two, 'd2')
    await shows({ writing: 2, typing: 1 })
    const written = rig.store.appends
      .slice(before)
      .filter(({ updates }) => updates.some(({ document }) => document === 'stage'))
    expect(written).toHaveLength(1)
    expect(readStage(stage.doc)?.at).toEqual(WRITE)
  })

  test('is right again after a restart, without saying less in between', async () => {
    const { rig, stage, one, two, shows } = await inWrite()
    writeDraft(one, 'd1')
    writeDraft(two, 'd2')
    await shows({ writing: 2 })
    one.leave()
    two.leave()
    const said: unknown[] = []
    stage.doc.on('update', () => said.push(readStage(stage.doc)?.progress))
    await rig.restart()
    const three = scene.enter('person-3', 'notebook')
    await three.synced()
    writeDraft(three, 'd3')
    await shows({ writing: 3 })
    expect(said).toEqual([{ ...NO_PROGRESS, writing: 3 }])
  })
})
