/** Origin of every transaction that the server makes in its own hand, as against what came from a connection. */
export const SERVER_HAND = Symbol('server hand')
