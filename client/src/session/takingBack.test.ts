import { placeDot } from '@quintet/shared/ballotEdits'
import { boardEntry, type OutcomeId, readBoard } from '@quintet/shared/board'
import { addDraft } from '@quintet/shared/draftEdits'
import { addNote, moveNote, removeNote, setOwner, targetText } from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId, RoundId, StepId, WorkshopId } from '@quintet/shared/ids'
import { ballotOf, readDrafts } from '@quintet/shared/notebook'
import type { PhaseId } from '@quintet/shared/phases'
import type { Refusal } from '@quintet/shared/protocol'
import { readStage, type StageFields } from '@quintet/shared/stage'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { INES, loadStage, MAREN, setStage } from '../document/workshop.fixture.tsx'
import { clocksOf } from './clocks.ts'
import { putBack, stands } from './putBack.ts'
import { takeBack } from './takingBack.ts'
import { readTray } from './tray.ts'

const WORKSHOP = 'w' as WorkshopId
const OWNER = { workshop: WORKSHOP, person: INES.id }
const LOCK = { by: MAREN.id, at: 1 }
const DAY = 24 * 60 * 60 * 1000
const FORBIDDEN: Refusal = { code: 'forbidden', path: 'notes/x', message: 'Gaps is locked.' }

const id = (name: string) => name as NoteId
const note = (name: string, phase: PhaseId = 'gaps', author: PersonId | null = INES.id) =>
  addNote({ id: id(name), phase, author, at: 5, text: `words of ${name}`, order: 'a1', under: null })
const write = (doc: Y.Doc, name: string, words: string) =>
  targetText(doc, { of: 'note', id: id(name) })?.insert(0, words)
const copy = (doc: Y.Doc) => {
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  return other
}

/** Ines, who writes on her own copy, beside what the server has. */
function apart(begun: (doc: Y.Doc) => unknown = () => undefined) {
  const server = new Y.Doc()
  begun(server)
  const mine = copy(server)
  const since = clocksOf(mine)
  const stage = new Y.Doc()
  const notebook = undefined
  loadStage({ docs: { stage, board: server, notebook, desk: undefined } })
  const setFields = (fields: Partial<StageFields>) =>
    setStage({ docs: { stage, board: server, notebook, desk: undefined } }, fields)
  const refused = async ({
    document = 'board',
    refusal = FORBIDDEN,
    own = [mine.clientID],
    again = false,
    now,
  }: {
    document?: 'board' | 'notebook' | 'desk'
    refusal?: Refusal | null
    own?: number[]
    again?: boolean
    now?: number
  } = {}) => {
    const theirs = copy(server)
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
    const person = { id: INES.id, role: 'member' } as const
    const handed = { workshop: WORKSHOP, person, document, mine, theirs, stage, own: new Set(own), since, refusal }
    await takeBack({ ...handed, again, now })
    return theirs
  }
  return { server, mine, since, stage, refused, setFields }
}

const inTray = () => readTray(OWNER).map(({ piece: { key } }) => key.split(' ')[0])

beforeEach(() => localStorage.clear())

