import { type Agenda, OPEN_AGENDA } from '@quintet/shared/agenda'
import { boardEntry } from '@quintet/shared/board'
import { readBin } from '@quintet/shared/desk'
import { addNote, bringBackNote, removeNote, targetText } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { expect, test } from 'vitest'
import { newId } from './access.ts'
import { handClock } from './testing/handClock.ts'
import { lettersIn, SECRET_SCRIPTS } from './testing/secretScript.ts'
import { until } from './testing/until.ts'
import { type Watched, watchWorkshop } from './testing/watched.ts'

/**
 * [promise 8] What was removed or hidden does not stay readable: once the words left the board, no byte that members,
 * observers or the big screen can obtain holds a letter of them, nor any that is typed into the note later.
 */
const AGENDA: Agenda = { phases: OPEN_AGENDA.phases.filter(({ phase }) => phase === 'actions') }

/** Four letters of a script for each thing that is typed, of which none stands in another. */
function wordsOf(script: number, at: number): { readonly words: string; readonly letters: readonly string[] } {
  const letters = SECRET_SCRIPTS[script]?.letters.slice(at * 4, at * 4 + 4) ?? []
  return { words: letters.join(''), letters }
}

async function addAction(author: Watched, words: string): Promise<NoteId> {
  const id = newId() as NoteId
  const loose = { phase: 'actions', author: author.person, at: Date.now(), order: 'a0', under: null } as const
  addNote({ id, text: '', ...loose })(author.board)
  await author.type({ of: 'note', id }, words)
  await author.on('board').saved()
  return id
}

const stateOf = (doc: Watched['board'], id: NoteId) => {
  const entry = boardEntry(doc, 'notes', id)
  return [entry?.get('removed'), String(entry?.get('text'))]
}

test('the words of a note that was removed or hidden are in nothing that others obtain from then on', {
  timeout: 60_000,
}, async () => {
  const clock = handClock({ goes: false })
  const workshop = await watchWorkshop({
    names: 'signed',
    members: ['Kofi', 'Ines', 'Yuki'],
    agenda: AGENDA,
    clock,
  })
  const { maren, tomasz, members, quintet } = workshop
  const [kofi, ines, yuki] = members as readonly [Watched, Watched, Watched]
  const facilitators = new Set([maren, tomasz])
  const [gone, goneLate, hidden, hiddenLate, plan, typing] = [
    wordsOf(0, 0),
    wordsOf(0, 1),
    wordsOf(1, 0),
    wordsOf(1, 1),
    wordsOf(2, 0),
    wordsOf(3, 0),
  ] as const
  const all = [gone, goneLate, hidden, hiddenLate, plan, typing].flatMap(({ letters }) => letters)

  const removedNote = await addAction(kofi, gone.words)
  await kofi.type({ of: 'plan', id: removedNote, field: 'firstStep' }, plan.words)
  const hiddenNote = await addAction(kofi, hidden.words)
  await kofi.on('board').saved()
  await until('everybody reads them', () =>
    workshop.everyone.every(({ board }) => stateOf(board, hiddenNote)[1] === hidden.words),
  )
  // Yuki goes offline and writes on.
  yuki.on('board').provider.disconnect()
  removeNote(removedNote)(kofi.board)
  await kofi.on('board').saved()

  // Kofi types until the moment at which it is hidden; what is on its way with the hiding is not told either.
  const hiding = maren.command({ name: 'hide note', note: hiddenNote })
  await kofi.type({ of: 'note', id: hiddenNote }, typing.words)
  expect(await hiding).toMatchObject({ ok: true })
  await kofi.on('board').saved()
  clock.forward(LIMITS.removedWords)
  const areEmpty = (each: Watched) =>
    [removedNote, hiddenNote].every((id) => JSON.stringify(stateOf(each.board, id)) === '[true,""]')
  const online = () => workshop.everyone.filter((each) => each !== yuki)
  await until('both are empty', () => online().every(areEmpty))
  await until('both are in the bin', () => readBin(maren.on('desk').doc).length === 2)

  // From here on nobody obtains a letter, whatever they ask and whenever they come.
  const marks = new Map(online().map((each) => [each, each.tap.mark]))
  await yuki.type({ of: 'note', id: removedNote }, goneLate.words)
  bringBackNote(hiddenNote)(yuki.board)
  await yuki.type({ of: 'note', id: hiddenNote }, hiddenLate.words)
  const yukiMark = yuki.tap.mark
  yuki.on('board').provider.connect()
  await until('hers is emptied too', () => areEmpty(yuki))
  await yuki.on('board').saved()
  targetText(kofi.board, { of: 'note', id: removedNote })?.insert(0, goneLate.words)
  await kofi.on('board').saved()
  for (const name of ['Salma', 'Noor'] as const) await workshop.comeIn(name, name === 'Salma' ? 'member' : 'observer')
  await Promise.all([ines.reload(), workshop.observer.reload(), workshop.screen.reload(), kofi.reload()])
  for (const each of workshop.everyone) await each.askEverywhere()
  const hears = (each: Watched) => each.tap.heard(each === yuki ? yukiMark : marks.get(each))
  for (const each of workshop.everyone.filter((each) => !facilitators.has(each)))
    expect([each.name, lettersIn(hears(each), all)]).toEqual([each.name, []])
  expect(lettersIn(Buffer.from(quintet.logged()), all)).toEqual([])

  // The facilitators have all of it, on the desk: the search is able to find it.
  await maren.reload()
  expect(lettersIn(hears(maren), all).toSorted()).toEqual(all.toSorted())
  const bin = readBin(maren.on('desk').doc)
  expect(bin.find(({ id }) => id === removedNote)).toMatchObject({
    text: gone.words + goneLate.words + goneLate.words,
    firstStep: plan.words,
    author: kofi.person,
  })
  expect(bin.find(({ id }) => id === hiddenNote)?.text.startsWith(hidden.words)).toBe(true)

  // They come back to everybody.
  expect(await kofi.command({ name: 'bring back note', note: removedNote })).toMatchObject({ ok: true })
  await until('it is back', () =>
    workshop.everyone.every(
      ({ board }) => stateOf(board, removedNote)[1] === gone.words + goneLate.words + goneLate.words,
    ),
  )
})
