import { isAfter, RHYTHM_AGENDA } from '@quintet/shared/agenda'
import { boardRoot } from '@quintet/shared/board'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { drafts, readDrafts } from '@quintet/shared/notebook'
import { readStage } from '@quintet/shared/stage'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { enterWrite } from '../testing/enterWrite.ts'
import type { Participant } from '../testing/participant.ts'
import { codeOf, command, moveTo, step, writeDraft } from '../testing/rhythm.ts'
import { setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()
const [WRITE, SHARE, GROUP] = [step('principles', 1), step('principles', 2), step('principles', 3)]
const DECIDE = step('principles', 5)
const inWrite = (names?: 'signed' | 'anonymous') => enterWrite(scene, names)

/** A member's tab at the stage. */
async function atStage(seat: string): Promise<Participant> {
  const tab = scene.enter(seat, 'stage')
  await tab.synced()
  return tab
}

describe('a late draft', () => {
  test('of a signed phase lands when it is shared, once', async () => {
    const { rig, books, words, notes, landed, reveal } = await inWrite()
    await reveal()
    writeDraft(books[0], 'd1', { ready: false })
    await books[0].saved()
    const stage = await atStage('person-1')
    const share = () => stage.command(command({ name: 'share draft', draft: 'd1' as NoteId }))
    expect((await Promise.all([share(), share()])).map(codeOf)).toEqual(['ok', 'ok'])
    await landed(1)
    expect(notes()[0]?.author).toBe('person-1')
    await rig.restart()
    await stage.back()
    expect(codeOf(await share())).toBe('ok')
    await landed(1)
    expect(words()).toEqual(['words of d1'])
  })

  test('of somebody whose notebook is not in memory is read first', async () => {
    const { rig, books, landed, reveal, stage, at } = await inWrite()
    await reveal()
    writeDraft(books[0], 'd1')
    await books[0].saved()
    for (const to of [GROUP, DECIDE]) {
      await stage.command(moveTo(readStage(stage.doc)?.at ?? SHARE, to))
      await at(to)
    }
    books[0].leave()
    const room = await rig.rooms.open(rig.workshop)
    await until('it is let go', () => !room.isLoaded('notebook:person-1' as never))
    const own = await atStage('person-1')
    const share = command({ name: 'share draft', draft: 'd1' as NoteId })
    const [first, repeat] = await Promise.all([
      own.command(share),
      room.command({ person: 'person-1' as PersonId, role: 'member' }, share),
    ])
    expect([first, repeat].map(codeOf)).toEqual(['ok', 'ok'])
    await landed(1)
  })

  test('for which the board has no room stays ready and its author’s, whichever way it would land, and the stage says of how many', async () => {
    // Entries count, whatever they hold; these hold nothing, so that reading them takes no time.
    const write = (board: Y.Doc) =>
      board.transact(() => {
        for (let at = 1; at < LIMITS.notesPerWorkshop; at++) boardRoot(board, 'notes').set(`n${at}`, new Y.Map())
      })
    const { stage, books, notes, at, reveal } = await enterWrite(scene, 'anonymous', { write })
    for (const book of books) writeDraft(book, 'd1')
    await Promise.all(books.map((book) => book.saved()))
    await reveal()
    await until('the board is full', () => notes().length === 1)
    const { reveal: revealed } = readStage(stage.doc) ?? {}
    expect(revealed).toMatchObject({ phase: 'principles', count: 1, noRoom: 1 })
    const left = () => books.filter(({ doc }) => readDrafts(doc).some(({ became, ready }) => became === null && ready))
    // What became of a draft comes to its author on a socket of its own.
    await until('one of them has landed', () => left().length === 1)
    const [book] = left()
    if (book) writeDraft(book, 'd2')
    await book?.saved()
    await stage.command(moveTo(SHARE, DECIDE))
    await at(DECIDE)
    expect(readStage(stage.doc)?.reveal).toEqual({ ...revealed, noRoom: 2 })
    const own = await atStage(book === books[0] ? 'person-1' : 'person-2')
    expect(codeOf(await own.command(command({ name: 'share draft', draft: 'd1' as NoteId })))).toBe('invalid')
    expect([left(), notes().length]).toEqual([[book], 1])
  })

  test('of an anonymous phase lands with the next move on, and with the time of the reveal', async () => {
    const { stage, books, notes, at, landed, reveal } = await inWrite('anonymous')
    writeDraft(books[0], 'd1')
    await books[0].saved()
    await reveal()
    await landed(1)
    writeDraft(books[0], 'd2')
    writeDraft(books[1], 'd3')
    writeDraft(books[1], 'd4', { ready: false })
    await Promise.all(books.map((book) => book.saved()))
    const own = await atStage('person-1')
    expect(codeOf(await own.command(command({ name: 'share draft', draft: 'd2' as NoteId })))).toBe('ok')
    const other = await atStage('person-2')
    expect(codeOf(await other.command(command({ name: 'share draft', draft: 'd4' as NoteId })))).toBe('invalid')
    // Going back lands nothing.
    await stage.command(moveTo(SHARE, WRITE))
    await at(WRITE)
    expect(notes()).toHaveLength(1)
    await stage.command(moveTo(WRITE, SHARE))
    const countdown = readStage(stage.doc)?.countdown?.endsAt ?? 0
    await stage.command(command({ name: 'stop countdown', countdown }))
    expect(notes()).toHaveLength(1)
    await reveal()
    await landed(3)
    writeDraft(books[0], 'd5')
    await books[0].saved()
    await stage.command(moveTo(SHARE, GROUP))
    await at(GROUP)
    await landed(4)
    const revealed = readStage(stage.doc)?.reveal
    expect(notes().filter((note) => note.at === revealed?.at)).toHaveLength(revealed?.count ?? -1)
    expect(revealed?.count).toBe(3)
    expect(new Set(notes().map(({ author }) => author))).toEqual(new Set([null]))
  })

  test('of an anonymous phase that lands with a move is not on whoever moves: its author’s words were paid for', async () => {
    const { rig, books, landed, reveal } = await inWrite('anonymous')
    await reveal()
    const words = 'Words that somebody else wrote. '.repeat(60)
    for (let count = 0; count < 20; count++) writeDraft(books[0], `d${count}`, { text: words })
    await books[0].saved()
    const room = await rig.rooms.open(rig.workshop)
    const written: number[] = []
    const payer = { spend: () => undefined, accepted: (bytes: number) => written.push(bytes) }
    const maren = { person: 'person-0' as PersonId, role: 'facilitator' } as const
    expect(codeOf(await room.command(maren, moveTo(SHARE, GROUP), payer))).toBe('ok')
    await landed(20)
    expect(written).toHaveLength(1)
    expect(written[0]).toBeGreaterThan(0)
    expect(written[0]).toBeLessThan(words.length)
  })

  test('of an anonymous phase in Decide lands at once, without author and with the time of the reveal', async () => {
    const { stage, books, notes, at, landed, reveal } = await inWrite('anonymous')
    await reveal()
    for (const to of [GROUP, DECIDE]) {
      const from = readStage(stage.doc)?.at ?? SHARE
      expect(isAfter(RHYTHM_AGENDA, to, from)).toBe(true)
      await stage.command(moveTo(from, to))
      await at(to)
    }
    writeDraft(books[0], 'd1')
    await books[0].saved()
    const own = await atStage('person-1')
    expect(codeOf(await own.command(command({ name: 'share draft', draft: 'd1' as NoteId })))).toBe('ok')
    await landed(1)
    expect(notes()[0]).toMatchObject({ author: null, at: readStage(stage.doc)?.reveal?.at, text: 'words of d1' })
  })
})

describe('withdrawing', () => {
  test('takes one’s own anonymous note off the wall and brings it back; others’ stay, whatever a notebook claims', async () => {
    const { books, notes, landed, reveal } = await inWrite('anonymous')
    writeDraft(books[0], 'd1')
    await books[0].saved()
    await reveal()
    await landed(1)
    const [id] = notes().map((note) => note.id)
    const [own, other] = [await atStage('person-1'), await atStage('person-2')]
    const withdraw = (removed: boolean) => command({ name: 'withdraw note', note: id as NoteId, removed })
    expect(codeOf(await other.command(withdraw(true)))).toBe('forbidden')
    expect(codeOf(await own.command(withdraw(true)))).toBe('ok')
    await until('it is gone', () => notes()[0]?.removed === true)
    expect(codeOf(await own.command(withdraw(false)))).toBe('ok')
    await until('it is back', () => notes()[0]?.removed === false)
  })

  test('is not for signed notes of others, and no notebook can say that they were one’s own', async () => {
    const { books, notes, landed, reveal } = await inWrite('signed')
    writeDraft(books[0], 'd1')
    await books[0].saved()
    await reveal()
    await landed(1)
    writeDraft(books[1], 'd2')
    await books[1].saved()
    drafts(books[1].doc).get('d2')?.set('became', notes()[0]?.id)
    await until('it is refused', () => books[1].refusals.length > 0)
    expect(books[1].refusals.map(({ code }) => code)).toEqual(['forbidden'])
    const other = await atStage('person-2')
    const withdraw = command({ name: 'withdraw note', note: notes()[0]?.id as NoteId, removed: true })
    expect(codeOf(await other.command(withdraw))).toBe('forbidden')
  })
})
