import { afterEach, expect } from 'vitest'
import * as Y from 'yjs'
import type { Participant } from './participant.ts'
import type { Rig } from './rig.ts'
import { OBSERVER_SEAT } from './rig.ts'
import type { Scene } from './scene.ts'
import { until } from './until.ts'

const contentOf = (board: Y.Doc) =>
  Object.fromEntries(['notes', 'groups', 'plan'].map((root) => [root, board.getMap(root).toJSON()]))

/** What a board holds, and whether everything in it is whole. */
async function boardOf({ rooms, workshop }: Rig) {
  const room = await rooms.open(workshop)
  return room.read(({ board }) => ({
    content: contentOf(board),
    clocks: Y.decodeStateVector(Y.encodeStateVector(board)),
    deleted: Y.snapshot(board).ds,
    pending: [board.store.pendingStructs, board.store.pendingDs],
  }))
}

/** Lets somebody watch the board of a scene from its start on. */
export interface Watch {
  /** The tab of somebody who watches. */
  readonly tab: Participant
  start(...setting: Parameters<Scene['start']>): Promise<Rig>
}

/**
 * Holds, after each test of a file, what has to hold after whatever was sent [112]: nothing waits inside the board,
 * whoever watched all the while has the same as the server and so has a newcomer, and what a restart reads is that too.
 */
export function watchBoard(scene: Scene): Watch {
  let tab: Participant | undefined

  afterEach(async () => {
    if (!tab) return
    const [watcher, { rig }] = [tab, scene]
    tab = undefined
    const board = await boardOf(rig)
    expect(board.pending).toEqual([null, null])
    const newcomer = scene.enter(OBSERVER_SEAT)
    await newcomer.synced()
    for (const each of [watcher, newcomer]) {
      // A deletion that is still on its way is in no state vector.
      await until('they have what the server has', () =>
        Y.equalSnapshots(Y.snapshot(each.doc), new Y.Snapshot(board.deleted, board.clocks)),
      )
      expect(contentOf(each.doc)).toEqual(board.content)
      // A restart closes too, with codes after which one returns.
      expect(each.closes.filter((code) => code >= 4_400 && code < 4_500)).toEqual([])
    }
    await rig.restart()
    expect(await boardOf(rig)).toEqual(board)
  })

  return {
    get tab() {
      if (!tab) throw new Error('Nobody watches yet.')
      return tab
    },
    start: async (setting) => {
      const rig = await scene.start(setting)
      tab = scene.enter(OBSERVER_SEAT)
      await tab.synced()
      return rig
    },
  }
}
