import { smallestChange } from '@quintet/shared/edits'
import * as Y from 'yjs'
import { type Delta, endOfChange, mapGap, mapRange, type Range } from './textPositions.ts'

export type TextElement = HTMLTextAreaElement | HTMLInputElement

export interface BindingOptions {
  /** Where typing stops, UTF-16 units. Merging two people's words may go past it; then words can only become fewer. */
  readonly most: number
  /** Whether line breaks become spaces, as they do by themselves in an `<input>`. */
  readonly oneLine?: boolean | undefined
  /** Something typed or pasted did not fit: what did fit is there, the rest is not. */
  readonly onLimit?: (() => void) | undefined
  /** The words in the element changed, by whomever. */
  readonly onChange?: (() => void) | undefined
  /** Words typed here are about to change the text: what this writes into the document comes in the same transaction. */
  readonly onWrite?: (() => void) | undefined
}

/** Typing with shorter pauses than this is undone in one go, ms. */
const ONE_GO = 500

/**
 * Binds a field to a shared text, both ways. What is typed becomes the smallest change of the text; what others change
 * appears without moving caret or selection away from the words they stand at.
 *
 * While an input method composes, the field is its own: touching it would end the composition, and half-composed
 * characters are nobody's words yet. Others' changes are held till the end and what was composed is then placed among
 * them. Undo inside the field takes back one's own words alone.
 *
 * @returns ends the binding; what is still being composed is written first.
 */
export function bindText(element: TextElement, text: Y.Text, options: BindingOptions): () => void {
  const binding = new TextBinding(element, text, options)
  return () => binding.end()
}

class TextBinding {
  readonly #element: TextElement
  readonly #text: Y.Text
  readonly #options: BindingOptions
  readonly #listeners = new AbortController()
  /** What the field showed when it and the text last agreed. */
  #shown: string
  /** Others' changes since then, in their order. */
  #held: Delta[] = []
  /** What the field itself changed last. */
  #own: Delta = []
  #composing = false
  #undo: Y.UndoManager | undefined

