import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ledger, Ledgers } from './ledger.ts'

describe('the ledger', () => {
  it('takes an edit for saved when the message that carried it is marked', () => {
    const ledger = new Ledger()
    ledger.sent(true)
    ledger.edited(['a'])
    ledger.sent(false)
    ledger.marked(1)
    expect(ledger.isSaved(ledger.edits)).toBe(false)
    ledger.marked(2)
    expect(ledger.isSaved(ledger.edits)).toBe(true)
  })

  it('counts things that wait, however often each was edited', () => {
    const ledger = new Ledger()
    for (const thing of ['a', 'a', 'b', 'a']) ledger.edited([thing])
    expect(ledger.waiting).toBe(2)
  })

  it('keeps waiting for a thing that was edited again after what is marked', () => {
    const ledger = new Ledger()
    ledger.sent(true)
    for (const thing of ['a', 'b', 'a']) {
      ledger.edited([thing])
      ledger.sent(false)
    }
    ledger.marked(3)
    expect(ledger.waiting).toBe(1)
    ledger.marked(4)
    expect(ledger.waiting).toBe(0)
  })

  it('believes no update that left before the server’s question was answered: earlier edits may be missing', () => {
    const ledger = new Ledger()
    ledger.edited(['offline'])
    ledger.reconnected()
    ledger.edited(['live'])
    ledger.sent(false)
    ledger.marked(1)
    expect(ledger.waiting).toBe(2)
    ledger.sent(true)
    ledger.marked(2)
    expect(ledger.waiting).toBe(0)
  })

  it('forgets the counts of a socket that is gone', () => {
    const ledger = new Ledger()
    ledger.sent(true)
    ledger.edited(['a'])
    ledger.sent(false)
    ledger.reconnected()
    ledger.marked(2)
    expect(ledger.waiting).toBe(1)
  })

  it('never takes for saved what the server does not have, whatever is lost and when', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant('edit' as const) },
      { weight: 3, arbitrary: fc.constant('mark' as const) },
      fc.constant('cut' as const),
      { weight: 2, arbitrary: fc.constant('answer' as const) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ledger = new Ledger()
        // What each message on its way holds, and what the server has taken in, by edit number.
        let onTheWay: number[][] = []
        let has = new Set<number>()
        let received = 0
        let connected = false
        for (const each of steps) {
          if (each === 'edit') {
            ledger.edited([String(ledger.edits)])
            if (connected) {
              onTheWay.push([ledger.edits])
              ledger.sent(false)
            }
          } else if (each === 'cut') {
            onTheWay = []
            received = 0
            connected = !connected
            if (connected) ledger.reconnected()
          } else if (each === 'answer' && connected) {
            onTheWay.push(Array.from({ length: ledger.edits }, (_, index) => index + 1))
            ledger.sent(true)
          } else if (each === 'mark' && connected && onTheWay.length > 0) {
            has = new Set([...has, ...(onTheWay.shift() ?? [])])
            received++
            ledger.marked(received)
          }
          for (let edit = 1; edit <= ledger.edits; edit++) if (ledger.isSaved(edit)) expect(has).toContain(edit)
        }
      }),
    )
  })
})

describe('the ledgers of several documents', () => {
  const openLedger = () => {
    const ledger = new Ledger()
    ledger.sent(true)
    return ledger
  }
  const edit = (ledger: Ledger, ...things: string[]) => {
    ledger.edited(things)
    ledger.sent(false)
  }

  it('count what waits in all of them', () => {
    const [board, notebook] = [openLedger(), openLedger()]
    const ledgers = new Ledgers(() => [board, notebook])
    edit(board, 'note')
    edit(notebook, 'draft', 'ballot')
    expect(ledgers.waiting).toBe(3)
    notebook.marked(2)
    expect(ledgers.waiting).toBe(1)
  })

  it('answer for the edits of all documents from before the question, and for no later ones', () => {
    const [board, notebook] = [openLedger(), openLedger()]
    const ledgers = new Ledgers(() => [board, notebook])
    expect(ledgers.soFar()()).toBe(true)
    edit(board, 'note')
    edit(notebook, 'draft')
    const isSaved = ledgers.soFar()
    edit(notebook, 'draft')
    edit(board, 'note')
    board.marked(2)
    expect(isSaved()).toBe(false)
    notebook.marked(2)
    expect(isSaved()).toBe(true)
    expect(ledgers.soFar()()).toBe(false)
  })
})

describe('what a copy on this device had', () => {
  it('is unsaved until the answer to the server’s question is durable', () => {
    const ledger = new Ledger()
    ledger.read(['a', 'b'], new Map([[1, 3]]))
    expect(ledger.waiting).toBe(2)
    expect(ledger.since).toEqual(new Map([[1, 3]]))
    ledger.sent(false)
    ledger.marked(1)
    expect(ledger.waiting).toBe(2)
    ledger.sent(true)
    ledger.marked(2)
    expect(ledger.waiting).toBe(0)
    expect(ledger.since).toBeUndefined()
  })

  it('began before what was edited since', () => {
    const ledger = new Ledger()
    ledger.edited(
      ['a'],
      new Map([
        [1, 9],
        [2, 2],
      ]),
    )
    ledger.read(['b'], new Map([[1, 3]]))
    ledger.edited(['c'], new Map([[1, 20]]))
    expect(ledger.since).toEqual(
      new Map([
        [1, 3],
        [2, 0],
      ]),
    )
  })

  it('keeps nobody waiting once its document was left', () => {
    const ledger = new Ledger()
    ledger.edited(['a'])
    const isSaved = ledger.soFar()
    ledger.abandon()
    expect([isSaved(), ledger.waiting]).toEqual([true, 0])
  })
})
