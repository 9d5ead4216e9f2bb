/**
 * What y-websocket uses of `lib0/broadcastchannel`, by which tabs would tell each other of edits past the server. We have
 * that switched off, since nothing is seen before it is saved: 490 bytes gzipped that no phone has to fetch.
 */
export const subscribe = (): void => {}

export const unsubscribe = (): void => {}

export const publish = (): void => {}
