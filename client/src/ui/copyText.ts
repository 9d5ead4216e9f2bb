/**
 * Puts text on the clipboard. A plain http address has no `navigator.clipboard`: there the old command copies out of a
 * hidden field.
 * @returns whether it was copied. If not, show the text selected, so that the person can copy it by hand.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Typed as always there, but missing outside a secure context.
    const clipboard = navigator.clipboard as Clipboard | undefined
    if (clipboard) {
      await clipboard.writeText(text)
      return true
    }
  } catch {
    // Refused by the browser's settings: the old command may still work.
  }
  return copyFromField(text)
}

function copyFromField(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.className = 'sr'
  // Inside a modal dialog everything else is inert, and inert text cannot be selected.
  const home = focused?.closest('dialog') ?? document.body
  home.append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
