import type { PhrasingContent } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { defaultHandlers, type Options } from 'mdast-util-to-markdown'

/**
 * What people typed, as Markdown that reads back as the same text and as nothing else.
 *
 * The promise: a parser of GitHub-flavoured Markdown finds every typed text unchanged, and in it no link, image, heading,
 * list, table, footnote, task marker, emphasis or HTML.
 * - Syntax is escaped by the serializer, with {@link LITERAL}. Space at the edges of a line becomes a character reference.
 * - A line end becomes a hard line break; at the edges of the text, where Markdown knows none, a character reference.
 * - A word that renderers link or replace on their own (an address, `@name`, `#12`, a commit hash, `:smile:`) stands as
 *   inline code. Escapes would not help: GitHub looks for such words in what comes out of its parser.
 *
 * What Markdown cannot carry is replaced: CR LF and CR by LF; lone surrogates and control characters, which are no text
 * and which a terminal would obey, by U+FFFD.
 *
 * Nothing invisible is put around right-to-left text, since GitHub warns of files with bidirectional controls. Instead
 * the documents here begin a line with words of our own, and put nothing but a name or a code after what was typed.
 */
export function literalText(typed: string): PhrasingContent[] {
  const text = wellFormed(typed)
  const inner = text.replace(/^\n+|\n+$/g, '')
  const start = text.indexOf(inner)
  const lines = inner.split('\n').map(withCode)
  return [
    ...plain(text.slice(0, start)),
    ...lines.flatMap((line, index): PhrasingContent[] => (index === 0 ? line : [{ type: 'break' }, ...line])),
    ...plain(text.slice(start + inner.length)),
  ]
}

/** The same where there can be no line break, as in a heading: line ends become character references. */
export function literalLine(typed: string): PhrasingContent[] {
  return withCode(wellFormed(typed))
}

function wellFormed(typed: string): string {
  return typed
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '\uFFFD')
}

/**
 * Words that GitHub or a GFM parser turns into something by itself: web and mail addresses, mentions, issues, commits,
 * emoji short codes.
 */
const ACTIVE_WORD = new RegExp(
  [
    /\/\/[^\s/]|www\.|mailto:|xmpp:/,
    /@[\w-]/,
    /#\d|\bGH-\d/,
    /\b(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{7,40}\b/,
    /:(?:[a-z][\w+-]*|[+-]1|100|1234|8ball):/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
)

function withCode(line: string): PhrasingContent[] {
  const nodes: PhrasingContent[] = []
  let text = ''
  for (const part of line.split(/(\s+)/u)) {
    if (!ACTIVE_WORD.test(part)) {
      text += part
      continue
    }
    nodes.push(...plain(text), { type: 'inlineCode', value: part })
    text = ''
  }
  return [...nodes, ...plain(text)]
}

function plain(text: string): PhrasingContent[] {
  return text === '' ? [] : [{ type: 'text', value: text }]
}

/** Spaces that some parsers cut off the edges of a line as if they were ASCII ones, with what would escape a reference. */
const WIDE_SPACE_AT_EDGE = /^(?! )[\p{Z}\ufeff]|\\?(?! )[\p{Z}\ufeff]$/gu

function references(spaces: string): string {
  return Array.from(spaces, (char) => (char === '\\' ? '\\\\' : `&#x${char.charCodeAt(0).toString(16)};`)).join('')
}

/** How a tree with typed text in it is written: GitHub-flavoured, and with what the serializer's own rules leave out. */
export const LITERAL: Options = {
  bullet: '-',
  emphasis: '_',
  listItemIndent: 'one',
  extensions: [gfmToMarkdown()],
  handlers: {
    break: () => '\\\n',
    // A text begins and ends where a line does, or beside a word of ours, where a reference does no harm.
    text: (node, parent, state, info) =>
      defaultHandlers.text(node, parent, state, info).replace(WIDE_SPACE_AT_EDGE, references),
  },
  unsafe: [
    // A line end inside a text is never a break: breaks are nodes of their own, written by the handler above.
    { character: '\n', inConstruct: 'phrasing' },
    // GitHub reads mathematics between dollar signs.
    { character: '$', inConstruct: 'phrasing' },
  ],
}
