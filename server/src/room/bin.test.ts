import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { boardEntry, boardRoot, entryText, readBoard } from '@quintet/shared/board'
import { type Binned, readBin } from '@quintet/shared/desk'
import {
  addNote,
  bringBackNote,
  type Edit,
  removeNote,
  setOwner,
  type TextTarget,
  targetText,
} from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type HandClock, handClock } from '../testing/handClock.ts'
import type { Participant } from '../testing/participant.ts'
import { codeOf, command } from '../testing/rhythm.ts'
import type { RigSetting } from '../testing/rig.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

/**
 * [promise 8] The words of removed and hidden notes leave the board for the bin, whoever writes in them when, and come
 * back whole. What the frames hold meanwhile is in `hiddenWords.test.ts`.
 */
const scene = setScene()
const MINUTE = LIMITS.removedWords
const N1 = 'n1' as NoteId
const ACTIONS = { phases: OPEN_AGENDA.phases.filter(({ phase }) => phase === 'actions') }

/** A note of person-1 that says `text`, among others. */
const n1: Edit = note('n1', 'Words of Kofi')

interface Around {
  readonly clock: HandClock
  readonly maren: { readonly stage: Participant; readonly board: Participant; readonly desk: Participant }
  /** The author. */
  readonly kofi: { readonly stage: Participant; readonly board: Participant }
}

/** A workshop in an open phase with one note, its author and a facilitator. */
async function around(setting: RigSetting = {}): Promise<Around> {
  const clock = handClock({ goes: false })
  await scene.start({ clock, write: (board) => void n1(board), ...setting })
  const maren = {
    stage: scene.enter('person-0', 'stage'),
    board: scene.enter('person-0'),
    desk: scene.enter('person-0', 'desk'),
  }
  const kofi = { stage: scene.enter('person-1', 'stage'), board: scene.enter('person-1') }
  await Promise.all([...Object.values(maren), ...Object.values(kofi)].map((tab) => tab.synced()))
  return { clock, maren, kofi }
}

const noteIn = ({ doc }: Participant, id: NoteId = N1) => readBoard(doc).notes.get(id)
const textIn = (tab: Participant) => noteIn(tab)?.text
const binOf = ({ doc }: Participant): readonly Binned[] => readBin(doc)
const isEmpty = (tab: Participant) => until('the words left', () => textIn(tab) === '')
const stands = (tab: Participant, text = 'Words of Kofi') =>
  until(`"${text}" stands`, () => noteIn(tab)?.removed === false && textIn(tab) === text)

/** Does an edit and waits until it is saved. */
async function edit(tab: Participant, change: Edit): Promise<void> {
  expect(change(tab.doc)).not.toBeNull()
  await tab.saved()
}

/** Types at the end of a text. */
function type({ doc }: Pick<Participant, 'doc'>, target: TextTarget, words: string): void {
  const text = targetText(doc, target)
  text?.insert(text.length, words)
}
const N1_TEXT: TextTarget = { of: 'note', id: N1 }

/** Somebody at the board without a socket. */
async function lineOf(person: string) {
  const accepted: number[] = []
  const room = await scene.rig.rooms.open(scene.rig.workshop)
  const doc = new Y.Doc()
  const actor = { person: person as PersonId, role: 'member' } as const
  await room.bind({ document: 'board', actor }, [doc.clientID])
  const unheard = () => undefined
  const line = await room.connect({
    actor,
    document: 'board',
    client: doc.clientID,
    stands: () => true,
    write: unheard,
    close: unheard,
    spend: unheard,
    accepted: (bytes) => void accepted.push(bytes),
    holds: () => undefined,
    wait: () => 0,
    refused: unheard,
  })
  await room.read(({ board }) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(board)))
  line.edit('resync', new Uint8Array([0, 0]))
  return { line, doc, accepted }
}

