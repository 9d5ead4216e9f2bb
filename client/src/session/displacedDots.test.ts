import { placeDot, takeDotBack } from '@quintet/shared/ballotEdits'
import type { OutcomeId } from '@quintet/shared/board'
import type { PersonId } from '@quintet/shared/ids'
import { ballotOf } from '@quintet/shared/notebook'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { type Alone, goTo, INES, put, putRound, sessionAlone } from '../document/workshop.fixture.tsx'
import { watchNoEffect } from './noEffect.ts'
import { readTray } from './tray.ts'

const ROUND = 'round-gaps' as ReturnType<typeof putRound>
const BUDGET = 3
const TARGETS = ['n1', 'n2', 'n3', 'n4'] as const
type Target = (typeof TARGETS)[number]

/** One person's tab in an open vote, which goes and comes as told. */
class Tab {
  readonly session: Alone
  readonly notebook: Y.Doc

  /** @param client decides who gives way. */
  constructor(client: number) {
    // Each device has a tray of its own.
    this.session = sessionAlone({ me: { ...INES, id: `ines-${client}` as PersonId } })
    for (const id of TARGETS) put(this.session.docs.board, id)
    goTo(this.session, 'gaps', 'vote')
    putRound(this.session, 'gaps', { budget: BUDGET })
    const { notebook } = this.session.docs
    if (!notebook) throw new Error('A member has a notebook.')
    notebook.clientID = client
    this.notebook = notebook
    const end = watchNoEffect(this.session)
    onTestFinished(() => {
      end()
      this.session.presence.destroy()
    })
  }

  place(target: Target): void {
    placeDot(ROUND, BUDGET, target as OutcomeId, (id) => id)(this.notebook)
  }

  takeBack(target: Target): void {
    takeDotBack(ROUND, BUDGET, target as OutcomeId, (id) => id)(this.notebook)
  }

  offline(): void {
    this.session.state.setState({ is: 'offline', waiting: 0 }, true)
  }

  /** What the ballot holds, in order of the alphabet. */
  get dots(): readonly (string | null)[] {
    return ballotOf(this.notebook, ROUND, BUDGET)
      .filter((dot) => dot !== null)
      .sort()
  }

  get tray() {
    return readTray({ workshop: this.session.workshop, person: this.session.me.id }).map(({ piece }) => piece)
  }
}

/** Brings both into touch with the server, and lets what follows from it travel until nothing does. */
async function connect(...tabs: readonly Tab[]): Promise<void> {
  const states = () => tabs.map(({ notebook }) => String(Y.encodeStateAsUpdate(notebook))).join()
  for (let before = ''; before !== states(); ) {
    before = states()
    for (const from of tabs)
      for (const to of tabs) Y.applyUpdate(to.notebook, Y.encodeStateAsUpdate(from.notebook), 'server')
    for (const { session } of tabs) session.state.setState({ is: 'live' }, true)
    await Promise.resolve()
  }
}

beforeEach(() => localStorage.clear())

// Whichever of two concurrent writes Yjs lets stand.
describe.each([
  [1, 2],
  [2, 1],
])('dots of one person in two tabs without a network, of the clients %i and %i', (one, other) => {
  const offlineTabs = () => {
    const tabs = [new Tab(one), new Tab(other)] as const
    for (const tab of tabs) tab.offline()
    return tabs
  }

  it('both count where both began the ballot', async () => {
    const [laptop, phone] = offlineTabs()
    laptop.place('n1')
    phone.place('n2')
    await connect(laptop, phone)
    for (const tab of [laptop, phone]) {
      expect(tab.dots).toEqual(['n1', 'n2'])
      expect(tab.tray).toEqual([])
    }
  })

  it('both count where both took the same slot of a ballot that was begun', async () => {
    const [laptop, phone] = offlineTabs()
    laptop.place('n1')
    await connect(laptop, phone)
    for (const tab of [laptop, phone]) tab.offline()
    laptop.place('n2')
    phone.place('n3')
    await connect(laptop, phone)
    for (const tab of [laptop, phone]) expect(tab.dots).toEqual(['n1', 'n2', 'n3'])
  })

  it('never come to more than the budget: what finds no slot is in the tray of where it was placed', async () => {
    const [laptop, phone] = offlineTabs()
    for (const target of ['n1', 'n1', 'n2'] as const) laptop.place(target)
    for (const target of ['n3', 'n4'] as const) phone.place(target)
    await connect(laptop, phone)
    expect(laptop.dots).toHaveLength(BUDGET)
    expect(phone.dots).toEqual(laptop.dots)
    const handedBack = [laptop, phone].flatMap(({ tray }) =>
      tray.flatMap((piece) => (piece.is === 'dots' ? piece.slots.map(({ mine }) => mine) : [])),
    )
    expect([...laptop.dots, ...handedBack].sort()).toEqual(['n1', 'n1', 'n2', 'n3', 'n4'])
  })

  it('are in the tray of the tab that was late where the vote has closed, and only there', async () => {
    const [laptop, phone] = offlineTabs()
    phone.place('n2')
    laptop.place('n1')
    await connect(phone)
    for (const { session } of [laptop, phone])
      putRound(session, 'gaps', { budget: BUDGET, state: 'closed', closedAt: 2 })
    await connect(laptop, phone)
    expect(laptop.tray).toMatchObject([{ is: 'dots', slots: [{ slot: 0, mine: 'n1' }] }])
    expect(phone.tray).toEqual([])
  })

  it('stay away where the other tab knew of them and took them back', async () => {
    const [laptop, phone] = offlineTabs()
    laptop.place('n1')
    laptop.place('n2')
    await connect(laptop, phone)
    phone.offline()
    phone.takeBack('n1')
    phone.place('n3')
    phone.takeBack('n3')
    await connect(laptop, phone)
    for (const tab of [laptop, phone]) {
      expect(tab.dots).toEqual(['n2'])
      expect(tab.tray).toEqual([])
    }
  })
})
