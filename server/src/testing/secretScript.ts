/**
 * Words in a script that occurs nowhere else, and the search for them. The scripts lie beyond the basic plane: a letter
 * has four bytes in UTF-8 and in UTF-16 alike, so that no random bytes (client ids, keys) look like one.
 */
export interface SecretScript {
  readonly name: string
  readonly letters: readonly string[]
}

const script = (name: string, first: number, count: number): SecretScript => {
  return { name, letters: Array.from({ length: count }, (_, at) => String.fromCodePoint(first + at)) }
}

export const SECRET_SCRIPTS = [
  script('Gothic', 0x10330, 26),
  script('Deseret', 0x10400, 38),
  script('Osage', 0x104b0, 36),
  script('Old Persian', 0x103a0, 30),
] as const

/** Every way in which a letter could stand in bytes: both encodings, and as JSON and addresses escape it. */
function spellings(letter: string): readonly Buffer[] {
  const little = Buffer.from(letter, 'utf16le')
  const big = Buffer.from(little).swap16()
  const units = Array.from({ length: letter.length }, (_, at) => letter.charCodeAt(at).toString(16).padStart(4, '0'))
  const escaped = units.map((unit) => `\\u${unit}`).join('')
  return [
    Buffer.from(letter, 'utf8'),
    little,
    big,
    Buffer.from(escaped),
    Buffer.from(escaped.toUpperCase().replaceAll('\\U', '\\u')),
    Buffer.from(encodeURIComponent(letter)),
  ]
}

/** The letters that stand somewhere in bytes, in any encoding. */
export function lettersIn(bytes: Buffer, letters: readonly string[]): readonly string[] {
  return letters.filter((letter) => spellings(letter).some((spelling) => bytes.includes(spelling)))
}

/** The ids that stand somewhere in bytes. */
export function idsIn(bytes: Buffer, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => bytes.includes(id, 0, 'latin1') || bytes.includes(Buffer.from(id, 'utf16le')))
}