/** What somebody says on the stage, and what they are answered. */
const ask = async ({ stage }: { stage: Participant }, body: Parameters<typeof command>[0]) =>
  codeOf(await stage.command(command(body)))
const hide = (by: { stage: Participant }) => ask(by, { name: 'hide note', note: N1 })
const bringBack = (by: { stage: Participant }) => ask(by, { name: 'bring back note', note: N1 })

/** Removes the note and lets the minute pass. */
async function removed({ clock, kofi, maren }: Around): Promise<void> {
  await edit(kofi.board, removeNote(N1))
  clock.forward(MINUTE)
  for (const { board } of [kofi, maren]) await isEmpty(board)
  await until('they are in the bin', () => binOf(maren.desk).length === 1)
}

describe('a note that was removed', () => {
  test('keeps its words on the board for a minute, then they are in the bin', async () => {
    const { clock, kofi, maren } = await around()
    await edit(kofi.board, removeNote(N1))
    clock.forward(MINUTE - 1)
    await edit(kofi.board, note('n2'))
    expect([textIn(kofi.board), binOf(maren.desk)]).toEqual(['Words of Kofi', []])
    clock.forward(1)
    await isEmpty(maren.board)
    await until('they are in the bin', () => binOf(maren.desk).length === 1)
    expect(binOf(maren.desk)).toEqual([
      {
        id: N1,
        phase: 'principles',
        author: 'person-1',
        text: 'Words of Kofi',
        firstStep: '',
        measure: '',
        at: clock.now(),
        hidden: false,
      },
    ])
    expect(noteIn(maren.board)).toMatchObject({ removed: true, author: 'person-1' })
  })

  test('that is back within the minute stays whole, and a later removal has a minute of its own', async () => {
    const { clock, kofi, maren } = await around()
    await edit(kofi.board, removeNote(N1))
    clock.forward(MINUTE - 1)
    await edit(kofi.board, bringBackNote(N1))
    await edit(kofi.board, removeNote(N1))
    clock.forward(MINUTE - 1)
    await edit(kofi.board, note('n2'))
    expect([textIn(kofi.board), binOf(maren.desk)]).toEqual(['Words of Kofi', []])
    clock.forward(1)
    await isEmpty(kofi.board)
  })

  test('gets its words back with an edit of its author, in the same update', async () => {
    const setting = await around()
    await removed(setting)
    const { kofi, maren } = setting
    const room = await scene.rig.rooms.open(scene.rig.workshop)
    const serverId = () => room.read(({ board }) => board.clientID)
    const before = await serverId()
    const seen: unknown[] = []
    maren.board.doc.on('update', () => seen.push([noteIn(maren.board)?.removed, textIn(maren.board)]))
    await edit(kofi.board, bringBackNote(N1))
    await stands(maren.board)
    expect(seen).toEqual([[false, 'Words of Kofi']])
    // Yjs takes a new one where it believes that somebody else writes under its own.
    expect(await serverId()).toBe(before)
    await until('the bin is empty', () => binOf(maren.desk).length === 0)
  })

  test('comes back on command of its author or of a facilitator, twice without harm; of nobody else', async () => {
    const setting = await around()
    const { kofi, maren } = setting
    const ines = { stage: scene.enter('person-2', 'stage') }
    await ines.stage.synced()
    for (const by of [kofi, maren]) {
      await removed(setting)
      expect(await bringBack(ines)).toBe('forbidden')
      expect([await bringBack(by), await bringBack(by)]).toEqual(['ok', 'ok'])
      await stands(kofi.board)
      await until('the bin is empty', () => binOf(maren.desk).length === 0)
    }
  })

  test('of the plan takes first step, measure and an owner who is not here along, and brings them back', async () => {
    const action = addNote({
      id: N1,
      phase: 'actions',
      author: 'person-1' as PersonId,
      at: Date.now(),
      text: 'Words of Kofi',
      order: 'a0',
      under: null,
    })
    const { clock, kofi, maren } = await around({ agenda: ACTIONS, write: (board) => void action(board) })
    const firstStep: TextTarget = { of: 'plan', id: N1, field: 'firstStep' }
    type(kofi.board, firstStep, 'Ask ')
    type(kofi.board, { of: 'plan', id: N1, field: 'measure' }, 'Ten of ten')
    await edit(kofi.board, setOwner(N1, { name: 'Hannah of Payments' }))
    await edit(kofi.board, removeNote(N1))
    clock.forward(MINUTE)
    await isEmpty(kofi.board)
    const plan = () => readBoard(kofi.board.doc).plan.get(N1)
    expect(plan()).toMatchObject({ firstStep: '', measure: '', owner: null })
    type(kofi.board, firstStep, 'them')
    await kofi.board.saved()
    await until('it was taken', () => binOf(maren.desk)[0]?.firstStep === 'Ask them')
    expect(plan()).toMatchObject({ firstStep: '' })
    expect(await bringBack(maren)).toBe('ok')
    await stands(kofi.board)
    expect(plan()).toMatchObject({
      firstStep: 'Ask them',
      measure: 'Ten of ten',
      owner: { name: 'Hannah of Payments' },
    })
  })
})

