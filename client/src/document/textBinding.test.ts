import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { bindText, type TextElement } from './textBinding.ts'

/** Words that are hard to cut: surrogate pairs, joined emoji, a flag, combining marks, right-to-left and mixed text. */
const HARD = ['a', ' ', '\n', '🙂', '👩‍💻', '👨‍👩‍👧‍👦', '🇩🇪', 'é', 'שלום', 'مرحبا', 'abc', '𝒳', '한']
const words = fc.array(fc.constantFrom(...HARD), { maxLength: 6 }).map((parts) => parts.join(''))

/** A field that is bound to a text of a document of its own, as one person's browser has it. */
class Desk {
  readonly doc = new Y.Doc()
  readonly text = this.doc.getText('words')
  readonly field: TextElement
  readonly unbind: () => void
  readonly onLimit = vi.fn()

  constructor({
    start = '',
    most = 2_000,
    tag = 'textarea' as 'textarea' | 'input',
    from = undefined as Desk | undefined,
  } = {}) {
    if (from) Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(from.doc))
    else this.text.insert(0, start)
    this.field = document.body.appendChild(document.createElement(tag))
    this.unbind = bindText(this.field, this.text, { most, onLimit: this.onLimit })
    this.field.focus()
  }

  /** Types over the selection, as a browser does it: the value changes, then it tells. */
  type(insert: string): void {
    const { selectionStart, selectionEnd } = this.field
    this.field.setRangeText(insert, selectionStart ?? 0, selectionEnd ?? 0, 'end')
    this.field.dispatchEvent(new InputEvent('input', { inputType: 'insertText' }))
  }

  select(start: number, end = start): void {
    this.field.setSelectionRange(start, end)
  }

  /** Begins to compose, and shows half-composed characters. */
  compose(insert: string): void {
    this.field.dispatchEvent(new CompositionEvent('compositionstart'))
    this.type(insert)
  }

  /** What is composed becomes another. */
  recompose(count: number, insert: string): void {
    const end = this.field.selectionEnd ?? 0
    this.select(end - count, end)
    this.type(insert)
  }

  commit(): void {
    this.field.dispatchEvent(new CompositionEvent('compositionend'))
  }

  key(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
    const event = new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true, ...more })
    this.field.dispatchEvent(event)
    return event
  }

  /** Somebody else changes the text. */
  remote(at: number, remove: number, insert: string): void {
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(this.doc))
    other.getText('words').delete(at, remove)
    other.getText('words').insert(at, insert)
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other), 'remote')
  }

  get caret(): readonly (number | null)[] {
    return [this.field.selectionStart, this.field.selectionEnd]
  }
}

/** Everything that one has and the other lacks. */
function exchange(a: Desk, b: Desk): void {
  const [fromA, fromB] = [Y.encodeStateAsUpdate(a.doc), Y.encodeStateAsUpdate(b.doc)]
  Y.applyUpdate(b.doc, fromA, 'remote')
  Y.applyUpdate(a.doc, fromB, 'remote')
}

/** A place in a text that cuts no surrogate pair, by a number from 0 to 1. */
function placeIn(text: string, share: number): number {
  const places = [0]
  for (const sign of text) places.push((places.at(-1) ?? 0) + sign.length)
  return places[Math.floor(share * (places.length - 1))] ?? 0
}
const share = fc.double({ min: 0, max: 1, noNaN: true })

beforeEach(() => {
  document.body.replaceChildren()
})
afterEach(() => {
  document.body.replaceChildren()
})

