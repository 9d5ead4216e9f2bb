import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { LITERAL, literalLine, literalText } from './literalText.ts'
import { nastyText } from './nastyText.ts'

const markdownIt = new MarkdownIt({ html: true, linkify: true })
markdownIt.linkify.set({ fuzzyLink: false })

/** The words of a document of one paragraph or heading, by a parser that shares no code with the serializer. */
function readWithMarkdownIt(markdown: string): string {
  const tokens = markdownIt.parse(markdown, {})
  expect(tokens.map(({ type }) => type.replace(/^heading/, 'paragraph'))).toEqual([
    'paragraph_open',
    'inline',
    'paragraph_close',
  ])
  return (tokens[1]?.children ?? [])
    .map((token) => {
      expect(['text', 'code_inline', 'hardbreak']).toContain(token.type)
      return token.type === 'hardbreak' ? '\n' : token.content
    })
    .join('')
}

/** The same by a second parser, which also links what it finds in the text after parsing, as GitHub does. */
function readWithMicromark(markdown: string): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  expect(tree.children).toHaveLength(1)
  const [block] = tree.children
  if (block?.type !== 'paragraph' && block?.type !== 'heading') throw new Error(`Read as ${block?.type}`)
  return block.children
    .map((node: Nodes) => {
      if (node.type === 'break') return '\n'
      if (node.type === 'text' || node.type === 'inlineCode') return node.value
      throw new Error(`Read as ${node.type}`)
    })
    .join('')
}

const paragraph = (text: string): Root => ({
  type: 'root',
  children: [{ type: 'paragraph', children: literalText(text) }],
})
const heading = (text: string): Root => ({
  type: 'root',
  children: [{ type: 'heading', depth: 1, children: literalLine(text) }],
})

const written = (text: string) => toMarkdown(paragraph(text), LITERAL)

describe('literal text', () => {
  it('reads back unchanged from a paragraph, with both parsers', () => {
    fc.assert(
      fc.property(nastyText, ({ typed, expected }) => {
        const markdown = toMarkdown(paragraph(typed), LITERAL)
        expect(readWithMarkdownIt(markdown)).toBe(expected)
        expect(readWithMicromark(markdown)).toBe(expected)
      }),
      { numRuns: 500 },
    )
  }, 60_000)

  it('reads back unchanged from a heading, with both parsers', () => {
    fc.assert(
      fc.property(nastyText, ({ typed, expected }) => {
        const markdown = toMarkdown(heading(typed), LITERAL)
        expect(readWithMarkdownIt(markdown)).toBe(expected)
        expect(readWithMicromark(markdown)).toBe(expected)
      }),
      { numRuns: 500 },
    )
  }, 60_000)

  it.each([
    ['plain words', 'It costs 3.50, or less; see page 4: “yes”.', 'It costs 3.50, or less; see page 4: “yes”.'],
    ['other scripts', 'שלום 日本語 👩‍👩‍👧', 'שלום 日本語 👩‍👩‍👧'],
    ['emphasis', '*a* _b_ ~c~', '\\*a\\* \\_b\\_ \\~c\\~'],
    ['HTML', '<b onclick="x">', '\\<b onclick="x">'],
    ['references', '&amp; AT&T', '\\&amp; AT\\&T'],
    ['a line end', 'one\ntwo', 'one\\\ntwo'],
    ['line ends at the edges', '\none\n', '&#xA;one&#xA;'],
    ['spaces at the edges', '  one  ', '&#x20; one &#x20;'],
    ['wide spaces at the edges', '\u00a0one\\\u3000\ntwo', '&#xa0;one\\\\&#x3000;\\\ntwo'],
    ['an address', 'see http://a.example/b.', 'see `http://a.example/b.`'],
    ['a mail address', 'ask kofi@example.org', 'ask `kofi@example.org`'],
    ['a mention', '@kofi knows', '`@kofi` knows'],
    ['an issue', 'closes #12', 'closes `#12`'],
    ['a commit', 'since a5c3785', 'since `a5c3785`'],
    ['an emoji short code', 'done :tada:', 'done `:tada:`'],
    [
      'what only looks alike',
      '3 @ 4, C#, # 1, 10:30:45, 1000000, defaced',
      '3 @ 4, C#, # 1, 10:30:45, 1000000, defaced',
    ],
    ['mathematics', '$a$ costs $5', '\\$a\\$ costs \\$5'],
  ])('writes %s so that it stays text', (_, typed, markdown) => {
    expect(written(typed)).toBe(`${markdown}\n`)
  })

  it('replaces what Markdown cannot carry, and what a terminal would obey', () => {
    expect(written('a\r\nb\rc\u0000\u001b[31m\u0085\ud83d!')).toBe('a\\\nb\\\nc��\\[31m��!\n')
  })
})
