import { RHYTHM_AGENDA, withNames } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import type { PersonId } from '@quintet/shared/ids'
import { readStage } from '@quintet/shared/stage'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import type { DocumentKey } from '../store/store.ts'
import { StoreFailed } from '../store/store.ts'
import { handClock } from '../testing/handClock.ts'
import { codeOf, moveTo, step, writeDraft } from '../testing/rhythm.ts'
import { somebody } from '../testing/rig.ts'
import { setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()
const [WRITE, SHARE, GROUP] = [step('principles', 1), step('principles', 2), step('principles', 3)]
const bookOf = (index: number): DocumentKey => `notebook:${`person-${index}` as PersonId}`

async function inWrite(names: 'signed' | 'anonymous' = 'signed') {
  const clock = handClock()
  const lines: string[] = []
  const log = pino({ base: null }, { write: (line) => void lines.push(line) })
  const rig = await scene.start({ agenda: withNames(RHYTHM_AGENDA, names), clock, unloadAfter: 1, log })
  const stage = scene.enter('person-0', 'stage')
  await stage.synced()
  const room = () => rig.rooms.open(rig.workshop)
  const at = () => readStage(stage.doc)?.at
  const go = async (to: typeof WRITE) => {
    expect(codeOf(await stage.command(moveTo(at() ?? WRITE, to)))).toBe('ok')
    clock.forward(3_000)
    await until('the group moved', () => at()?.step === to.step)
  }
  return { rig, clock, stage, room, at, go, lines }
}

describe('the notebooks of everyone', () => {
  test('are in memory while a step takes something out of them, newcomers’ too, and are let go after it', async () => {
    const { rig, room, go } = await inWrite()
    const opened = await room()
    for (const index of [0, 1, 2]) await until(`notebook ${index} is there`, () => opened.isLoaded(bookOf(index)))
    await opened.join(somebody(3), {})
    await until('the newcomer’s is there', () => opened.isLoaded(bookOf(3)))
    const open = scene.enter('person-1', 'notebook')
    await open.synced()
    await go(SHARE)
    expect(opened.isLoaded(bookOf(2))).toBe(true)
    await go(GROUP)
    await until('they are let go', () => [0, 2, 3].every((index) => !opened.isLoaded(bookOf(index))))
    expect(opened.isLoaded(bookOf(1))).toBe(true)
    expect(rig.rooms.loaded).toEqual([rig.workshop])
  })

  test('do not keep a room that nobody is in, and are there again when somebody comes', async () => {
    const { rig, stage, room } = await inWrite()
    const book = scene.enter('person-1', 'notebook')
    await book.synced()
    writeDraft(book, 'd1')
    await book.saved()
    book.leave()
    stage.leave()
    await until('the room is let go', () => rig.rooms.loaded.length === 0)
    await scene.enter('person-2', 'stage').synced()
    const again = await room()
    for (const index of [0, 1, 2]) await until(`notebook ${index} is there`, () => again.isLoaded(bookOf(index)))
  })
})

describe('a notebook that cannot be read', () => {
  const inNotebooks = (key: DocumentKey) => key.startsWith('notebook')

  test('[promise 6] holds up the reveal, which says so, and which loses nothing by it', async () => {
    const { rig, stage, room, go, at } = await inWrite()
    const [book, board] = [scene.enter('person-1', 'notebook'), scene.enter('person-0')]
    await Promise.all([book.synced(), board.synced()])
    writeDraft(book, 'd1')
    await book.saved()
    book.leave()
    await go(SHARE)
    await go(GROUP)
    const opened = await room()
    await until('it is let go', () => !opened.isLoaded(bookOf(1)))
    rig.store.failLoads(new StoreFailed('The disk is going.'), inNotebooks)
    expect(codeOf(await stage.command(moveTo(GROUP, WRITE)))).toBe('ok')
    const reply = await stage.command(moveTo(WRITE, SHARE))
    expect(reply).toMatchObject({ ok: false, code: 'invalid' })
    expect(reply.ok ? '' : reply.message).toMatch(/could not be read.*nothing is lost: try again/)
    rig.store.failLoads(null)
    await until('the group is back', () => at()?.step === WRITE.step)
    await go(SHARE)
    await until('the draft is there', () => readBoard(board.doc).notes.size === 1)
  })

  test('is tried again by itself', async () => {
    const { rig, stage, room, at, go } = await inWrite()
    await go(SHARE)
    await go(GROUP)
    const opened = await room()
    await until('it is let go', () => !opened.isLoaded(bookOf(1)))
    rig.store.failLoads(new StoreFailed('The disk is going.'), inNotebooks)
    const before = rig.store.loads.length
    expect(codeOf(await stage.command(moveTo(GROUP, SHARE)))).toBe('ok')
    await until('the group is back', () => at()?.step === SHARE.step)
    await until('all were tried', () => rig.store.loads.length >= before + 3)
    expect(opened.isLoaded(bookOf(1))).toBe(false)
    rig.store.failLoads(null)
    await until('it is there', () => opened.isLoaded(bookOf(1)))
  })

  test('holds up no move that takes nothing, and is named in the log', async () => {
    const { rig, stage, room, at, go, lines } = await inWrite('anonymous')
    await go(SHARE)
    const opened = await room()
    rig.store.failLoads(new StoreFailed('The disk is going.'), (key) => key === bookOf(3))
    await opened.join(somebody(3), {})
    await until('the log says which', () => lines.some((line) => line.includes(`"document":"${bookOf(3)}"`)))
    const named = lines.filter((line) => line.includes('person-')).map((line) => JSON.parse(line) as object)
    for (const line of named) expect(line).toMatchObject({ level: 50, document: bookOf(3) })
    // Forward late drafts land, and one of them may be in there.
    expect(await stage.command(moveTo(SHARE, GROUP))).toMatchObject({ ok: false, code: 'invalid' })
    expect(codeOf(await stage.command(moveTo(SHARE, WRITE)))).toBe('ok')
    await until('the group is back', () => at()?.step === WRITE.step)
  })

  test('gives up a countdown that is under way', async () => {
    const { rig, clock, stage, room, at, go } = await inWrite()
    const opened = await room()
    for (const index of [0, 1, 2]) await until(`notebook ${index} is there`, () => opened.isLoaded(bookOf(index)))
    expect(codeOf(await stage.command(moveTo(WRITE, SHARE)))).toBe('ok')
    rig.store.failLoads(new StoreFailed('The disk is going.'), inNotebooks)
    await opened.join(somebody(3), {})
    clock.forward(3_000)
    await until('it is given up', () => readStage(stage.doc)?.countdown === null)
    expect(at()).toEqual(WRITE)
    rig.store.failLoads(null)
    await go(SHARE)
  })
})