describe('a field bound to a text', () => {
  it('writes what is typed, pasted over a selection, and deleted, whatever the words are', () => {
    const change = fc.record({ from: share, to: share, insert: words })
    fc.assert(
      fc.property(words, fc.array(change, { maxLength: 8 }), (start, changes) => {
        const desk = new Desk({ start })
        let expected = start
        for (const { from, to, insert } of changes) {
          const [a, b] = [placeIn(expected, from), placeIn(expected, to)].toSorted((x, y) => x - y) as [number, number]
          desk.select(a, b)
          desk.type(insert)
          expected = expected.slice(0, a) + insert + expected.slice(b)
          expect(desk.text.toString()).toBe(expected)
          expect(desk.field.value).toBe(expected)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('never writes half a surrogate pair, though one emoji becomes another with the same first half', () => {
    const desk = new Desk({ start: '🙂' })
    const updates: string[] = []
    desk.text.observe(({ delta }) => updates.push(JSON.stringify(delta)))
    desk.select(0, 2)
    desk.type('🙃')
    expect(desk.text.toString()).toBe('🙃')
    expect(updates.join('')).toContain('🙃')
  })

  it('shows others’ changes, with caret and selection at the words where they were', () => {
    const change = fc.record({ at: share, to: share, insert: words })
    fc.assert(
      fc.property(words, share, share, change, (start, from, to, { at, to: until, insert }) => {
        const desk = new Desk({ start })
        const [a, b] = [placeIn(start, from), placeIn(start, to)].toSorted((x, y) => x - y) as [number, number]
        const [c, d] = [placeIn(start, at), placeIn(start, until)].toSorted((x, y) => x - y) as [number, number]
        desk.select(a, b)
        desk.remote(c, d - c, insert)
        const after = start.slice(0, c) + insert + start.slice(d)
        expect(desk.field.value).toBe(after)
        expect(desk.field.value).toBe(desk.text.toString())
        // What was selected and still stands is still selected, and nothing that others wrote outside of it.
        const kept = [start.slice(a, Math.max(a, Math.min(b, c))), start.slice(Math.min(b, Math.max(a, d)), b)]
        const selected = after.slice(desk.field.selectionStart ?? 0, desk.field.selectionEnd ?? 0)
        if (a < b && (d <= a || c >= b)) expect(selected).toBe(start.slice(a, b))
        else if (a < b) expect([kept.join(''), kept.join(insert)]).toContain(selected)
        else expect(selected).toBe('')
      }),
      { numRuns: 300 },
    )
  })

  it('keeps the caret before what another inserts there, so that one’s own words stay together', () => {
    const desk = new Desk({ start: 'We ' })
    desk.select(3)
    desk.remote(3, 0, 'listen')
    expect(desk.caret).toEqual([3, 3])
    desk.type('all ')
    expect(desk.text.toString()).toBe('We all listen')
  })

  it('leaves the selection of a field alone that has no focus', () => {
    const desk = new Desk({ start: 'abc' })
    desk.field.blur()
    const select = vi.spyOn(desk.field, 'setSelectionRange')
    desk.remote(0, 0, 'x')
    expect(desk.field.value).toBe('xabc')
    expect(select).not.toHaveBeenCalled()
  })

  it('shows line breaks as spaces in a field of one line, and keeps them in the text', () => {
    const desk = new Desk({ start: 'one\ntwo', tag: 'input' })
    expect(desk.field.value).toBe('one two')
    desk.select(7)
    desk.type('!')
    expect(desk.text.toString()).toBe('one\ntwo!')
  })

  it('ends with the binding', () => {
    const desk = new Desk({ start: 'abc' })
    desk.unbind()
    desk.type('x')
    desk.remote(0, 0, 'y')
    expect(desk.text.toString()).toBe('yabc')
    expect(desk.field.value).toBe('abcx')
  })
})

describe('two bound fields', () => {
  it('converge, and keep both people’s words, wherever and whatever they type at once', () => {
    const typing = fc.record({ at: share, to: share, insert: words })
    fc.assert(
      fc.property(words, typing, typing, (start, one, two) => {
        const a = new Desk({ start })
        const b = new Desk({ from: a })
        for (const [desk, { at, insert }] of [
          [a, one],
          [b, two],
        ] as const) {
          desk.field.focus()
          desk.select(placeIn(start, at))
          desk.type(insert)
        }
        exchange(a, b)
        expect(a.field.value).toBe(b.field.value)
        expect(a.field.value).toBe(a.text.toString())
        expect(a.field.value).toHaveLength(start.length + one.insert.length + two.insert.length)
        expect(a.field.value).toContain(one.insert)
        expect(a.field.value).toContain(two.insert)
        expect(a.field.value.isWellFormed()).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('converge under long typing with changes that arrive late and in any order', () => {
    const step = fc.record({ who: fc.boolean(), from: share, to: share, insert: words, deliver: fc.boolean() })
    fc.assert(
      fc.property(words, fc.array(step, { maxLength: 25 }), (start, steps) => {
        const a = new Desk({ start })
        const b = new Desk({ from: a })
        for (const { who, from, to, insert, deliver } of steps) {
          const desk = who ? a : b
          desk.field.focus()
          const value = desk.field.value
          const [x, y] = [placeIn(value, from), placeIn(value, to)].toSorted((p, q) => p - q) as [number, number]
          desk.select(x, y)
          desk.type(insert)
          if (deliver) exchange(a, b)
        }
        exchange(a, b)
        expect(a.field.value).toBe(b.field.value)
        expect(a.field.value).toBe(a.text.toString())
      }),
      { numRuns: 100 },
    )
  })
})

describe('an input method', () => {
  it('writes nothing until the end, and is not disturbed by others’ words', () => {
    const desk = new Desk({ start: 'ab' })
    desk.select(1)
    desk.compose('k')
    desk.recompose(1, 'か')
    expect(desk.text.toString()).toBe('ab')
    desk.remote(0, 0, 'theirs ')
    expect(desk.field.value).toBe('aかb')
    desk.recompose(1, '書')
    desk.commit()
    expect(desk.text.toString()).toBe('theirs a書b')
    expect(desk.field.value).toBe('theirs a書b')
    expect(desk.caret).toEqual([9, 9])
  })

  it('loses nobody’s words, wherever others insert and delete meanwhile', () => {
    const change = fc.record({ at: share, to: share, insert: words })
    fc.assert(
      fc.property(
        words,
        share,
        share,
        words,
        fc.array(change, { maxLength: 4 }),
        (start, from, to, composed, changes) => {
          const desk = new Desk({ start })
          const [a, b] = [placeIn(start, from), placeIn(start, to)].toSorted((x, y) => x - y) as [number, number]
          // The same changes by others, made apart and merged by Yjs itself, are what the outcome is measured by.
          const other = new Y.Doc()
          Y.applyUpdate(other, Y.encodeStateAsUpdate(desk.doc))
          const theirs = other.getText('words')
          const inserts: string[] = []
          desk.select(a, b)
          desk.compose('x')
          desk.recompose(1, composed)
          for (const { at, to: until, insert } of changes) {
            const now = theirs.toString()
            const [c, d] = [placeIn(now, at), placeIn(now, until)].toSorted((x, y) => x - y) as [number, number]
            theirs.delete(c, d - c)
            theirs.insert(c, insert)
            inserts.push(insert)
            Y.applyUpdate(desk.doc, Y.encodeStateAsUpdate(other), 'remote')
          }
          const kept = theirs.toString()
          desk.commit()
          const after = desk.text.toString()
          expect(desk.field.value).toBe(after)
          // Every new sign of the composed words stands there, beside what others have; gone is only what it replaced.
          // A sign that replaced its like changed nothing, so whoever deleted that one meanwhile has deleted it.
          for (const sign of new Set(composed)) if (!start.includes(sign)) expect(after).toContain(sign)
          expect(after.length).toBeGreaterThanOrEqual(kept.length + composed.length - (b - a))
          expect(after.length).toBeLessThanOrEqual(kept.length + composed.length)
          expect(after.isWellFormed()).toBe(true)
          // Both sides come to the same.
          Y.applyUpdate(other, Y.encodeStateAsUpdate(desk.doc))
          expect(theirs.toString()).toBe(after)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is written when the field goes away in the middle of it', () => {
    const desk = new Desk({ start: 'ab' })
    desk.select(2)
    desk.compose('か')
    desk.unbind()
    expect(desk.text.toString()).toBe('abか')
  })

  it('shows what others wrote once it was given up', () => {
    const desk = new Desk({ start: 'ab' })
    desk.select(1)
    desk.compose('k')
    desk.remote(0, 0, 'xyz')
    desk.recompose(1, '')
    desk.commit()
    expect(desk.field.value).toBe('xyzab')
    expect(desk.caret).toEqual([4, 4])
  })
})

describe('the end of a field', () => {
  it('takes what fits, in whole characters, and says that something did not', () => {
    const desk = new Desk({ start: '123456', most: 10 })
    desk.select(6)
    desk.type('ab👩‍💻c')
    expect(desk.text.toString()).toBe('123456ab')
    expect(desk.field.value).toBe('123456ab')
    expect(desk.caret).toEqual([8, 8])
    expect(desk.onLimit).toHaveBeenCalledOnce()
  })

  it('holds for any typing: never past it, and never a half character', () => {
    fc.assert(
      fc.property(words, fc.array(fc.tuple(share, words), { maxLength: 6 }), (start, typed) => {
        const desk = new Desk({ start, most: 12 })
        for (const [at, insert] of typed) {
          desk.select(placeIn(desk.field.value, at))
          desk.type(insert)
          expect(desk.text.length).toBeLessThanOrEqual(Math.max(12, start.length))
          expect(desk.field.value).toBe(desk.text.toString())
          expect(desk.field.value.isWellFormed()).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('lets words past it become fewer, and no more', () => {
    const desk = new Desk({ start: '12345678', most: 5 })
    desk.select(8)
    desk.type('x')
    expect(desk.text.toString()).toBe('12345678')
    desk.select(0, 2)
    desk.type('')
    expect(desk.text.toString()).toBe('345678')
  })
})

describe('undo inside a field', () => {
  it('takes back one’s own words and leaves others’', () => {
    const desk = new Desk({ start: 'We ' })
    desk.select(3)
    desk.type('listen')
    desk.remote(9, 0, ' first')
    expect(desk.key('z').defaultPrevented).toBe(true)
    expect(desk.text.toString()).toBe('We  first')
    expect(desk.field.value).toBe('We  first')
    desk.key('z', { shiftKey: true })
    expect(desk.field.value).toBe('We listen first')
    expect(desk.caret).toEqual([9, 9])
  })

  it.each(['historyUndo', 'historyRedo'])('answers the browser’s own %s', (inputType) => {
    const desk = new Desk()
    desk.type('abc')
    if (inputType === 'historyRedo') desk.key('z')
    const event = new InputEvent('beforeinput', { inputType, cancelable: true })
    desk.field.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    expect(desk.text.toString()).toBe(inputType === 'historyUndo' ? '' : 'abc')
  })

  it('keeps its keys to itself, and leaves all others alone', () => {
    const desk = new Desk({ start: 'abc' })
    const outside = vi.fn()
    document.body.addEventListener('keydown', outside)
    desk.key('z')
    desk.key('y')
    desk.key('z', { ctrlKey: false, metaKey: true })
    expect(outside).not.toHaveBeenCalled()
    for (const event of [desk.key('a'), desk.key('z', { ctrlKey: false }), desk.key('z', { altKey: true })])
      expect(event.defaultPrevented).toBe(false)
    expect(outside).toHaveBeenCalledTimes(3)
    document.body.removeEventListener('keydown', outside)
  })

  it('does not reach words that were there before', () => {
    const desk = new Desk({ start: 'abc' })
    desk.key('z')
    expect(desk.text.toString()).toBe('abc')
  })
})