  constructor(element: TextElement, text: Y.Text, options: BindingOptions) {
    this.#element = element
    this.#text = text
    this.#options = options
    this.#shown = this.#words()
    element.value = this.#shown
    text.observe(this.#changed)
    this.#on('input', () => this.#composing || this.#absorb())
    this.#on('compositionstart', () => {
      this.#composing = true
    })
    this.#on('compositionend', () => this.#endComposition())
    this.#on('blur', () => this.#endComposition())
    this.#on('beforeinput', (event) => this.#beforeInput(event as InputEvent))
    this.#on('keydown', (event) => this.#keyDown(event as KeyboardEvent))
  }

  end(): void {
    this.#endComposition()
    this.#listeners.abort()
    this.#text.unobserve(this.#changed)
    this.#undo?.destroy()
  }

  #on(type: string, listener: (event: Event) => void): void {
    this.#element.addEventListener(type, listener, { signal: this.#listeners.signal })
  }

  /** The text as the field shows it, unit for unit: a field makes other line breaks of these, which can differ in length. */
  #words(): string {
    return this.#inField(this.#text.toString())
  }

  #inField(words: string): string {
    const oneLine = this.#options.oneLine || this.#element.tagName === 'INPUT'
    return words.replace(oneLine ? /[\r\n]/g : /\r/g, ' ')
  }

  readonly #changed = (event: Y.YTextEvent, { origin }: Y.Transaction) => {
    // Yjs can only tell the delta while it tells of the event.
    const delta: Delta = event.delta
    if (origin === this) this.#own = delta
    else if (this.#composing) this.#held.push(delta)
    else if (origin === this.#undo) this.#show(endOfChange(delta))
    else this.#follow([delta])
  }

  /** Shows the text after others' changes, with caret and selection at the words where they were. */
  #follow(deltas: readonly Delta[]): void {
    const { selectionStart, selectionEnd } = this.#element
    const start = selectionStart ?? 0
    const end = selectionEnd ?? start
    // What others insert at the caret goes after it, so that one's own words stay together.
    if (start === end) this.#show(mapThrough(start, deltas, 'before'))
    else this.#show(mapThrough(start, deltas, 'after'), mapThrough(end, deltas, 'before'))
  }

  /** Makes the field show the text, with caret or selection at a place. */
  #show(start: number, end = start): void {
    const element = this.#element
    const { scrollTop, selectionDirection } = element
    this.#shown = this.#words()
    element.value = this.#shown
    // A selection in a field without focus would take the focus in some browsers.
    if ((element.getRootNode() as Document | ShadowRoot).activeElement === element) {
      element.setSelectionRange(start, Math.max(start, end), selectionDirection ?? 'none')
      element.scrollTop = scrollTop
    }
    this.#options.onChange?.()
  }

  /** Takes what was typed over into the text, among what others changed meanwhile. */
  #absorb(): void {
    const { value, selectionEnd } = this.#element
    const held = this.#held
    this.#held = []
    const change = smallestChange(this.#shown, value, selectionEnd ?? value.length)
    if (!change) {
      if (held.length > 0) this.#follow(held)
      return
    }
    const at = mapThrough(change.at, held, 'before')
    const removed = held.reduce<readonly Range[]>(
      (ranges, delta) => ranges.flatMap((range) => mapRange(range, delta)),
      [{ start: change.at, end: change.at + change.remove }],
    )
    const insert = this.#fitting(change.insert, removed)
    this.#replace(at, removed, insert)
    if (this.#words() === value) {
      this.#shown = value
      this.#options.onChange?.()
      return
    }
    const caret = (selectionEnd ?? value.length) - change.at
    if (caret < 0) this.#show(mapThrough(caret + change.at, [...held, this.#own], 'before'))
    else if (caret <= change.insert.length) this.#show(at + Math.min(caret, insert.length))
    else {
      const before = caret + change.at - change.insert.length + change.remove
      this.#show(mapGap(mapThrough(before, held, 'before'), this.#own, 'after'))
    }
  }

  /** As much of an insertion as there is room for, in whole characters as people count them. */
  #fitting(insert: string, removed: readonly Range[]): string {
    const room = this.#options.most - this.#text.length + removed.reduce((sum, { start, end }) => sum + end - start, 0)
    // Half a surrogate pair cannot be sent.
    const whole = this.#inField(insert.toWellFormed())
    if (whole.length <= room) return whole
    this.#options.onLimit?.()
    let fits = 0
    for (const { index, segment } of GRAPHEMES.segment(whole)) {
      if (index + segment.length > room) break
      fits = index + segment.length
    }
    return whole.slice(0, fits)
  }

  #replace(at: number, removed: readonly Range[], insert: string): void {
    this.#undo ??= new Y.UndoManager(this.#text, { trackedOrigins: new Set([this]), captureTimeout: ONE_GO })
    this.#own = []
    this.#text.doc?.transact(() => {
      this.#options.onWrite?.()
      if (insert !== '') this.#text.insert(at, insert)
      for (const { start, end } of removed.toReversed()) this.#text.delete(start + insert.length, end - start)
    }, this)
  }

  #endComposition(): void {
    if (!this.#composing) return
    this.#composing = false
    this.#absorb()
  }

  #beforeInput(event: InputEvent): void {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
    // The browser's own undo knows nothing of others' words and would take them along.
    event.preventDefault()
    this.#travel(event.inputType === 'historyUndo' ? 'undo' : 'redo')
  }

  #keyDown(event: KeyboardEvent): void {
    const what = undoKey(event)
    if (!what || this.#composing) return
    event.preventDefault()
    event.stopPropagation()
    this.#travel(what)
  }

  #travel(what: 'undo' | 'redo'): void {
    const undo = this.#undo
    if (!undo || !(what === 'undo' ? undo.canUndo() : undo.canRedo())) return
    // It makes a transaction of its own: what goes with it comes before.
    this.#options.onWrite?.()
    undo[what]()
  }
}

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function mapThrough(gap: number, deltas: readonly Delta[], keepsTo: 'before' | 'after'): number {
  return deltas.reduce((at, delta) => mapGap(at, delta, keepsTo), gap)
}

/** What a key means: Z with Ctrl or Cmd undoes, with Shift as well it redoes, as does Ctrl with Y. */
function undoKey(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && event.ctrlKey ? 'redo' : null
}
