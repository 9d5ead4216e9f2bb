/** The first words of a note, for names of buttons and for announcements: at most 40 characters, whole graphemes. */
export function firstWords(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ')
  if (line === '') return 'empty note'
  if (line.length <= 40) return line
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)
  let cut = ''
  for (const { segment } of graphemes) {
    if (cut.length + segment.length > 39) break
    cut += segment
  }
  return `${cut.trimEnd()}…`
}

/** The first words of a note in quotation marks, for sentences about it. */
export function named(text: string): string {
  const words = firstWords(text.replace(/^\s*["“„«]|["”“»]\s*$/g, ''))
  return `“${words}”`
}

/** A text in quotation marks, unless it brings its own. */
export function quoted(text: string): string {
  return /^["“„«]/.test(text.trim()) ? text.trim() : `“${text.trim()}”`
}

/** A count with its word: "1 gap", "3 gaps". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Names in a sentence: "Ines", "Ines and Kofi", "Ines and 2 more". */
export function namesTogether(names: readonly string[]): string {
  const [first = 'Somebody', second] = names
  if (second === undefined) return first
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${names.length - 1} more`
}

/** A word with a capital letter. */
export function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1)
}

/** One of something: "a gap", "an action". */
export function withArticle(one: string): string {
  return `${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}`
}
