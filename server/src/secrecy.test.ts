import { readBoard } from '@quintet/shared/board'
import { hangDraft, readyDraft } from '@quintet/shared/draftEdits'
import type { NoteId, StepId } from '@quintet/shared/ids'
import { readDrafts } from '@quintet/shared/notebook'
import { CLOSE, encodeCommand } from '@quintet/shared/protocol'
import { describe, expect, test } from 'vitest'
import { idsIn, lettersIn, SECRET_SCRIPTS, type SecretScript } from './testing/secretScript.ts'
import { until } from './testing/until.ts'
import { forgeSeat, moveOn, type Watched, type WatchedWorkshop, watchWorkshop } from './testing/watched.ts'

/**
 * [promise 8] Secret means absent, proved in the running server: each member writes in a script that occurs nowhere
 * else, and every byte that anybody else can obtain is searched for its letters, and for the ids of the drafts.
 */
const WRITE = { phase: 'principles', step: 'principles-1' as StepId } as const
const SHARE = { phase: 'principles', step: 'principles-2' as StepId } as const
const GROUP = { phase: 'principles', step: 'principles-3' as StepId } as const

/** What one member writes: two drafts that are ready at the reveal, one that stays in the composer, one that comes late. */
interface Secrets {
  readonly author: Watched
  readonly ready: readonly [string, string]
  readonly composer: string
  readonly late: string
  /** The letters of each, of which none stands in another. */
  readonly letters: {
    readonly ready: readonly string[]
    readonly composer: readonly string[]
    readonly late: readonly string[]
  }
  readonly ids: NoteId[]
}

function secretsOf(author: Watched, { letters }: SecretScript): Secrets {
  const [ready, composer, late] = [letters.slice(0, 10), letters.slice(10, 16), letters.slice(16, 22)]
  return {
    author,
    ready: [ready.slice(0, 5).join(''), ready.slice(5).join('')],
    composer: composer.join(''),
    late: late.join(''),
    letters: { ready, composer, late },
    ids: [],
  }
}

/** Everything of somebody's secrets that anybody but its author could obtain, in words; and what the log holds of it. */
function leaks(
  { everyone, quintet }: WatchedWorkshop,
  secrets: Secrets,
  letters: readonly string[],
): readonly string[] {
  const others = everyone.filter((each) => each !== secrets.author)
  const places = [
    ...others.map(({ name, tap }) => [name, tap.heard()] as const),
    ['the log', Buffer.from(quintet.logged())] as const,
  ]
  return places.flatMap(([place, bytes]) =>
    [...lettersIn(bytes, letters), ...idsIn(bytes, secrets.ids)].map((found) => `${place} has ${found}`),
  )
}

/** Bytes that make the server complain, with words in them that no complaint may repeat. */
async function sayNonsense(author: Watched, words: string): Promise<void> {
  const command = { id: 'nonsense', name: words, draft: words } as unknown as Parameters<typeof encodeCommand>[0]
  author.on('stage').send(encodeCommand(command))
  author.on('notebook').send(Buffer.concat([Buffer.from([0, 2, 40]), Buffer.from(words)]))
  const closed = ({ closes }: { closes: readonly number[] }) => closes.includes(CLOSE.malformed.code)
  await until('nonsense is turned away', () => closed(author.on('stage')) && closed(author.on('notebook')))
  await author.tap.browser.post(`/api/workshops/${encodeURIComponent(words)}/join`, { key: words, name: 1, words })
  await author.tap.browser.get(`/w/${encodeURIComponent(words)}`)
}

/** Types a draft with all that goes with it: presence that names it, a reload, a share that comes too early. */
async function writeInSilence(secrets: Secrets): Promise<void> {
  const { author } = secrets
  await author.reload()
  expect(readDrafts(author.notebook).map(({ text }) => text)).toEqual([secrets.ready[0]])
  secrets.ids.push(await author.writeDraft('principles', secrets.ready[1]))
  const composer = await openComposer(secrets, secrets.composer)
  hangDraft(composer, secrets.ids[0] ?? null)(author.notebook)
  expect(await author.command({ name: 'share draft', draft: composer })).toMatchObject({ ok: false })
  await author.command({ name: 'done', step: WRITE, done: true })
  await sayNonsense(author, secrets.composer)
  await author.reload()
}

/** Writes into a new draft, and tells everyone that this is where one is. */
async function openComposer({ author, ids }: Secrets, words: string): Promise<NoteId> {
  const id = author.beginDraft('principles')
  ids.push(id)
  author.on('board').say({ editing: { id, field: 'text' } })
  await author.type({ of: 'draft', id }, words)
  return id
}