test('a note that is no action takes no plan along, whatever stands under its id', async () => {
  const { clock, kofi, maren } = await around({
    write: (board) => {
      n1(board)
      const plan = new Y.Map<unknown>([['owner', { name: 'Hannah of Payments' }]])
      plan.set('firstStep', new Y.Text('Ask them'))
      boardRoot(board, 'plan').set(N1, plan as never)
    },
  })
  await removed({ clock, kofi, maren })
  expect(binOf(maren.desk)).toMatchObject([{ text: 'Words of Kofi', firstStep: '' }])
  const plan = boardEntry(kofi.board.doc, 'plan', N1)
  expect(plan?.toJSON()).toEqual({ owner: { name: 'Hannah of Payments' }, firstStep: 'Ask them' })
})

describe('a note that a facilitator hid', () => {
  test('has its words in the bin at once, and comes back for facilitators alone', async () => {
    const { kofi, maren } = await around()
    expect(await hide(kofi)).toBe('forbidden')
    expect([await hide(maren), await hide(maren)]).toEqual(['ok', 'ok'])
    await isEmpty(kofi.board)
    await until('they are in the bin', () => binOf(maren.desk)[0]?.hidden === true)
    expect(binOf(maren.desk)[0]?.text).toBe('Words of Kofi')
    expect(await bringBack(kofi)).toBe('forbidden')
    expect(await bringBack(maren)).toBe('ok')
    await stands(kofi.board)
    await until('the bin is empty', () => binOf(maren.desk).length === 0)
  })

  test('is off the wall again in the same turn when somebody puts it back, and nobody sees it there', async () => {
    const { kofi, maren } = await around()
    await hide(maren)
    await isEmpty(kofi.board)
    const onWall: unknown[] = []
    maren.board.doc.on('update', () => onWall.push(noteIn(maren.board)?.removed))
    kofi.board.doc.transact(() => {
      bringBackNote(N1)(kofi.board.doc)
      type(kofi.board, N1_TEXT, ' and more')
    })
    await kofi.board.saved()
    await until('it is off the wall for them too', () => noteIn(kofi.board)?.removed === true)
    await until('the letters are in the bin', () => binOf(maren.desk)[0]?.text === 'Words of Kofi and more')
    expect(onWall).not.toContain(false)
    expect([textIn(kofi.board), textIn(maren.board)]).toEqual(['', ''])
  })

  test('may have been removed before, and be in the bin already', async () => {
    const setting = await around()
    await removed(setting)
    const { kofi, maren } = setting
    expect(await hide(maren)).toBe('ok')
    await until('it is hidden', () => binOf(maren.desk)[0]?.hidden === true)
    expect(binOf(maren.desk)[0]?.text).toBe('Words of Kofi')
    expect(await bringBack(kofi)).toBe('forbidden')
  })

  test('that nobody wrote cannot be hidden', async () => {
    const { maren } = await around()
    expect(await ask(maren, { name: 'hide note', note: 'none' as NoteId })).toBe('invalid')
    expect(await ask(maren, { name: 'bring back note', note: 'none' as NoteId })).toBe('invalid')
  })
})

