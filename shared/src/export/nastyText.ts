import fc from 'fast-check'

/** A text with whatever may trip a Markdown parser, and how it is to read after an export. */
export interface NastyText {
  readonly typed: string
  readonly expected: string
}

const SYNTAX = [
  ...'\\`*_{}[]()<>#+-.!|~=:;&$@/"\'^%?,0123',
  ...[
    '**',
    '__',
    '~~',
    '```',
    '~~~',
    '---',
    '***',
    '===',
    '- ',
    '+ ',
    '* ',
    '> ',
    '1. ',
    '1) ',
    '# ',
    '## ',
    '###### ',
  ],
  ...[
    '[ ] ',
    '[x] ',
    '- [ ] ',
    '[a]',
    '[a](b)',
    '![a](b)',
    '[a]: b',
    '[a][]',
    '[^1]',
    '[^1]: note',
    '](x)',
    '<!--',
    '-->',
  ],
  ...[
    '<b>',
    '</b>',
    '<br/>',
    '<?php',
    '<![CDATA[',
    '<!DOCTYPE',
    '<script>alert(1)</script>',
    '<http://a.b>',
    '<a@b.c>',
  ],
  ...[
    '&amp;',
    '&#35;',
    '&#x0;',
    '&lt',
    '&',
    '| a | b |',
    '|---|:-:|',
    ':-- | --:',
    ' | ',
    '    code',
    '\tcode',
    '\\\n',
  ],
  ...[
    'http://a.example',
    'https://a.example/b?c=d&e',
    'HTTP://A.B',
    'www.a.example',
    'WWW.x.y',
    'ftp://a.b',
    '//a.example',
  ],
  ...['a@b.example', 'mailto:a@b.example', 'xmpp:a@b.example/c', '@kofi', '@team/x', '#12', 'GH-3', 'a/b#1', 'a5c3785'],
  ...[':tada:', ':+1:', '$x$', '$$', '> [!NOTE]', 'a_b_c', 'foo*bar*', 'a  ', 'b\\'],
  ...[
    'שלום',
    'مرحبا',
    '日本',
    'é',
    'e\u0301',
    '👩‍👩‍👧',
    '🇩🇪',
    '\u202e',
    '\u2066',
    '\u200f',
    '\u200b',
    '\ufeff',
    '\u00a0',
    '\u3000',
  ],
  ...['\u2028', '\u2003', 'Kofi', 'word', 'a', 'W', 'ww', 'http', 'https:', '://'],
]
const SPACE = [' ', ' ', ' ', '  ', '\t', '\n', '\n', '\n\n', '    ', '\r\n', '\r']
const REPLACED = ['\u0000', '\u001b', '\u0007', '\u000b', '\u000c', '\u007f', '\u0085', '\ud83d', '\udc69']

const piece = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...SYNTAX) },
  { weight: 5, arbitrary: fc.constantFrom(...SPACE) },
  { weight: 1, arbitrary: fc.constantFrom(...REPLACED) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
)

/** What is left of a code unit or code point that no Markdown carries. */
function carried(char: string): string {
  const code = char.codePointAt(0) ?? 0
  const control = (code < 0x20 && char !== '\t' && char !== '\n') || (code >= 0x7f && code < 0xa0)
  return control || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : char
}

/** Texts that are not blank, since a blank one is exported as having no words. */
export const nastyText: fc.Arbitrary<NastyText> = fc
  .array(piece, { minLength: 1, maxLength: 12 })
  .map((pieces) => pieces.join(''))
  .filter((typed) => typed.trim() !== '')
  .map((typed) => {
    const lines = typed.split('\r\n').join('\n').split('\r').join('\n')
    return { typed, expected: Array.from(lines, carried).join('') }
  })
