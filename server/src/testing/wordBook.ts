/** Letters that begin one word each: no two words of a story share one, so a word is found wherever it ended up. */
const FIRST = 0x4e00
const LAST = 0x9fff
const REST = 'abcd'
const WORD = /[\u4e00-\u9fff][a-d]*/gu

/** A word that somebody is typing: as much of it as was typed. */
export class Word {
  typed = ''
  readonly #first: string

  constructor(first: string) {
    this.#first = first
  }

  /** The letter to type next, or undefined where the word is complete. */
  get next(): string | undefined {
    return this.typed === '' ? this.#first : REST[this.typed.length - 1]
  }
}

/** Every word that the people of a story type, letter by letter. */
export class WordBook {
  readonly #words: Word[] = []

  /** Words of which something was typed. */
  get words(): readonly Word[] {
    return this.#words.filter(({ typed }) => typed !== '')
  }

  begin(): Word {
    const first = FIRST + this.#words.length
    if (first > LAST) throw new Error('The story has more words than there are first letters.')
    const word = new Word(String.fromCharCode(first))
    this.#words.push(word)
    return word
  }
}

/** The words, complete or not, that stand in a text. */
export function wordsIn(text: string): readonly string[] {
  return text.match(WORD) ?? []
}
