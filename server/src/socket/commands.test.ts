import { OPEN_AGENDA } from '@quintet/shared/agenda'
import type { Command } from '@quintet/shared/commands'
import type { CommandId, PersonId, StepId } from '@quintet/shared/ids'
import { encodeCommand, MESSAGE, type Reply, SCREEN_SEAT } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { describe, expect, test } from 'vitest'
import { REPLIES_KEPT, REPLY_RECORDS } from '../room/replies.ts'
import { OBSERVER_SEAT, somebody } from '../testing/rig.ts'
import { setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()

let ids = 0
type WithoutId<T> = T extends { id: CommandId } ? Omit<T, 'id'> : never
const command = (body: WithoutId<Command>, id = `c-${++ids}`) => ({ ...body, id: id as CommandId }) as Command

const PRINCIPLES = { phase: 'principles', step: 'principles-1' as StepId } as const
const IDEAL = { phase: 'ideal', step: 'ideal-1' as StepId } as const
const GAPS = { phase: 'gaps', step: 'gaps-1' as StepId } as const

const codeOf = (reply: Reply) => (reply.ok ? 'ok' : reply.code)

describe('commands', () => {
  test('[P10] are the facilitator’s; others are told so and nothing changes', async () => {
    const { rooms, workshop } = await scene.start()
    for (const seat of ['person-1', OBSERVER_SEAT, SCREEN_SEAT]) {
      const tab = scene.enter(seat, 'stage')
      await tab.synced()
      expect(codeOf(await tab.command(command({ name: 'move', from: PRINCIPLES, to: IDEAL })))).toBe('forbidden')
    }
    const room = await rooms.open(workshop)
    expect(room.stage.at).toEqual(PRINCIPLES)
    const member = scene.enter('person-1', 'stage')
    await member.synced()
    const rename = (person: string, to: string) => command({ name: 'rename person', person: person as PersonId, to })
    expect(codeOf(await member.command(rename('person-1', 'Kofi')))).toBe('ok')
    expect(codeOf(await member.command(rename('person-2', 'Nobody')))).toBe('forbidden')
    expect(room.stage.people.get('person-1' as PersonId)?.name).toBe('Kofi')
    expect(room.stage.people.get('person-2' as PersonId)?.name).toBe('Person 2')
  })

  test('two facilitators’ moves at once move once', async () => {
    await scene.start()
    const tabs = [scene.enter('person-0', 'stage'), scene.enter('person-0', 'stage')]
    await Promise.all(tabs.map((tab) => tab.synced()))
    const replies = await Promise.all(
      tabs.map((tab) => tab.command(command({ name: 'move', from: PRINCIPLES, to: IDEAL }))),
    )
    expect(replies.map(codeOf).toSorted()).toEqual(['ok', 'stale'])
    for (const tab of tabs) await until('it moved', () => readStage(tab.doc)?.at.phase === 'ideal')
  })

  test('a repeat gets the first answer, in another tab and after a restart too, and does nothing', async () => {
    const rig = await scene.start()
    const first = scene.enter('person-0', 'stage')
    await first.synced()
    const move = command({ name: 'move', from: PRINCIPLES, to: IDEAL })
    expect(await first.command(move)).toEqual({ id: move.id, ok: true })
    expect(codeOf(await first.command(command({ name: 'move', from: IDEAL, to: PRINCIPLES })))).toBe('ok')
    const second = scene.enter('person-0', 'stage')
    await second.synced()
    expect(await second.command(move)).toEqual({ id: move.id, ok: true })
    await rig.restart()
    const third = scene.enter('person-0', 'stage')
    await third.synced()
    expect(await third.command(move)).toEqual({ id: move.id, ok: true })
    expect((await rig.rooms.open(rig.workshop)).stage.at).toEqual(PRINCIPLES)
    // The same id from somebody else is another command.
    const other = scene.enter('person-1', 'stage')
    await other.synced()
    expect(codeOf(await other.command(move))).toBe('forbidden')
  })

  test('that are forbidden leave nothing behind, however many there are', async () => {
    const { store, workshop } = await scene.start()
    const tab = scene.enter('person-1', 'stage')
    await tab.synced()
    const before = store.appends.length
    const move = command({ name: 'move', from: PRINCIPLES, to: IDEAL })
    for (let count = 0; count < 3; count++) expect(codeOf(await tab.command(move))).toBe('forbidden')
    expect(store.appends.length).toBe(before)
    expect(await store.records(workshop, REPLY_RECORDS, 10)).toEqual([])
  })

  test('of one person never push out another’s answers, and old answers are kept no longer', async () => {
    const rig = await scene.start()
    const facilitator = scene.enter('person-0', 'stage')
    const member = scene.enter('person-1', 'stage')
    await Promise.all([facilitator.synced(), member.synced()])
    const move = command({ name: 'move', from: PRINCIPLES, to: IDEAL })
    expect(codeOf(await facilitator.command(move))).toBe('ok')
    const renames = Array.from({ length: REPLIES_KEPT + 5 }, (_, index) =>
      command({ name: 'rename person', person: 'person-1' as PersonId, to: `Kofi ${index}` }),
    )
    await Promise.all(renames.map((rename) => member.command(rename)))
    const kept = async () => (await rig.store.records(rig.workshop, REPLY_RECORDS, 100)).map(({ key }) => key)
    const latest = renames.slice(5).map(({ id }) => `person-1:${id}`)
    expect(await kept()).toEqual([`person-0:${move.id}`, ...latest])
    await rig.restart()
    await until('both are back', () => facilitator.provider.synced && member.provider.synced)
    const again = scene.enter('person-0', 'stage')
    await again.synced()
    expect(codeOf(await again.command(move))).toBe('ok')
    expect(await kept()).toEqual([`person-0:${move.id}`, ...latest])
  })

  test('[promise 1] the answer leaves after the commit, and after the change that it speaks of', async () => {
    const { store } = await scene.start()
    const tab = scene.enter('person-0', 'stage')
    const watcher = scene.enter(OBSERVER_SEAT, 'stage')
    await Promise.all([tab.synced(), watcher.synced()])
    const raw = scene.raw('person-0', 'stage')
    await raw.opened
    store.hold()
    raw.send(encodeCommand(command({ name: 'move', from: PRINCIPLES, to: IDEAL })))
    await until('the commit is under way', () => store.held === 1)
    await raw.fence()
    expect(raw.of(MESSAGE.reply)).toEqual([])
    expect(readStage(watcher.doc)?.at).toEqual(PRINCIPLES)
    store.release()
    const answered = tab.command(command({ name: 'move', from: IDEAL, to: GAPS }))
    expect(codeOf(await answered)).toBe('ok')
    expect(readStage(tab.doc)?.at).toEqual(GAPS)
    expect(raw.of(MESSAGE.reply).length).toBe(1)
  })

  test('commands of one socket are carried out in their order', async () => {
    const { rooms, workshop } = await scene.start()
    const tab = scene.enter('person-0', 'stage')
    await tab.synced()
    const titles = Array.from({ length: 20 }, (_, index) => `Title ${index}`)
    const replies = await Promise.all(titles.map((title) => tab.command(command({ name: 'rename workshop', title }))))
    expect(replies.map(codeOf)).toEqual(titles.map(() => 'ok'))
    expect(tab.replies.map(({ id }) => id)).toEqual(replies.map(({ id }) => id))
    expect((await rooms.open(workshop)).stage.title).toBe('Title 19')
  })

  test('a command on another document, and one that is none, close the socket', async () => {
    await scene.start()
    const board = scene.raw('person-0')
    await board.opened
    board.send(encodeCommand(command({ name: 'start timer' })))
    expect(await board.closed).toBe('malformed')
    const stage = scene.raw('person-0', 'stage')
    await stage.opened
    stage.send(encodeCommand({ id: 'c' as CommandId, name: 'explode' } as unknown as Command))
    expect(await stage.closed).toBe('malformed')
  })

  test('a command whose save fails is answered with nothing, and does nothing until it is sent again', async () => {
    const { store, rooms, workshop } = await scene.start()
    const tab = scene.enter('person-0', 'stage')
    await tab.synced()
    const move = command({ name: 'move', from: PRINCIPLES, to: IDEAL })
    store.fail(new Error('The disk is full.'))
    tab.send(encodeCommand(move))
    await until('it is closed', () => tab.closes.length > 0)
    store.fail(null)
    await until('it is back', () => tab.provider.synced)
    expect(tab.replies).toEqual([])
    expect((await rooms.open(workshop)).stage.at).toEqual(PRINCIPLES)
    expect(codeOf(await tab.command(move))).toBe('ok')
  })
})

describe('joining', () => {
  test('puts a person on the stage with their seat in one piece, up to the limit', async () => {
    const rig = await scene.start({ people: 999 })
    const room = await rig.rooms.open(rig.workshop)
    const person = somebody(999)
    const seat = { cookie: 'c'.repeat(64), person: person.id, observer: null, key: 'k'.repeat(64) }
    const before = rig.store.appends.length
    await room.join(person, { seats: [seat] })
    expect(rig.store.appends.slice(before).map((append) => [append.updates.length, append.seats])).toEqual([
      [1, [seat]],
    ])
    expect(await rig.store.seats(rig.workshop, seat.cookie)).toEqual([seat])
    await expect(room.join(somebody(1_000), { seats: [] })).rejects.toThrow('no more people')
    expect(room.stage.people.size).toBe(1_000)
    // Somebody who is there already takes no new place.
    await room.join({ ...person, name: 'Kofi' }, { seats: [seat] })
    expect(room.stage.people.get(person.id)?.name).toBe('Kofi')
  })

  test('a new workshop runs, at the first step of its agenda', async () => {
    const { rooms, workshop } = await scene.start()
    const { stage } = await rooms.open(workshop)
    expect(stage).toMatchObject({ state: 'running', at: PRINCIPLES, agenda: OPEN_AGENDA, closedAt: null })
    expect(stage.timer).toEqual({ state: 'idle', duration: 20 * 60_000 })
  })
})
