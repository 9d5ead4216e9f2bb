import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Ledger } from './ledger.ts'
import { SavedWatch } from './saved.ts'

let ledger: Ledger
let watch: SavedWatch
let messages: number
beforeEach(() => {
  vi.useFakeTimers()
  ledger = new Ledger()
  ledger.sent(true)
  messages = 1
  watch = new SavedWatch(ledger)
})
afterEach(() => {
  watch.close()
  vi.useRealTimers()
})

function edit(thing = 'note'): void {
  ledger.edited([thing])
  ledger.sent(false)
  messages++
  watch.edited()
}
function mark(count = messages): void {
  ledger.marked(count)
  watch.marked()
}
const says = () => watch.state.getState()

describe('what the page says of the saving', () => {
  it('says nothing of saving that takes less than 400 ms', () => {
    edit()
    vi.advanceTimersByTime(399)
    expect(says()).toEqual({ is: 'saved' })
    mark()
    vi.advanceTimersByTime(10_000)
    expect(says()).toEqual({ is: 'saved' })
  })

  it('says saving after 400 ms without progress, and saved at once when it is', () => {
    edit()
    vi.advanceTimersByTime(400)
    expect(says()).toEqual({ is: 'saving' })
    mark()
    expect(says()).toEqual({ is: 'saved' })
  })

  it('stays calm while somebody types without a pause and each edit is saved soon', () => {
    const said: string[] = []
    watch.state.subscribe(({ is }) => said.push(is))
    edit()
    for (let count = 0; count < 50; count++) {
      edit()
      mark(messages - 1)
      vi.advanceTimersByTime(100)
    }
    expect(said).toEqual([])
  })

  it('does not call merged what was handed back', () => {
    const said: string[] = []
    watch.connected(false)
    ledger.edited(['a'])
    watch.edited()
    watch.connected(true)
    watch.state.subscribe(({ is }) => said.push(is))
    ledger.abandon()
    watch.handedBack()
    watch.marked()
    expect(said).toEqual(['saved'])
  })

  it('counts what waits while offline, and says for a while that it is back with it', () => {
    watch.connected(false)
    ledger.edited(['a'])
    ledger.edited(['b'])
    watch.edited()
    expect(says()).toEqual({ is: 'offline', waiting: 2 })
    ledger.reconnected()
    watch.connected(true)
    expect(says()).toEqual({ is: 'saving' })
    ledger.sent(true)
    mark(1)
    expect(says()).toEqual({ is: 'back', merged: 2 })
    vi.advanceTimersByTime(4_000)
    expect(says()).toEqual({ is: 'saved' })
  })

  it('says that it is back also when the edits were saved before the session was live again', () => {
    watch.connected(false)
    edit('a')
    edit('b')
    ledger.reconnected()
    ledger.sent(true)
    mark(1)
    expect(says()).toEqual({ is: 'offline', waiting: 0 })
    watch.connected(true)
    expect(says()).toEqual({ is: 'back', merged: 2 })
  })

  it('says saved at once on a return with nothing that waited', () => {
    watch.connected(false)
    expect(says()).toEqual({ is: 'offline', waiting: 0 })
    watch.connected(true)
    expect(says()).toEqual({ is: 'saved' })
  })

  it('never says saved or back while an edit waits for longer than 400 ms', () => {
    watch.connected(false)
    edit()
    ledger.reconnected()
    watch.connected(true)
    ledger.sent(true)
    messages = 1
    mark()
    expect(says()).toMatchObject({ is: 'back' })
    vi.advanceTimersByTime(1_000)
    edit()
    vi.advanceTimersByTime(400)
    expect(says()).toEqual({ is: 'saving' })
    vi.advanceTimersByTime(60_000)
    expect(says()).toEqual({ is: 'saving' })
  })
})