/** Those who ask for a document that their role has none of are turned away. */
async function askForOthersDocuments({ everyone, created }: WatchedWorkshop): Promise<void> {
  for (const { tap, role, seat } of everyone) {
    const barred = role === 'observer' ? (['notebook', 'desk'] as const) : role === 'member' ? (['desk'] as const) : []
    for (const document of barred) {
      const refused = tap.tab(created.workshop, document, seat)
      await until('it is refused', () => refused.closes.length > 0)
      expect(refused.closes).toEqual([CLOSE.forbidden.code])
    }
  }
}

/** The words on everybody's wall, once there are so many notes. */
async function expectWall({ everyone }: WatchedWorkshop, texts: readonly string[]): Promise<void> {
  const wall = ({ board }: Watched) => [...readBoard(board).notes.values()].map(({ text }) => text)
  await until(`${texts.length} notes have landed`, () => everyone.every((each) => wall(each).length === texts.length))
  for (const each of everyone) expect([each.name, wall(each).toSorted()]).toEqual([each.name, texts.toSorted()])
}

/** How many notes each screen showed, whenever that changed. */
function watchWalls({ everyone }: WatchedWorkshop): readonly Set<number>[] {
  return everyone.map(({ board }) => {
    const sizes = new Set<number>()
    board.on('update', () => void sizes.add(readBoard(board).notes.size))
    return sizes
  })
}

describe.each(['signed', 'anonymous'] as const)('[promise 8] drafts of a phase that is %s', (names) => {
  test('are in nothing that anybody else can obtain, until they land once for everybody', {
    timeout: 120_000,
  }, async () => {
    const workshop = await watchWorkshop({ names, members: ['Kofi', 'Ines', 'Yuki'] })
    const { maren, tomasz, members, everyone, quintet } = workshop
    const all = members.map((author, at) => secretsOf(author, SECRET_SCRIPTS[at] as SecretScript))
    const expectSecret = async (part: keyof Secrets['letters']) => {
      for (const each of everyone) await each.askEverywhere()
      for (const secrets of all) expect(leaks(workshop, secrets, secrets.letters[part])).toEqual([])
    }

    for (const secrets of all) secrets.ids.push(await secrets.author.writeDraft('principles', secrets.ready[0]))
    await workshop.comeIn('Salma', 'member')
    const lateObserver = await workshop.comeIn('Noor', 'observer')
    for (const secrets of all) await writeInSilence(secrets)
    for (const { author } of all) await forgeSeat(workshop, author)
    await askForOthersDocuments(workshop)
    await Promise.all([lateObserver.reload(), maren.reload()])
    // Numbers are told, and when they have come, whatever went out before them has come too.
    await until('everybody knows how many are done', () => everyone.every(({ stage }) => stage.progress.done === 3))
    for (const { author, letters, ids } of all) {
      // The search finds the words and ids in what their author got: it is able to fail.
      const every = [...letters.ready, ...letters.composer]
      expect(lettersIn(author.tap.heard(), every)).toEqual(every)
      expect(idsIn(author.tap.heard(), ids)).toEqual(ids)
    }
    await expectSecret('ready')
    await expectSecret('composer')

    // A countdown that is stopped reveals nothing.
    await maren.command({ name: 'move', from: WRITE, to: SHARE })
    await until('it counts down', () => everyone.every(({ stage }) => stage.countdown !== null))
    const countdown = tomasz.stage.countdown?.endsAt ?? 0
    expect(await tomasz.command({ name: 'stop countdown', countdown })).toMatchObject({ ok: true })
    await until('it is stopped', () => everyone.every(({ stage }) => stage.countdown === null))
    await expectSecret('ready')

    const sizes = watchWalls(workshop)
    await moveOn(maren, everyone, SHARE)
    const texts = all.flatMap(({ ready }) => ready)
    await expectWall(workshop, texts)
    // All at once: no screen shows a part of it.
    expect(sizes).toEqual(everyone.map(() => new Set([texts.length])))
    await expectSecret('composer')

    // What comes late is shared one by one where it is signed, and with the next move where it is not.
    for (const secrets of all) {
      const draft = await openComposer(secrets, secrets.late)
      readyDraft(draft, true)(secrets.author.notebook)
      await secrets.author.on('notebook').saved()
    }
    await expectSecret('late')
    for (const { author, ids } of all) {
      const draft = ids.at(-1) as NoteId
      expect(await author.command({ name: 'share draft', draft })).toMatchObject({ ok: true })
    }
    if (names === 'anonymous') await expectSecret('late')
    await moveOn(maren, everyone, GROUP)
    await expectWall(workshop, [...texts, ...all.map(({ late }) => late)])
    await expectSecret('composer')
    const letters = SECRET_SCRIPTS.flatMap((script) => script.letters)
    expect(lettersIn(Buffer.from(quintet.logged()), letters)).toEqual([])
  })
})
