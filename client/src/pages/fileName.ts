/** The name of an exported plan: letters and digits of the title, of any script, joined by hyphens. */
export function fileName(title: string): string {
  const words =
    title
      .normalize('NFC')
      .toLocaleLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const stem = words.join('-').slice(0, 60).replace(/-$/, '')
  return `${stem === '' ? 'plan' : `${stem}-plan`}.md`
}
