let follows = false

/** Says that the tray is put away or brought back by its button: focus goes where it went. */
export function followFocus(): void {
  follows = true
}

/** Whether what stands there now is to have the focus. The answer is given once. */
export function takesFocus(): boolean {
  const takes = follows
  follows = false
  return takes
}
