// @vitest-environment node
import { RHYTHM_AGENDA } from '@quintet/shared/agenda'
import { placeDot } from '@quintet/shared/ballotEdits'
import { readBoard } from '@quintet/shared/board'
import { addDraft, markChanging, readyDraft } from '@quintet/shared/draftEdits'
import { addNote, targetText } from '@quintet/shared/edits'
import type { NoteId, RoundId } from '@quintet/shared/ids'
import { ballotOf, isSecret, readDrafts } from '@quintet/shared/notebook'
import { MESSAGE } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as Y from 'yjs'
import { documentViews } from '../document/documentViews.ts'
import { becomes, eventually, isSaved, startServer, stubPage, type TestServer } from './server.fixture.ts'
import type { Session } from './session.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: TestServer
let page: EventTarget
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  page = stubPage()
  server.wire.mend()
})

function notebookOf({ docs }: Session): Y.Doc {
  if (!docs.notebook) throw new Error('This session has no notebook.')
  return docs.notebook
}

/** Writes a draft, ready unless told. */
function draft(session: Session, text: string, ready = true): NoteId {
  const id = text.replace(/\W/g, '') as NoteId
  const note = {
    id,
    phase: 'principles',
    author: session.me.id,
    at: Date.now(),
    text,
    order: 'a0',
    under: null,
  } as const
  addDraft({ ...note, ready })(notebookOf(session))
  return id
}

const draftsOf = (session: Session) => readDrafts(notebookOf(session)).map(({ text }) => text)
const wordsOf = (session: Session) => [...readBoard(session.docs.board).notes.values()].map(({ text }) => text)
const stageOf = (session: Session) => {
  const stage = readStage(session.docs.stage)
  if (!stage) throw new Error('The stage is not loaded.')
  return stage
}

/** Maren who facilitates, and Ines on two devices. */
async function inesOnTwoDevices() {
  const facilitator = await server.create(RHYTHM_AGENDA)
  const guest = await server.invite(facilitator, 'member', 'Ines')
  const [maren, ines, phone] = [server.open(facilitator), server.open(guest), server.open(guest)]
  await Promise.all([maren, ines, phone].map((each) => becomes(each, 'live')))
  return { facilitator, guest, maren, ines, phone }
}

describe('one’s own notebook on the real server', () => {
  it('is the same on all of one’s devices, and another one than anybody else’s', async () => {
    const { maren, ines, phone } = await inesOnTwoDevices()
    draft(ines, 'Docs before tickets')
    await eventually(() => expect(draftsOf(phone)).toEqual(['Docs before tickets']))
    await isSaved(ines)
    expect(draftsOf(maren)).toEqual([])
  })

  it('keeps drafts and dots that were made offline, counts what waits, and sends them on return', async () => {
    const { ines, phone } = await inesOnTwoDevices()
    const typed = draft(ines, 'Before', false)
    await isSaved(ines)
    server.wire.cut()
    await becomes(ines, 'offline')
    targetText(notebookOf(ines), { of: 'draft', id: typed })?.insert(6, ' and in the train')
    readyDraft(typed, true)(notebookOf(ines))
    draft(ines, 'One more')
    const [round, target] = ['round' as RoundId, 'note' as NoteId]
    placeDot(round, 5, target, () => target)(notebookOf(ines))
    expect(ines.state.getState()).toEqual({ is: 'offline', waiting: 3 })
    expect(ines.saved.getState()).toEqual({ is: 'offline', waiting: 3 })
    server.wire.mend()
    await Promise.all([becomes(ines, 'live'), becomes(phone, 'live')])
    await eventually(() => expect(draftsOf(phone).toSorted()).toEqual(['Before and in the train', 'One more']))
    expect(ballotOf(notebookOf(phone), round, 5)[0]).toBe(target)
    await isSaved(ines)
  })

  it('is there after the server was killed, and sends again what was not saved', async () => {
    const { ines, phone } = await inesOnTwoDevices()
    draft(ines, 'Before')
    await isSaved(ines)
    await server.stop('SIGKILL')
    await becomes(ines, 'offline')
    draft(ines, 'While it was gone')
    await server.start()
    await becomes(phone, 'live')
    await eventually(() => expect(draftsOf(phone).toSorted()).toEqual(['Before', 'While it was gone']))
    await isSaved(ines)
  })

  it('warns before the page closes while a draft is unsaved', async () => {
    const { ines } = await inesOnTwoDevices()
    const leaves = () => page.dispatchEvent(new Event('beforeunload', { cancelable: true }))
    expect(leaves()).toBe(true)
    draft(ines, 'Unsaved')
    expect(leaves()).toBe(false)
    await eventually(() => expect(leaves()).toBe(true))
  })

  it('tells nobody of presence', async () => {
    const { ines } = await inesOnTwoDevices()
    ines.editing({ id: 'n1', field: 'text' })
    draft(ines, 'Mine')
    await isSaved(ines)
    expect(ines.sentOn('board')).toContain(MESSAGE.presence)
    expect(ines.sentOn('notebook')).toContain(MESSAGE.sync)
    expect(ines.sentOn('notebook')).not.toContain(MESSAGE.presence)
    expect(ines.sentOn('notebook')).not.toContain(MESSAGE.queryPresence)
  })

  it.each(['an observer', 'the big screen'])('is nothing that %s has or asks for', async (who) => {
    const facilitator = await server.create()
    const watcher =
      who === 'an observer'
        ? server.open(await server.invite(facilitator, 'observer', 'Wall'))
        : server.open(facilitator, { screen: true })
    await becomes(watcher, 'live')
    expect(watcher.docs.notebook).toBeUndefined()
    expect(watcher.sentOn('notebook')).toBeUndefined()
    expect(watcher.sentOn('board')).toBeDefined()
  })

  it('ends with the workshop for somebody who is removed', async () => {
    const { guest, maren, ines, phone } = await inesOnTwoDevices()
    expect(await maren.command({ name: 'remove person', person: guest.person.id })).toEqual({ ok: true })
    await Promise.all([becomes(ines, 'removed'), becomes(phone, 'removed')])
    expect(maren.state.getState().is).toBe('live')
  })
})

