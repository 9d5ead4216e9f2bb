/** Letters alone: without case, accents and the space around, so that "jose" finds "José". */
function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim()
}

/** The options that hold every typed word, those that start with what was typed first; otherwise in their order. */
export function matching<Option extends { readonly label: string }>(
  options: readonly Option[],
  typed: string,
): readonly Option[] {
  const words = bare(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return options
  const hits = options.filter((option) => {
    const label = bare(option.label)
    return words.every((word) => label.includes(word))
  })
  const first = words.join(' ')
  const starts = (option: Option) => bare(option.label).startsWith(first)
  return [...hits.filter(starts), ...hits.filter((option) => !starts(option))]
}