describe('letters that come late', () => {
  test('are refused, and cut nowhere, where they are too long for the note with what the bin has of it', async () => {
    const setting = await around()
    const { kofi, maren } = setting
    const ines = scene.enter('person-2')
    await ines.synced()
    ines.provider.disconnect()
    type(ines, N1_TEXT, ', and of Ines')
    await removed(setting)
    const words = 'Words of Kofi'
    const more = '🌱'.repeat((LIMITS.noteMerged - words.length) / 2 - 1)
    type(kofi.board, N1_TEXT, more)
    await kofi.board.saved()
    await until('they are in the bin', () => binOf(maren.desk)[0]?.text === words + more)
    ines.provider.connect()
    await until('hers are refused', () => ines.refusals.length > 0)
    expect(ines.refusals).toMatchObject([{ code: 'too-big', path: 'notes/n1/text' }])
    expect(binOf(maren.desk)[0]?.text).toBe(words + more)
    expect(await bringBack(maren)).toBe('ok')
    await stands(kofi.board, words + more)
  })

  test('from somebody who was offline are appended in the bin, and stand nowhere on the board', async () => {
    const setting = await around()
    const { kofi, maren } = setting
    const ines = scene.enter('person-2')
    await ines.synced()
    ines.provider.disconnect()
    type(ines, N1_TEXT, ', and of Ines')
    await removed(setting)
    ines.provider.connect()
    await ines.saved()
    await until('they are in the bin', () => binOf(maren.desk)[0]?.text === 'Words of Kofi, and of Ines')
    for (const tab of [ines, kofi.board, maren.board]) await isEmpty(tab)
    expect(await bringBack(maren)).toBe('ok')
    await stands(ines, 'Words of Kofi, and of Ines')
  })

  test('are taken at once where there were none before too', async () => {
    const { clock, kofi, maren } = await around({ write: (board) => void note('n1', '')(board) })
    await edit(kofi.board, removeNote(N1))
    clock.forward(MINUTE)
    const seen: unknown[] = []
    maren.board.doc.on('update', () => seen.push(textIn(maren.board)))
    type(kofi.board, N1_TEXT, 'Late')
    await kofi.board.saved()
    await until('it is in the bin', () => binOf(maren.desk)[0]?.text === 'Late')
    await isEmpty(kofi.board)
    expect(new Set(seen)).toEqual(new Set(['']))
    await edit(kofi.board, bringBackNote(N1))
    await stands(maren.board, 'Late')
    await edit(kofi.board, removeNote(N1))
    expect(textIn(kofi.board)).toBe('Late')
  })

  test('are paid for by whoever types them with all that the server writes anew for it', async () => {
    const clock = handClock({ goes: false })
    const ids = ['n1', 'n2', 'n3'] as NoteId[]
    const words = 'w'.repeat(1_000)
    await scene.start({
      clock,
      write: (board) => {
        for (const id of ids) note(id, words)(board)
        for (const id of ids) removeNote(id)(board)
      },
    })
    const { line, doc, accepted } = await lineOf('person-1')
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    doc.transact(() => {
      for (const id of ids) type({ doc }, { of: 'note', id }, '!')
    })
    doc.transact(() => {
      for (const id of ids) bringBackNote(id)(doc)
    })
    note('n4', words)(doc)
    for (const update of updates) line.edit('live', update)
    await until('all were taken', () => accepted.length === updates.length)
    const [typed = 0, broughtBack = 0, added = 0] = accepted
    const all = words.length * ids.length
    expect(Math.min(typed, broughtBack)).toBeGreaterThan(all)
    expect(Math.max(typed, broughtBack)).toBeLessThan(all * 2)
    expect(added).toBe(updates[2]?.length)
  })

  test('cost nobody a new answer, and leave the desk alone where nothing was removed', async () => {
    const setting = await around()
    await removed(setting)
    const { kofi, maren } = setting
    const room = await scene.rig.rooms.open(scene.rig.workshop)
    const newcomer = () => scene.enter('person-2').synced()
    await newcomer()
    const encoded = room.encodings('board')
    const before = scene.rig.store.appends.length
    await edit(kofi.board, note('n2'))
    type(kofi.board, { of: 'note', id: 'n2' as NoteId }, ' more')
    await kofi.board.saved()
    const written = scene.rig.store.appends.slice(before).flatMap(({ updates }) => updates ?? [])
    expect(new Set(written.map(({ document }) => document))).toEqual(new Set(['board']))
    type(kofi.board, N1_TEXT, '!')
    await kofi.board.saved()
    await until('it is in the bin', () => binOf(maren.desk)[0]?.text === 'Words of Kofi!')
    expect(room.encodings('board')).toBe(encoded)
  })
})

