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

describe.each(['signed', 'anonymous'] as const)('[promise 8] drafts of a %s phase', (names) => {
  test('are in nothing that anybody else can obtain, until they land once for everybody', {
    timeout: 60_000,
  }, async () => {
    const workshop = await watchWorkshop({ names, members: ['Kofi', 'Ines', 'Yuki'] })
    const { maren, tomasz, members, observer, screen, everyone, quintet, created } = workshop
    const all = members.map((author, at) =>
      secretsOf(author, SECRET_SCRIPTS[at % SECRET_SCRIPTS.length] as SecretScript),
    )
    // A second tab of the first author's own: what the search is able to find.
    const [first] = all
    if (!first) throw new Error('Nobody writes.')

    for (const secrets of all) {
      const { author } = secrets
      secrets.ids.push(await author.writeDraft('principles', secrets.ready[0]))
    }
    const late = await workshop.comeIn('Salma', 'member')
    const lateObserver = await workshop.comeIn('Noor', 'observer')
    for (const secrets of all) {
      const { author } = secrets
      await author.reload()
      expect(readDrafts(author.notebook).map(({ text }) => text)).toEqual([secrets.ready[0]])
      secrets.ids.push(await author.writeDraft('principles', secrets.ready[1]))
      const composer = author.beginDraft('principles')
      secrets.ids.push(composer)
      author.on('board').say({ editing: { id: composer, field: 'text' } })
      await author.type({ of: 'draft', id: composer }, secrets.composer)
      hangDraft(composer, secrets.ids[0] ?? null)(author.notebook)
      expect(await author.command({ name: 'share draft', draft: composer })).toMatchObject({ ok: false })
      await author.command({ name: 'done', step: WRITE, done: true })
      await sayNonsense(author, secrets.composer)
      await author.reload()
    }
    for (const { author } of all) await forgeSeat(workshop, author)
    for (const [who, document] of [
      [observer, 'notebook'],
      [screen, 'notebook'],
      [late, 'desk'],
    ] as const) {
      const refused = who.tap.tab(created.workshop, document, who.seat)
      await until('it is refused', () => refused.closes.length > 0)
      expect(refused.closes).toEqual([CLOSE.forbidden.code])
    }
    await lateObserver.reload()
    await maren.reload()
    for (const each of everyone) await each.askEverywhere()
    // Numbers are told, and they have come: whatever went out before them has come too.
    await until('everybody knows how many are done', () => everyone.every(({ stage }) => stage.progress.done === 3))

    for (const secrets of all) {
      const every = [...secrets.letters.ready, ...secrets.letters.composer]
      // The search finds the words and ids in what their author got: it is able to fail.
      expect(lettersIn(secrets.author.tap.heard(), every)).toEqual(every)
      expect(idsIn(secrets.author.tap.heard(), secrets.ids)).toEqual(secrets.ids)
      expect(leaks(workshop, secrets, every)).toEqual([])
    }

    // A countdown that is stopped reveals nothing.
    await maren.command({ name: 'move', from: WRITE, to: SHARE })
    await until('it counts down', () => everyone.every(({ stage }) => stage.countdown !== null))
    const endsAt = tomasz.stage.countdown?.endsAt ?? 0
    expect(await tomasz.command({ name: 'stop countdown', countdown: endsAt })).toMatchObject({ ok: true })
    await until('it is stopped', () => everyone.every(({ stage }) => stage.countdown === null))
    for (const secrets of all) expect(leaks(workshop, secrets, secrets.letters.ready)).toEqual([])

    const landings = everyone.map(({ board }) => {
      const landed: number[] = []
      board.on('update', () => void landed.push(readBoard(board).notes.size))
      return landed
    })
    await moveOn(maren, everyone, SHARE)
    const texts = all.flatMap(({ ready }) => ready)
    const onWall = ({ board }: Watched) => [...readBoard(board).notes.values()]
    await until('all have landed', () => everyone.every((each) => onWall(each).length === texts.length))
    for (const each of everyone)
      expect(
        onWall(each)
          .map(({ text }) => text)
          .toSorted(),
      ).toEqual(texts.toSorted())
    // All at once: nobody sees a part of it.
    for (const landed of landings) expect(landed.filter((count) => count > 0)).toEqual(landed.filter(() => true))
    for (const landed of landings) expect(new Set(landed)).toEqual(new Set([texts.length]))

    // What was not ready stays secret, and no id of a draft is the id of a note.
    for (const each of everyone) await each.askEverywhere()
    for (const secrets of all) expect(leaks(workshop, secrets, secrets.letters.composer)).toEqual([])

    // Late: signed at once; anonymous with the next move.
    for (const secrets of all) {
      const { author } = secrets
      const id = author.beginDraft('principles')
      secrets.ids.push(id)
      author.on('board').say({ editing: { id, field: 'text' } })
      await author.type({ of: 'draft', id }, secrets.late)
      readyDraft(id, true)(author.notebook)
      await author.on('notebook').saved()
    }
    for (const each of everyone) await each.askEverywhere()
    for (const secrets of all) expect(leaks(workshop, secrets, secrets.letters.late)).toEqual([])
    for (const { author, ids } of all) {
      const draft = ids.at(-1)
      if (draft) expect(await author.command({ name: 'share draft', draft })).toMatchObject({ ok: true })
    }
    if (names === 'anonymous') {
      for (const each of everyone) await each.askEverywhere()
      for (const secrets of all) expect(leaks(workshop, secrets, secrets.letters.late)).toEqual([])
    }
    await moveOn(maren, everyone, GROUP)
    const every = [...texts, ...all.map((secrets) => secrets.late)].toSorted()
    await until('the late ones have landed', () => everyone.every((each) => onWall(each).length === every.length))
    for (const each of everyone)
      expect(
        onWall(each)
          .map(({ text }) => text)
          .toSorted(),
      ).toEqual(every)
    for (const secrets of all) expect(leaks(workshop, secrets, secrets.letters.composer)).toEqual([])
    expect(
      lettersIn(
        Buffer.from(quintet.logged()),
        SECRET_SCRIPTS.flatMap(({ letters }) => letters),
      ),
    ).toEqual([])
  })
})
