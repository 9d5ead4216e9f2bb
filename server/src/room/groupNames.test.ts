import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import { groupBinRoot } from '@quintet/shared/desk'
import {
  addNote,
  type Edit,
  moveNote,
  removeNote,
  setOwner,
  type TextTarget,
  targetText,
  together,
} from '@quintet/shared/edits'
import { groupNotes, mergeGroups, splitGroup } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { MESSAGE, SYNC } from '@quintet/shared/protocol'
import { expect, test } from 'vitest'
import { handClock } from '../testing/handClock.ts'
import type { Participant } from '../testing/participant.ts'
import { NOTHING_KNOWN, syncMessage } from '../testing/rawSocket.ts'
import { command } from '../testing/rhythm.ts'
import type { RigSetting } from '../testing/rig.ts'
import { setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

/**
 * [promise 8] The name of a group that was taken apart, merged or emptied leaves the board, and comes back with the group.
 */
const scene = setScene()
const MINUTE = LIMITS.removedWords
const [N1, N2] = ['n1', 'n2'] as NoteId[] as [NoteId, NoteId]
const [G1, G2] = ['g1', 'g2'] as GroupId[] as [GroupId, GroupId]
const NAME = 'What Kofi calls it'
const nameTarget = (id: GroupId): TextTarget => ({ of: 'group', id })

const grouped = (phase: 'principles' | 'actions') =>
  together('group notes', [
    ...[N1, N2].map((id) =>
      addNote({ id, phase, author: 'person-1' as PersonId, at: Date.now(), text: id, order: 'a0', under: null }),
    ),
    groupNotes({ id: G1, phase, name: NAME, order: 'a1' }, [[N1, 'a0']]),
    groupNotes({ id: G2, phase, name: 'The other', order: 'a2' }, [[N2, 'a0']]),
  ])

/** A workshop with two groups: whose tab changes them, whose watches, and a facilitator's desk. */
async function around(phase: 'principles' | 'actions' = 'principles', setting: RigSetting = {}) {
  const clock = handClock({ goes: false })
  await scene.start({ clock, write: (board) => void grouped(phase)(board), ...setting })
  const [kofi, ines, desk] = [scene.enter('person-1'), scene.enter('person-2'), scene.enter('person-0', 'desk')]
  await Promise.all([kofi, ines, desk].map((tab) => tab.synced()))
  return { clock, kofi, ines, desk }
}

const nameIn = ({ doc }: Participant, id = G1) => readBoard(doc).groups.get(id)?.name
const keptIn = ({ doc }: Participant, id = G1) => groupBinRoot(doc).get(id)?.text

/** Does an edit and waits until it is saved. @returns what takes it back. */
async function edit(tab: Participant, change: Edit): Promise<Edit> {
  const inverse = change(tab.doc)
  await tab.saved()
  if (!inverse) throw new Error('The edit did nothing.')
  return inverse.apply
}

async function type(tab: Participant, target: TextTarget, words: string): Promise<void> {
  const text = targetText(tab.doc, target)
  text?.insert(text.length, words)
  await tab.saved()
}

/** What somebody obtains who comes now without a copy. */
async function obtained(): Promise<Buffer> {
  const newcomer = scene.raw('person-2')
  await newcomer.opened
  newcomer.send(syncMessage('step1', NOTHING_KNOWN))
  await until('they are answered', () => newcomer.of(MESSAGE.sync, SYNC.step2).length > 0)
  return Buffer.concat(newcomer.heard)
}

for (const [how, change] of [
  ['taken apart', splitGroup(G1, [[N1, 'a5']])],
  ['merged into another', mergeGroups(G1, G2)],
  ['emptied', moveNote(N1, { group: null, order: 'a5' })],
  ['emptied by a removal', removeNote(N1)],
] as const) {
  test(`a group that was ${how} keeps its name for a minute, and gets it back whenever that is taken back`, async () => {
    const { clock, kofi, ines, desk } = await around()
    let undo = await edit(kofi, change)
    clock.forward(MINUTE - 1)
    await type(kofi, { of: 'note', id: N2 }, ' more')
    await until('others have it', () => readBoard(ines.doc).notes.get(N2)?.text === 'n2 more')
    expect([nameIn(ines), keptIn(desk)]).toEqual([NAME, undefined])
    const redo = await edit(kofi, undo)
    undo = await edit(kofi, redo)
    clock.forward(MINUTE - 1)
    expect((await obtained()).includes(NAME)).toBe(true)

    clock.forward(1)
    await until('the name left', () => nameIn(ines) === '' && keptIn(desk) === NAME)
    const newcomer = await obtained()
    expect([newcomer.includes(NAME), newcomer.includes('The other')]).toEqual([false, true])
    const seen: unknown[] = []
    ines.doc.on('update', () => seen.push(nameIn(ines)))
    await edit(kofi, undo)
    await until('it is back', () => nameIn(ines) === NAME && keptIn(desk) === undefined)
    // With the group, in the same update: nobody sees it without.
    expect(seen).toEqual([NAME])
    expect(nameIn(ines, G2)).toBe('The other')
  })
}

test('what is typed into such a name later is told to nobody, and comes back with it; too much is refused', async () => {
  const { clock, kofi, ines, desk } = await around()
  kofi.provider.disconnect()
  targetText(kofi.doc, nameTarget(G1))?.insert(NAME.length, ' offline')
  const undo = await edit(ines, splitGroup(G1, [[N1, 'a5']]))
  clock.forward(MINUTE)
  await until('the name left', () => nameIn(ines) === '' && keptIn(desk) === NAME)
  const listener = scene.raw('person-2')
  await listener.opened
  listener.send(syncMessage('step1', NOTHING_KNOWN))
  await until('they are answered', () => listener.of(MESSAGE.sync, SYNC.step2).length > 0)

  kofi.provider.connect()
  await until('it was taken', () => keptIn(desk) === `${NAME} offline`)
  await kofi.saved()
  await type(kofi, nameTarget(G1), ', late')
  await until('that too', () => keptIn(desk) === `${NAME} offline, late`)
  await type(kofi, nameTarget(G2), ' one')
  await until('others hear of the rest', () => nameIn(ines, G2) === 'The other one')
  expect([nameIn(kofi), nameIn(ines)]).toEqual(['', ''])
  await listener.fence()
  const heard = Buffer.concat(listener.heard)
  expect([heard.includes('offline'), heard.includes('late'), heard.includes(' one')]).toEqual([false, false, true])

  await edit(ines, undo)
  await until('it is back', () => nameIn(kofi) === `${NAME} offline, late`)
  await edit(ines, splitGroup(G1, [[N1, 'a5']]))
  clock.forward(MINUTE)
  await until('it left again', () => nameIn(kofi) === '')
  const room = LIMITS.groupNameMerged - `${NAME} offline, late`.length
  targetText(kofi.doc, nameTarget(G1))?.insert(0, 'x'.repeat(room + 1))
  await until('it is refused', () => kofi.refusals.length > 0)
  expect(kofi.refusals[0]).toMatchObject({ code: 'too-big', path: `groups/${G1}/name` })
})

test('a group of actions takes its plan along, and brings it back', async () => {
  const agenda = { phases: OPEN_AGENDA.phases.filter(({ phase }) => phase === 'actions') }
  const { clock, kofi, ines, desk } = await around('actions', { agenda })
  await type(kofi, { of: 'plan', id: G1, field: 'firstStep' }, 'Ask them')
  await type(kofi, { of: 'plan', id: G1, field: 'measure' }, 'Ten of ten')
  await edit(kofi, setOwner(G1, { name: 'Hannah of Payments' }))
  const undo = await edit(kofi, mergeGroups(G1, G2))
  clock.forward(MINUTE)
  await until('the name left', () => nameIn(ines) === '' && keptIn(desk) === NAME)
  const planOf = () => readBoard(ines.doc).plan.get(G1)
  expect(planOf()).toMatchObject({ firstStep: '', measure: '', owner: null })
  const newcomer = await obtained()
  for (const words of [NAME, 'Ask them', 'Ten of ten', 'Hannah']) expect(newcomer.includes(words)).toBe(false)
  await edit(kofi, undo)
  await until('it is back', () => nameIn(ines) === NAME)
  expect(planOf()).toMatchObject({
    firstStep: 'Ask them',
    measure: 'Ten of ten',
    owner: { name: 'Hannah of Payments' },
  })
})

test('names of groups that are gone left the board when the server starts again, and still come back', async () => {
  const { kofi, ines, desk } = await around()
  const unmerge = await edit(kofi, mergeGroups(G1, G2))
  await scene.rig.restart()
  await Promise.all([kofi, ines, desk].map((tab) => tab.back()))
  await until('the name left', () => nameIn(ines) === '' && keptIn(desk) === NAME)
  expect(nameIn(ines, G2)).toBe('The other')
  await edit(kofi, unmerge)
  await until('it is back', () => nameIn(ines) === NAME)
})

test('of two groups that were merged both ways the one that stands keeps its name, until the other stands', async () => {
  const { clock, kofi, ines, desk } = await around()
  ines.provider.disconnect()
  await edit(kofi, mergeGroups(G1, G2))
  const undo = mergeGroups(G2, G1)(ines.doc)
  ines.provider.connect()
  await until('both are merged', () => readBoard(kofi.doc).groups.get(G2)?.into === G1)
  clock.forward(MINUTE)
  await until('one name left', () => nameIn(kofi, G2) === '' && keptIn(desk, G2) === 'The other')
  expect([nameIn(kofi), keptIn(desk)]).toEqual([NAME, undefined])
  await until('she has it all', () => ines.provider.synced && nameIn(ines, G2) === '')
  undo?.apply(ines.doc)
  await until('the other stands', () => nameIn(kofi, G2) === 'The other')
  clock.forward(MINUTE)
  await until('the first has gone', () => nameIn(kofi) === '' && keptIn(desk) === NAME)
})

test('a group whose last note is hidden has its name again when the facilitator brings that back', async () => {
  const { clock, ines, desk } = await around()
  const maren = scene.enter('person-0', 'stage')
  await maren.synced()
  expect(await maren.command(command({ name: 'hide note', note: N1 }))).toMatchObject({ ok: true })
  clock.forward(MINUTE)
  await until('the name left', () => nameIn(ines) === '' && keptIn(desk) === NAME)
  expect((await obtained()).includes(NAME)).toBe(false)
  expect(await maren.command(command({ name: 'bring back note', note: N1 }))).toMatchObject({ ok: true })
  await until('it is back', () => nameIn(ines) === NAME && keptIn(desk) === undefined)
})
