/**
 * What Yjs uses of `lib0/logging`, of which the whole would bring styled logs and a schema library to every phone:
 * 2,862 bytes gzipped. It warns of mistakes in our own code and prints nothing in ordinary use.
 */
export const warn = (...words: readonly unknown[]): void => console.warn(...words)

export const print = (...words: readonly unknown[]): void => console.log(...words)

/** Styles, which a plain log does not have. */
export const [BOLD, UNBOLD, ORANGE, RED] = ['', '', '', '']