describe('a room that is loaded', () => {
  test('empties removed notes at once, before it answers anybody', async () => {
    const { kofi, maren } = await around()
    await edit(kofi.board, removeNote(N1))
    await scene.rig.restart()
    const newcomer = scene.enter('person-2')
    const sizes: unknown[] = []
    newcomer.doc.on('update', () => sizes.push(textIn(newcomer)))
    await newcomer.synced()
    expect(sizes).toEqual([''])
    await maren.desk.back()
    expect(binOf(maren.desk)).toMatchObject([{ id: N1, text: 'Words of Kofi', hidden: false }])
    await kofi.board.back()
    await edit(kofi.board, bringBackNote(N1))
    await stands(maren.board)
  })

  test('takes them in pieces where there are many, and saves them as one', async () => {
    const many = Array.from({ length: 250 }, (_, at) => note(`m${at}`, `Words ${at}`))
    const clock = handClock({ goes: false })
    const rig = await scene.start({
      clock,
      write: (board) => {
        for (const add of many) add(board)
        for (let at = 0; at < many.length; at++) removeNote(`m${at}` as NoteId)(board)
      },
    })
    const desk = scene.enter('person-0', 'desk')
    const board = scene.enter('person-0')
    await Promise.all([desk.synced(), board.synced()])
    expect([...readBoard(board.doc).notes.values()].filter(({ text }) => text !== '')).toEqual([])
    expect(binOf(desk)).toHaveLength(many.length)
    const taking = rig.store.appends.filter(({ updates }) => updates?.some(({ document }) => document === 'desk'))
    expect(taking).toHaveLength(1)
  })
})

test('words are never in neither place: what takes them is one append, also where the disk is full', async () => {
  const { clock, kofi, maren } = await around()
  await edit(kofi.board, removeNote(N1))
  const { store, rooms, workshop } = scene.rig
  const before = store.appends.length
  // Whose the client ids are that others hear of is saved by itself, whenever that comes.
  const tried = () => store.appends.slice(before).filter(({ updates }) => updates.length > 0)
  store.fail(new Error('The disk is full.'))
  clock.forward(MINUTE)
  await until('it was tried', () => tried().length > 0)
  expect(
    tried()[0]
      ?.updates.map(({ document }) => document)
      .toSorted(),
  ).toEqual(['board', 'desk'])
  store.fail(null)
  await Promise.all([kofi.board.back(), maren.desk.back()])
  const room = await rooms.open(workshop)
  expect(await room.read(({ board }) => entryText(boardEntry(board, 'notes', N1), 'text')?.toString())).toBe('')
  await until('they are in the bin', () => binOf(maren.desk)[0]?.text === 'Words of Kofi')
})
