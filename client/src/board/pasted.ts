import { LIMITS } from '@quintet/shared/limits'

/** What pasting into a new note comes to. */
export type Pasted =
  /** It goes in as it is. */
  | { readonly kind: 'text'; readonly text: string }
  /** Several lines: the person is asked whether each is a note. */
  | { readonly kind: 'lines'; readonly whole: string; readonly lines: readonly string[] }
  /** Too much for one note, and not to be had as several. */
  | { readonly kind: 'refused'; readonly reason: string }

/** What stands before a line of a list in most texts: a dash, a bullet, a number, a box to tick. */
const BULLET = /^\s*(?:[-*+•–·]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)/

/** The lines of a text that could be a note each, without the marks of a list. */
export function noteLines(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(BULLET, '').trim())
    .filter((line) => line !== '')
}

const number = new Intl.NumberFormat('en')

/** Why a text is too long for a note, and what is safe. @param length UTF-16 units. */
export function tooLong(length: number): string {
  return `A note holds ${number.format(LIMITS.note)} characters, and this would be ${number.format(length)}. Nothing was cut: split it into several notes.`
}

/**
 * Judges what somebody pastes into a new note.
 * @param whole what the field would hold afterwards.
 */
export function judgePaste(whole: string): Pasted {
  const lines = noteLines(whole)
  const long = lines.find((line) => line.length > LIMITS.note)
  if (lines.length > 1 && long === undefined) return { kind: 'lines', whole, lines }
  if (whole.length <= LIMITS.note) return { kind: 'text', text: whole }
  return { kind: 'refused', reason: tooLong(long?.length ?? whole.length) }
}
