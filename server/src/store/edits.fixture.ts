import * as Y from 'yjs'

/**
 * Plays edits of several people against one document and returns their updates in the order in which a server took them.
 * Each choice, any natural number, is one edit or one synchronisation; the same choices give the same updates.
 */
export function editsOf(choices: readonly number[], people = 3): Uint8Array[] {
  const taken: Uint8Array[] = []
  const server = new Y.Doc()
  const writers = Array.from({ length: people }, (_, index) => writer(index + 1))

  for (const choice of choices) {
    const one = writers[choice % people]
    if (!one) continue
    const rest = Math.floor(choice / people)
    if (rest % 4 === 0) exchange(one)
    else edit(one.doc, rest)
  }
  for (const one of writers) exchange(one)
  return taken

  function exchange({ doc, unsent }: Writer): void {
    for (const update of unsent.splice(0)) {
      Y.applyUpdate(server, update)
      taken.push(update)
    }
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)), 'server')
  }
}

/** Choices for {@link editsOf} that are the same in every run: as many as asked for, spread over all kinds of edits. */
export function spreadChoices(count: number): number[] {
  // Knuth's multiplicative hash: neighbouring indices fall far apart.
  return Array.from({ length: count }, (_, index) => Math.imul(index + 1, 2_654_435_761) >>> 8)
}

/** Everything that two documents must share to be the same: what they show, what they know and what they deleted. */
export function contentOf(doc: Y.Doc): unknown {
  return {
    text: doc.getText('text').toString(),
    notes: doc.getMap('notes').toJSON(),
    known: [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([one], [other]) => one - other),
    deleted: [...Y.snapshot(doc).ds.clients].sort(([one], [other]) => one - other),
    isComplete: doc.store.pendingStructs === null && doc.store.pendingDs === null,
  }
}

/** The document that plain application of all updates gives. */
export function applied(updates: Iterable<Uint8Array>): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

interface Writer {
  readonly doc: Y.Doc
  readonly unsent: Uint8Array[]
}

function writer(clientId: number): Writer {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const unsent: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') unsent.push(update)
  })
  return { doc, unsent }
}

function edit(doc: Y.Doc, choice: number): void {
  const text = doc.getText('text')
  const notes = doc.getMap<Y.Map<unknown>>('notes')
  const at = text.length === 0 ? 0 : choice % text.length
  const note = `note${choice % 7}`
  switch (choice % 6) {
    case 0:
    case 1:
      text.insert(at, String.fromCodePoint(97 + (choice % 26)))
      break
    case 2:
      text.insert(at, 'words 👋🏽 ')
      break
    case 3:
      text.delete(at, Math.min(3, text.length - at))
      break
    case 4:
      notes.set(note, new Y.Map([['words', new Y.Text('fresh')]]))
      break
    default:
      if (choice % 5 === 0) notes.delete(note)
      else notes.get(note)?.set('place', choice)
  }
}
