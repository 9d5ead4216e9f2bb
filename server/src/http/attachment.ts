/**
 * A `Content-Disposition` that saves a file (RFC 6266), under a name that people typed made safe: nothing that means
 * something to a file system, and no character that turns the direction of writing, which could hide the real ending.
 * @param plain an ASCII name for clients that do not read `filename*`, and where nothing of the typed one is left.
 */
export function attachment(typed: string, plain: string): string {
  const name = typed
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+/u, '')
    .replace(/\s+(?=\.[a-z]+$)/u, '')
  const usable = /^[a-z]+$/.test(name) ? plain : name
  return `attachment; filename="${plain}"; filename*=UTF-8''${extendedValue(usable)}`
}

/** RFC 8187: percent-encoded UTF-8, of which `encodeURIComponent` leaves a few signs too many. */
function extendedValue(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
