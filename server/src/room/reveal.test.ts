import { readBoard } from '@quintet/shared/board'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { readDrafts } from '@quintet/shared/notebook'
import { readStage } from '@quintet/shared/stage'
import { describe, expect, test } from 'vitest'
import { StoreFailed } from '../store/store.ts'
import { enterWrite } from '../testing/enterWrite.ts'
import { codeOf, command, moveTo, step, writeDraft } from '../testing/rhythm.ts'
import { somebody } from '../testing/rig.ts'
import { setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()
const [WRITE, SHARE] = [step('principles', 1), step('principles', 2)]
const MAREN = { person: 'person-0' as PersonId, role: 'facilitator' } as const
const inWrite = (names?: 'signed' | 'anonymous') => enterWrite(scene, names)

describe('a reveal', () => {
  test('brings every ready draft of everyone to the wall with the move, in one piece, and marks what it became', async () => {
    const { rig, clock, stage, books, notes, at, landed } = await inWrite()
    writeDraft(books[0], 'd1')
    writeDraft(books[0], 'd2', { ready: false })
    writeDraft(books[1], 'd3')
    writeDraft(books[1], 'd4', { phase: 'ideal' })
    await Promise.all(books.map((book) => book.saved()))
    books[1].leave()
    const before = rig.store.appends.length
    expect(codeOf(await stage.command(moveTo(WRITE, SHARE)))).toBe('ok')
    expect(readStage(stage.doc)?.at).toEqual(WRITE)
    expect(notes()).toEqual([])
    clock.forward(3_000)
    await at()
    await landed(2)
    expect(
      notes()
        .map(({ text, author }) => [text, author])
        .toSorted(),
    ).toEqual([
      ['words of d1', 'person-1'],
      ['words of d3', 'person-2'],
    ])
    expect(readStage(stage.doc)?.reveal).toEqual({ phase: 'principles', at: notes()[0]?.at, count: 2 })
    const pieces = rig.store.appends.slice(before).map(({ updates }) => updates.map(({ document }) => document))
    const reveals = pieces.filter((piece) => piece.includes('board'))
    expect(reveals).toHaveLength(1)
    for (const name of ['stage', 'notebook:person-1', 'notebook:person-2']) expect(reveals[0]).toContain(name)
    const again = scene.enter('person-2', 'notebook')
    await again.synced()
    const became = [books[0], again].flatMap(({ doc }) => readDrafts(doc).flatMap((draft) => draft.became ?? []))
    expect(became.toSorted()).toEqual(
      notes()
        .map(({ id }) => id)
        .toSorted(),
    )
  })

  test('of many drafts holds up nobody, and still leaves as one piece', async () => {
    const { rig, clock, stage, books, notes, landed } = await inWrite('anonymous')
    const many = 350
    for (let count = 0; count < many; count++) writeDraft(books[count % 2 ? 1 : 0], `d${count}`)
    await Promise.all(books.map((book) => book.saved()))
    const other = scene.enter('person-1', 'stage')
    await other.synced()
    const before = rig.store.appends.length
    await stage.command(moveTo(WRITE, SHARE))
    const room = await rig.rooms.open(rig.workshop)
    clock.forward(3_000)
    await until('the group moved, in memory', () => room.stage.at.step === SHARE.step)
    // Asked for in the middle of it, these leave with it or after it.
    const late = { person: 'person-1' as PersonId, role: 'member' } as const
    const share = room.command(late, command({ name: 'share draft', draft: 'd0' as NoteId }))
    const seen = await room.read(({ board }) => readBoard(board).notes.size)
    expect(seen).toBe(many)
    expect(codeOf(await share)).toBe('ok')
    await landed(many)
    expect(new Set(notes().map(({ text }) => text)).size).toBe(many)
    const pieces = rig.store.appends
      .slice(before)
      .filter(({ updates }) => updates.some(({ document }) => document === 'board'))
    expect(pieces).toHaveLength(1)
    expect(pieces[0]?.updates.map(({ document }) => document)).toEqual(
      expect.arrayContaining(['stage', 'board', 'notebook:person-1', 'notebook:person-2']),
    )
  })

  test('takes nothing of people who were removed', async () => {
    const { stage, books, words, reveal, landed } = await inWrite()
    writeDraft(books[0], 'd1')
    writeDraft(books[1], 'd2')
    await Promise.all(books.map((book) => book.saved()))
    await stage.command(command({ name: 'remove person', person: 'person-2' as PersonId }))
    await reveal()
    await landed(1)
    expect(words()).toEqual(['words of d1'])
  })

  test('takes nothing of somebody who was removed while it was counted down', async () => {
    const { rig, clock, stage, books, words, landed } = await inWrite('anonymous')
    writeDraft(books[0], 'd1')
    writeDraft(books[1], 'd2')
    await Promise.all(books.map((book) => book.saved()))
    expect(codeOf(await stage.command(moveTo(WRITE, SHARE)))).toBe('ok')
    expect(codeOf(await stage.command(command({ name: 'remove person', person: 'person-2' as PersonId })))).toBe('ok')
    clock.forward(3_000)
    await landed(1)
    expect(words()).toEqual(['words of d1'])
    expect((await rig.rooms.open(rig.workshop)).stage.reveal?.count).toBe(1)
  })

  test('asked for twice at once happens once', async () => {
    const { clock, stage, books, words, at, landed, rig } = await inWrite()
    writeDraft(books[0], 'd1')
    await books[0].saved()
    const other = scene.enter('person-0', 'stage')
    await other.synced()
    await Promise.all([stage.command(moveTo(WRITE, SHARE)), other.command(moveTo(WRITE, SHARE))])
    clock.forward(3_000)
    await at()
    clock.forward(3_000)
    await landed(1)
    expect(words()).toEqual(['words of d1'])
    expect((await rig.rooms.open(rig.workshop)).stage.at).toEqual(SHARE)
  })

  test.each(['just before its end', 'while its end waits for a notebook', 'just after its end'])(
    'that is stopped %s happens, or it was stopped: never both',
    async (when) => {
      const { clock, stage, books, notes, rig } = await inWrite()
      writeDraft(books[0], 'd1')
      await books[0].saved()
      await stage.command(moveTo(WRITE, SHARE))
      const room = await rig.rooms.open(rig.workshop)
      const stop = command({ name: 'stop countdown', countdown: room.stage.countdown?.endsAt ?? 0 })
      if (when === 'while its end waits for a notebook') void room.join(somebody(3), {})
      if (when !== 'just before its end') clock.forward(3_000)
      if (when === 'just after its end') await until('it ended', () => room.stage.countdown === null)
      const stopping = room.command(MAREN, stop)
      clock.forward(3_000)
      const reply = await stopping
      await room.read(() => undefined)
      const happened = room.stage.at.step === SHARE.step
      expect(happened).toBe(!reply.ok)
      expect(happened).toBe(when === 'just after its end')
      expect(await room.read(({ board }) => readBoard(board).notes.size)).toBe(happened ? 1 : 0)
      await until('the board shows it', () => notes().length === (happened ? 1 : 0))
    },
  )

  test('whose countdown ended while the server was down happens when the room is opened again', async () => {
    const { rig, clock, stage, books, words, at, landed } = await inWrite()
    writeDraft(books[0], 'd1')
    await books[0].saved()
    await stage.command(moveTo(WRITE, SHARE))
    const stopped = rig.restart()
    clock.forward(60_000)
    await stopped
    await at()
    await landed(1)
    expect(words()).toEqual(['words of d1'])
  })

  test('that nobody stays for happens when somebody comes back', async () => {
    const { rig, clock, stage, board, books, words } = await inWrite()
    writeDraft(books[0], 'd1')
    await books[0].saved()
    await stage.command(moveTo(WRITE, SHARE))
    for (const tab of [stage, board, ...books]) tab.leave()
    await until('the room is let go', () => rig.rooms.loaded.length === 0)
    clock.forward(60_000)
    expect(words()).toEqual([])
    const back = scene.enter('person-2')
    await until('the draft is there', () => readBoard(back.doc).notes.size === 1)
  })

  test('of which nothing could be saved did not happen, and happens once the disk is well', async () => {
    const { rig, clock, stage, books, notes, at, landed } = await inWrite()
    writeDraft(books[0], 'd1')
    await books[0].saved()
    await stage.command(moveTo(WRITE, SHARE))
    rig.store.fail(new StoreFailed('The disk is full.'))
    clock.forward(3_000)
    await until('the room is dropped', () => stage.closes.length > 0)
    expect(notes()).toEqual([])
    rig.store.fail(null)
    await at()
    await landed(1)
  })
})

describe('going back to Write', () => {
  test('leaves what was shown, and the next reveal takes what was written since', async () => {
    const { stage, books, words, notes, at, landed, reveal } = await inWrite()
    writeDraft(books[0], 'd1')
    await books[0].saved()
    await reveal()
    await landed(1)
    await stage.command(moveTo(SHARE, WRITE))
    await at(WRITE)
    writeDraft(books[0], 'd2')
    await books[0].saved()
    expect(words()).toEqual(['words of d1'])
    await reveal()
    await landed(2)
    const [first, second] = notes()
      .map((note) => note.at)
      .toSorted()
    expect(second).toBeGreaterThan(first ?? 0)
    expect(readStage(stage.doc)?.reveal).toEqual({ phase: 'principles', at: second, count: 1 })
  })
})