describe('a command', () => {
  it.each(['board', 'notebook'] as const)(
    'leaves once one’s own edits of the %s are saved, and not before',
    async (where) => {
      const maren = server.open(await server.create())
      await becomes(maren, 'live')
      const id = 'n1' as NoteId
      const note = {
        id,
        phase: 'principles',
        author: maren.me.id,
        at: Date.now(),
        text: 'Mine',
        order: 'a0',
        under: null,
      } as const
      if (where === 'board') addNote(note)(maren.docs.board)
      else addDraft({ ...note, ready: true })(notebookOf(maren))
      const answer = maren.command({ name: 'start timer' })
      expect(maren.sent).not.toContain(MESSAGE.command)
      expect(await answer).toEqual({ ok: true })
      // With nothing unsaved it leaves at once.
      const next = maren.command({ name: 'pause timer' })
      expect(maren.sent.filter((type) => type === MESSAGE.command)).toHaveLength(2)
      expect(await next).toEqual({ ok: true })
    },
  )

  it('that shares a draft finds the words that were typed offline just before it', async () => {
    const ines = server.open(await server.create())
    await becomes(ines, 'live')
    server.wire.cut()
    await becomes(ines, 'offline')
    const id = draft(ines, 'Typed in the train')
    server.wire.mend()
    await becomes(ines, 'live')
    expect(await ines.command({ name: 'share draft', draft: id })).toEqual({ ok: true })
    await eventually(() => expect(wordsOf(ines)).toEqual(['Typed in the train']))
    await eventually(() => expect(readDrafts(notebookOf(ines))[0]?.became).toEqual(expect.any(String)))
  })

  it('that moves on from Write reveals what is ready, and leaves what is being typed', async () => {
    const { maren, ines } = await inesOnTwoDevices()
    draft(ines, 'Ready')
    draft(ines, 'Half a sente', false)
    await isSaved(ines)
    const { at } = stageOf(maren)
    const to = { phase: 'principles', step: RHYTHM_AGENDA.phases[0]?.steps[1]?.id as never } as const
    expect(await maren.command({ name: 'move', from: at, to })).toEqual({ ok: true })
    await eventually(() => expect(stageOf(maren).countdown?.does).toBe('share'))
    await eventually(() => expect(wordsOf(maren)).toEqual(['Ready']))
    await eventually(() =>
      expect(readDrafts(notebookOf(ines)).map(({ became }) => became !== null)).toEqual([true, false]),
    )
  })

  it.each([
    ['that one is still rewriting', false],
    ['that one has left', true],
  ])(
    'that reveals what was rewritten offline, in a draft %s, carries those words on, once for all tabs',
    async (_, left) => {
      const facilitator = await server.create(RHYTHM_AGENDA)
      const guest = await server.invite(facilitator, 'member', 'Ines')
      const maren = server.open(facilitator, { pastWire: true })
      const [ines, phone] = [server.open(guest), server.open(guest, { pastWire: true })]
      for (const each of [ines, phone]) documentViews(each)
      await Promise.all([maren, ines, phone].map((each) => becomes(each, 'live')))
      const id = draft(ines, 'Ready')
      await isSaved(ines)
      await eventually(() => expect(draftsOf(phone)).toEqual(['Ready']))
      server.wire.cut()
      await becomes(ines, 'offline')
      const notebook = notebookOf(ines)
      notebook.transact(() => {
        markChanging(notebook, id)
        targetText(notebook, { of: 'draft', id })?.insert(5, ', and rewritten')
      })
      if (left) readyDraft(id, true)(notebook)
      const to = { phase: 'principles', step: RHYTHM_AGENDA.phases[0]?.steps[1]?.id as never } as const
      expect(await maren.command({ name: 'move', from: stageOf(maren).at, to })).toEqual({ ok: true })
      await eventually(() => expect(wordsOf(maren)).toEqual(['Ready']))
      server.wire.mend()
      await becomes(ines, 'live')
      const alone = (session: Session) =>
        readDrafts(notebookOf(session)).flatMap((each) => (isSecret(each) ? [[each.text, each.ready]] : []))
      for (const each of [ines, phone])
        await eventually(() => expect(alone(each)).toEqual([['Ready, and rewritten', false]]))
      await isSaved(ines)
      expect(wordsOf(maren)).toEqual(['Ready'])
    },
  )
})
