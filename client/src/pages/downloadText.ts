/** Hands a text to the browser as a Markdown file. */
export function downloadText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/markdown;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Revoked at once, some browsers would not have read it yet.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