describe('what a refusal hands back', () => {
  it('leaves in the tray what is locked now, and puts the rest back under its own id, on the document that goes on', async () => {
    const { mine, refused, setFields } = apart()
    note('1a')(mine)
    note('1b', 'ideal')(mine)
    setFields({ locks: { gaps: LOCK } })

    const theirs = await refused()

    expect([...readBoard(theirs).notes.keys()]).toEqual(['1b'])
    expect(readBoard(theirs).notes.get(id('1b'))).toEqual(readBoard(mine).notes.get(id('1b')))
    expect(inTray()).toEqual(['notes/1a'])
  })

  it('puts back an action with what was planned for it, and a group with its notes', async () => {
    const { mine, refused, setFields } = apart((doc) => {
      note('2a')(doc)
      note('2b')(doc)
    })
    setFields({ at: { phase: 'actions', step: 'actions-1' as StepId } })
    note('2c', 'actions')(mine)
    setOwner('2c' as OutcomeId, { name: 'Lars' })(mine)
    targetText(mine, { of: 'plan', id: '2c' as OutcomeId, field: 'firstStep' })?.insert(0, 'Ask Payments')
    groupNotes({ id: '2g' as GroupId, phase: 'gaps', name: 'Waiting', order: 'a3' }, [
      [id('2a'), 'a0'],
      [id('2b'), 'a1'],
    ])(mine)

    expect(readBoard(await refused())).toEqual(readBoard(mine))
    expect(inTray()).toEqual([])
  })

  it('puts back a move and words that nobody touched, and leaves those that somebody did', async () => {
    const { server, mine, refused } = apart((doc) => {
      for (const name of ['3a', '3b', '3c', '3d']) note(name)(doc)
    })
    for (const name of ['3a', '3b']) moveNote(id(name), { group: null, order: 'b1' })(mine)
    for (const name of ['3c', '3d']) write(mine, name, 'My ')
    // Whoever has the larger client id would win, so hers is: else there is nothing to hand back.
    const other = copy(server)
    other.clientID = 1
    moveNote(id('3b'), { group: null, order: 'c1' })(other)
    write(other, '3d', 'Their ')
    Y.applyUpdate(server, Y.encodeStateAsUpdate(other))

    const { notes } = readBoard(await refused())

    expect(notes.get(id('3a'))?.order).toBe('b1')
    expect(notes.get(id('3b'))?.order).toBe('c1')
    expect(notes.get(id('3c'))?.text).toBe('My words of 3c')
    expect(notes.get(id('3d'))?.text).toBe('Their words of 3d')
    expect(inTray().sort()).toEqual(['notes/3b/place', 'notes/3d/text'])
    expect(readTray(OWNER).every(({ piece }) => piece.touched)).toBe(true)
  })

  it('hands back words in a note that was removed meanwhile, and no move of it', async () => {
    const { server, mine, refused } = apart((doc) => note('4a')(doc))
    write(mine, '4a', 'More ')
    moveNote(id('4a'), { group: null, order: 'b1' })(mine)
    removeNote(id('4a'))(server)
    await refused()
    expect(readTray(OWNER).map(({ piece }) => piece)).toMatchObject([
      { is: 'words', gone: true, mine: 'More words of 4a' },
    ])
  })

  it('tries a piece once: what is refused again is left to its author', async () => {
    const first = apart()
    note('5a')(first.mine)
    expect(readBoard(await first.refused()).notes.size).toBe(1)
    const second = apart()
    note('5a')(second.mine)
    expect(readBoard(await second.refused()).notes.size).toBe(0)
    expect(inTray()).toEqual(['notes/5a'])
  })

  it('does not write again what can never be taken, and keeps what the server said of it', async () => {
    const { mine, refused } = apart()
    note('6a')(mine)
    note('6b')(mine)
    const theirs = await refused({ refusal: { code: 'too-big', path: 'notes/6a/text', message: 'Too long.' } })
    expect([...readBoard(theirs).notes.keys()]).toEqual(['6b'])
    expect(readTray(OWNER)).toMatchObject([{ piece: { is: 'note', note: { id: '6a' } }, why: 'Too long.' }])
  })

  it('finds what another tab of the same person put back already', async () => {
    const { server, mine, refused } = apart()
    note('7a')(mine)
    const theirs = await refused()
    const again = readBoard(theirs)
    // The other tab has the same edits, and what the first one put back.
    const other = new Y.Doc()
    note('7a')(other)
    Y.applyUpdate(other, Y.encodeStateAsUpdate(theirs))
    const stage = new Y.Doc()
    loadStage({ docs: { stage, board: server, notebook: undefined, desk: undefined } })
    const person = { id: INES.id, role: 'member' } as const
    const handed = {
      workshop: WORKSHOP,
      person,
      stage,
      own: new Set([other.clientID]),
      since: new Map(),
      refusal: null,
    }
    await takeBack({ ...handed, document: 'board', mine: other, theirs })
    expect(readBoard(theirs)).toEqual(again)
    expect(inTray()).toEqual([])
  })

  it('leaves in the tray what another tab wrote, which may still be open, and never puts it back under its id', async () => {
    const { server, mine, stage, refused } = apart()
    const other = copy(server)
    note('13a')(other)
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(other))
    note('13b')(mine)
    const theirs = await refused({ own: [mine.clientID, other.clientID] })
    expect([...readBoard(theirs).notes.keys()]).toEqual(['13b'])
    const [kept] = readTray(OWNER)
    expect(kept?.piece).toMatchObject({ is: 'note', note: { id: '13a' }, touched: false })
    if (kept) putBack(kept.piece, () => id('fresh'))(theirs)
    expect(readBoard(theirs).notes.get(id('fresh'))?.text).toBe('words of 13a')
    const targets = { board: theirs, notebook: undefined }
    const view = readStage(stage)
    const isThere = () => kept && view && stands(kept.piece, targets, view)
    expect(isThere()).toBe(false)
    // What the other tab writes on, it writes in its own; once that is there, nothing is left to put back.
    write(other, '13a', 'More ')
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(other))
    expect(readBoard(theirs).notes.get(id('13a'))?.text).toBe('More words of 13a')
    expect(isThere()).toBe(true)
  })

  it.each(['lower', 'higher'])(
    'keeps the words that lose to a note under the same id, with the %s client id',
    async (is) => {
      const { server, mine, since } = apart()
      mine.clientID = is === 'lower' ? 1 : 4_000_000_000
      note('14a')(mine)
      const theirs = copy(server)
      theirs.clientID = 2_000_000_000
      note('14a')(theirs)
      write(mine, '14a', 'Late ')
      const before = copy(mine)
      Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
      const stage = new Y.Doc()
      loadStage({ docs: { stage, board: server, notebook: undefined, desk: undefined } })
      const person = { id: INES.id, role: 'member' } as const
      const own = new Set([mine.clientID])
      const handed = { workshop: WORKSHOP, person, stage, own, since, refusal: null, mine, before, theirs }
      await takeBack({ ...handed, document: 'board' })
      expect(readTray(OWNER)).toMatchObject([{ piece: { is: 'words', mine: 'Late words of 14a', touched: true } }])
    },
  )

  it('puts back nothing unasked once that was refused again', async () => {
    const { mine, refused } = apart()
    note('15a')(mine)
    expect(readBoard(await refused({ again: true })).notes.size).toBe(0)
    expect(inTray()).toEqual(['notes/15a'])
  })

  it('puts a note that a wrong clock had dated back with the time of the server', async () => {
    const { mine, refused } = apart()
    const now = Date.now() + 5 * DAY
    const fields = { phase: 'gaps', author: INES.id, text: 'Mine', order: 'a1', under: null } as const
    addNote({ ...fields, id: id('16a'), at: now + 2 * DAY })(mine)
    addNote({ ...fields, id: id('16b'), at: now - 2 * DAY })(mine)
    const refusal = { code: 'invalid', path: 'notes/16a/at', message: 'Not of the kind.' } as const
    const { notes } = readBoard(await refused({ refusal, now }))
    expect([...notes.values()].map(({ at }) => at).sort()).toEqual([now - 2 * DAY, now])
    expect(inTray()).toEqual([])
  })

  it('after a restore takes nobody else’s words for one’s own', async () => {
    const { server, mine, refused } = apart((doc) => note('8s', 'gaps', MAREN.id)(doc))
    const others = copy(server)
    note('8b', 'gaps', MAREN.id)(others)
    write(others, '8s', 'Her ')
    moveNote(id('8s'), { group: null, order: 'z9' })(others)
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(others))
    note('8a')(mine)
    const theirs = await refused({ refusal: null })
    expect([...readBoard(theirs).notes.keys()].sort()).toEqual(['8a', '8s'])
    expect(boardEntry(theirs, 'notes', '8s')?.get('place')).toEqual([null, 'a1'])
    expect(inTray()).toEqual([])
  })

  it('never refuses one’s own drafts, whatever is locked', async () => {
    const { mine, refused, setFields } = apart()
    setFields({ locks: { gaps: LOCK }, state: 'closed', closedAt: 3 })
    addDraft({
      id: id('9a'),
      phase: 'gaps',
      author: INES.id,
      at: 5,
      text: 'Secret',
      order: 'a0',
      under: null,
      ready: true,
    })(mine)
    placeDot('round' as RoundId, 3, '9n' as OutcomeId, (each) => each)(mine)
    const theirs = await refused({ document: 'notebook' })
    expect(readDrafts(theirs)).toEqual(readDrafts(mine))
    expect(ballotOf(theirs, 'round' as RoundId, 3)).toEqual(['9n', null, null])
    expect(inTray()).toEqual([])
  })

  it('says that it is not durable where the browser stores nothing more, and has it in the tray all the same', async () => {
    const { mine, refused, setFields } = apart()
    note('11a')(mine)
    setFields({ locks: { gaps: LOCK } })
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await expect(refused()).rejects.toThrow(/this tab alone/)
    expect(inTray()).toEqual(['notes/11a'])
  })
})
