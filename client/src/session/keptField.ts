/** A field that somebody writes in, to be found again where it is made anew. */
export interface KeptField {
  /** The note, group or draft that it is in; null where it is in none. */
  readonly within: string | null
  readonly label: string
  /** Which it is of those with that label. */
  readonly nth: number
  readonly selection: readonly [from: number, to: number]
}

const FIELDS = 'textarea, input'

/** The field that has focus, with its caret; null where none has. */
export function keepField(): KeptField | null {
  const field = document.activeElement
  if (!isField(field) || !field.matches(FIELDS)) return null
  const within = field.closest('[data-note]')?.getAttribute('data-note') ?? null
  const label = labelOf(field)
  const nth = Math.max(0, fieldsLike({ within, label }).indexOf(field))
  // Fields of days and the like have no caret.
  return { within, label, nth, selection: [field.selectionStart ?? 0, field.selectionEnd ?? 0] }
}

/**
 * Gives focus and caret back to a field that was made anew. One that stands in a note only while this is written in comes
 * with a click on the note: then with the next frame.
 */
export function restoreField(kept: KeptField): void {
  if (focusLike(kept) || kept.within === null) return
  document.querySelector<HTMLElement>(`[data-note="${CSS.escape(kept.within)}"]`)?.click()
  queueMicrotask(() => focusLike(kept) || requestAnimationFrame(() => focusLike(kept)))
}

/** @returns whether there is such a field now. */
function focusLike(kept: KeptField): boolean {
  const field = fieldsLike(kept)[kept.nth]
  if (!field) return false
  field.focus({ preventScroll: true })
  if (field.selectionStart !== null) field.setSelectionRange(...kept.selection)
  return true
}

type Field = HTMLTextAreaElement | HTMLInputElement

const isField = (element: Element | null): element is Field =>
  element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement

const labelOf = (field: Field) => field.getAttribute('aria-label') ?? field.name

function fieldsLike({ within, label }: Pick<KeptField, 'within' | 'label'>): readonly Field[] {
  const root = within === null ? document : document.querySelector(`[data-note="${CSS.escape(within)}"]`)
  return [...(root?.querySelectorAll<Field>(FIELDS) ?? [])].filter((field) => labelOf(field) === label)
}
