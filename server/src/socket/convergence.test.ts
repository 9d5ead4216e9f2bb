import { boardEntry, boardRoot, entryText, readBoard, readNote } from '@quintet/shared/board'
import { type Edit, hangNote, moveNote, removeNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { StoreFailed } from '../store/store.ts'
import { type CuttableWire, layWire } from '../testing/cuttableWire.ts'
import type { Participant } from '../testing/participant.ts'
import { note, setScene } from '../testing/scene.ts'
import { type Chance, chanceFor } from '../testing/seeded.ts'
import { until } from '../testing/until.ts'

const scene = setScene()

const TABS = 4
const TURNS = 160
const WORDS = ['gap ', '🌱', 'שלום ', 'x', '👩‍👩‍👧 ']

interface Tab {
  readonly name: string
  readonly wire: CuttableWire
  readonly participant: Participant
}

/** One edit of somebody, decided by chance on what their own document holds. */
function someEdit(chance: Chance, tab: Tab, turn: number): Edit {
  const ids = [...boardRoot(tab.participant.doc, 'notes').keys()] as NoteId[]
  if (ids.length === 0 || chance.next() < 0.15) return note(`${tab.name}-${turn}`, chance.pick(WORDS), tab.name)
  const id = chance.pick(ids)
  const what = chance.next()
  if (what < 0.5) return write(chance, id)
  if (what < 0.7) return moveNote(id, { group: null, order: `a${chance.below(9)}` })
  const mine = ids.filter((each) => readNote(each, boardEntry(tab.participant.doc, 'notes', each))?.author === tab.name)
  if (what < 0.85 || mine.length === 0) return hangNote(id, chance.pick(ids))
  return removeNote(chance.pick(mine))
}

function write(chance: Chance, id: NoteId): Edit {
  return (doc) => {
    const text = entryText(boardEntry(doc, 'notes', id), 'text')
    if (!text) return null
    // No field cuts a character in two.
    const letters = [...text.toString()]
    const place = chance.below(letters.length + 1)
    const at = letters.slice(0, place).join('').length
    const doomed = letters.slice(place, place + 3).join('').length
    if (chance.next() < 0.3 && doomed > 0) text.delete(at, doomed)
    else text.insert(at, chance.pick(WORDS))
    return null
  }
}

/** What the network and the server do to everybody while they write. */
async function somethingHappens(chance: Chance, tabs: readonly Tab[]): Promise<void> {
  const what = chance.next()
  const { wire } = chance.pick(tabs)
  if (what < 0.1) wire.cut()
  else if (what < 0.16) {
    wire.unplug()
    wire.cut()
  } else if (what < 0.26) wire.mend()
  else if (what < 0.36) wire.delay = chance.below(20)
  else if (what < 0.38) scene.rig.store.fail(new StoreFailed('The disk is full.'))
  else if (what < 0.48) scene.rig.store.fail(null)
  else if (what < 0.485) await scene.rig.restart()
  else if (what < 0.75) await new Promise((resolve) => setTimeout(resolve, chance.below(12)))
}

test.each([1, 2, 3])(
  '[promise 1] everyone ends with the same board, whatever the network did: story %i',
  async (story) => {
    const chance = chanceFor(`convergence ${story}`)
    const rig = await scene.start({ people: TABS, write: (board) => void note('first')(board) })
    const tabs: Tab[] = []
    for (let index = 0; index < TABS; index++) {
      const wire = await layWire(rig.port)
      tabs.push({
        name: `person-${index}`,
        wire,
        participant: scene.enter(`person-${index}`, 'board', { port: wire.port }),
      })
    }
    try {
      for (let turn = 0; turn < TURNS; turn++) {
        const tab = chance.pick(tabs)
        someEdit(chance, tab, turn)(tab.participant.doc)
        await somethingHappens(chance, tabs)
      }
      rig.store.fail(null)
      for (const { wire } of tabs) {
        wire.mend()
        wire.delay = 0
      }
      await until('all is saved', () => tabs.every(({ participant }) => participant.isSaved), 20_000)
      const room = await rig.rooms.open(rig.workshop)
      const [board, known] = await room.read((documents) => [readBoard(documents.board), Y.snapshot(documents.board)])
      // A deletion that is still on its way is in no state vector.
      await until('all have the same', () =>
        tabs.every(({ participant }) => Y.equalSnapshots(Y.snapshot(participant.doc), known)),
      )
      for (const { participant } of tabs) expect(readBoard(participant.doc)).toEqual(board)
      expect(board.notes.size).toBeGreaterThan(1)
      for (const { participant } of tabs) participant.leave()
      await rig.restart()
      const again = await rig.rooms.open(rig.workshop)
      // What nobody was given back in time is in the bin once the room is loaded again.
      const notes = [...board.notes].map(([id, each]) => [id, each.removed ? { ...each, text: '' } : each] as const)
      expect(await again.read((documents) => readBoard(documents.board))).toEqual({ ...board, notes: new Map(notes) })
    } finally {
      await Promise.all(tabs.map(({ wire }) => wire.close()))
    }
  },
  40_000,
)
