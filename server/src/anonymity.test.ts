import type { AgendaPoint } from '@quintet/shared/agenda'
import { boardEntry, boardRoot, readBoard, wallOf } from '@quintet/shared/board'
import { hangDraft, readyDraft } from '@quintet/shared/draftEdits'
import { moveNote } from '@quintet/shared/edits'
import type { NoteId, StepId } from '@quintet/shared/ids'
import { readDrafts } from '@quintet/shared/notebook'
import { MESSAGE } from '@quintet/shared/protocol'
import { SCHEMAS } from '@quintet/shared/schema'
import { expect, test } from 'vitest'
import { idsIn } from './testing/secretScript.ts'
import { until } from './testing/until.ts'
import { moveOn, type Watched, watchWorkshop } from './testing/watched.ts'

/**
 * Anonymous phases, in the running server: after the reveal, late shares, edits in Decide and withdrawals, nothing that
 * anybody else can obtain names the author of a note, or lets them be told by ids, order, times or client ids.
 */
const [SHARE, GROUP, VOTE, DECIDE] = (['2', '3', '4', '5'] as const).map((at) => {
  return { phase: 'principles', step: `principles-${at}` as StepId } as const
}) as [AgendaPoint, AgendaPoint, AgendaPoint, AgendaPoint]

/** All that stands in a document, root by root. */
function rootsOf(
  doc: Watched['board'],
): readonly (readonly [root: string, values: Readonly<Record<string, unknown>>])[] {
  const roots = [...doc.share.keys()].toSorted().map((root) => [root, doc.getMap(root).toJSON()] as const)
  return roots.filter(([, values]) => Object.keys(values).length > 0)
}

/** The whole stage as JSON, but for who is in the workshop and who stopped its timer or began its countdown. */
function stageWithoutPeople(doc: Watched['board']): string {
  const roots = rootsOf(doc).filter(([root]) => root !== 'people' && root !== 'former')
  const { timer, countdown, ...fields } = doc.getMap('stage').toJSON()
  const without = (value: unknown) => ({ ...(value as object | null), by: undefined })
  const stage = { ...fields, timer: without(timer), countdown: without(countdown) }
  return JSON.stringify(roots.map(([root, values]) => [root, root === 'stage' ? stage : values]))
}

/** The note that one of somebody's drafts became: known to its author alone. */
function becameOf({ notebook }: Watched, draft: NoteId): NoteId {
  const became = readDrafts(notebook).find(({ id }) => id === draft)?.became
  if (!became) throw new Error('The draft is not on the wall.')
  return became
}

test('nothing tells whose an anonymous note is, whatever is done with it', { timeout: 120_000 }, async () => {
  const { maren, tomasz, members, everyone, quintet, created, observer } = await watchWorkshop({
    names: 'anonymous',
    members: ['Kofi', 'Ines', 'Yuki'],
  })
  const [kofi, ines, yuki] = members as readonly [Watched, Watched, Watched]
  const authors = [kofi, ines, yuki, maren]
  const people = [maren, tomasz, ...members]
  const loggedBefore = quintet.logged().length

  const written: { author: Watched; draft: NoteId; words: string }[] = []
  for (const round of [1, 2, 3, 4])
    for (const author of authors) {
      const words = `${round} of ${written.length}`
      written.push({ author, words, draft: await author.writeDraft('principles', words) })
    }
  // An honest client hangs no draft under another; one that does tells nobody that both are of one hand.
  const [lower, upper] = [written[authors.length], written[0]]
  if (!lower || !upper || lower.author !== upper.author) throw new Error('Kofi wrote the first draft of each round.')
  hangDraft(lower.draft, upper.draft)(kofi.notebook)
  await kofi.on('notebook').saved()
  const { at: step } = maren.stage
  for (const each of [kofi, yuki, tomasz])
    expect(await each.command({ name: 'done', step, done: true })).toMatchObject({ ok: true })
  // Four have written; of the three who are done one has not.
  const told = { writing: 4, typing: 0, done: 3, voted: 0 }
  await until('it is counted', () =>
    everyone.every(({ stage }) => JSON.stringify(stage.progress) === JSON.stringify(told)),
  )
  await moveOn(maren, everyone, SHARE)
  const wallSize = (size: number) =>
    until(`${size} notes have landed`, () => everyone.every(({ board }) => readBoard(board).notes.size === size))
  await wallSize(written.length)
  const late = await ines.writeDraft('principles', 'Late in Share')
  written.push({ author: ines, words: 'Late in Share', draft: late })
  expect(await ines.command({ name: 'share draft', draft: late })).toMatchObject({ ok: true })
  await moveOn(maren, everyone, GROUP)
  await wallSize(written.length)

  // Up to here nobody wrote on the board themselves: every struct of it is of the server's hand.
  const ofMembers = new Set(people.flatMap(({ tap }) => tap.clients).map(({ client }) => client))
  for (const { board } of everyone)
    expect([...board.store.clients.keys()].filter((id) => ofMembers.has(id))).toEqual([])
  const shuffled = wallOf(readBoard(observer.board), 'principles').map(({ text }) => text)
  expect(shuffled.toSorted()).toEqual(written.map(({ words }) => words).toSorted())
  // Neither in the order of writing nor, but for the late one, author by author; by chance less than once in a million
  // runs.
  expect(shuffled).not.toEqual(written.map(({ words }) => words))
  const wrote = shuffled.map((text) => written.find(({ words }) => words === text)?.author)
  expect(wrote.filter((author, at) => author === wrote[at + 1]).length).toBeLessThan(
    written.length - 1 - authors.length,
  )

  const own = (at: number) => {
    const entry = written[at]
    if (!entry) throw new Error('Nothing was written there.')
    return { ...entry, note: becameOf(entry.author, entry.draft) }
  }
  const [first, second, third] = [own(0), own(1), own(2)]
  moveNote(second.note, { group: null, order: 'Zz' })(kofi.board)
  await moveOn(maren, everyone, VOTE)
  await moveOn(maren, everyone, DECIDE)
  await kofi.type({ of: 'note', id: first.note }, ' by its author')
  await yuki.type({ of: 'note', id: first.note }, ' by another')
  await ines.type({ of: 'note', id: third.note }, ' by another')
  await Promise.all([kofi, yuki, ines].map((each) => each.on('board').saved()))
  expect(await ines.command({ name: 'withdraw note', note: second.note, removed: true })).toMatchObject({ ok: true })
  expect(await kofi.command({ name: 'withdraw note', note: second.note, removed: true })).toMatchObject({
    ok: false,
    code: 'forbidden',
  })
  expect(await yuki.command({ name: 'withdraw note', note: third.note, removed: true })).toMatchObject({ ok: true })
  expect(await yuki.command({ name: 'withdraw note', note: third.note, removed: false })).toMatchObject({ ok: true })
  const added = kofi.beginDraft('principles')
  await kofi.type({ of: 'draft', id: added }, 'New in Decide')
  readyDraft(added, true)(kofi.notebook)
  expect(await kofi.command({ name: 'share draft', draft: added })).toMatchObject({ ok: true })
  written.push({ author: kofi, words: 'New in Decide', draft: added })
  await wallSize(written.length)
  await until('all see who was withdrawn', () =>
    everyone.every(({ board }) => readBoard(board).notes.get(second.note)?.removed === true),
  )
  await observer.reload()

  for (const each of everyone) {
    const notes = [...readBoard(each.board).notes.values()]
    expect(new Set(notes.map(({ author }) => author))).toEqual(new Set([null]))
    expect(new Set(notes.map(({ at }) => at))).toEqual(new Set([each.stage.reveal?.at]))
    // Made, and withdrawn and brought back, in the server's hand.
    const hands = notes.flatMap(({ id }) => {
      const parts = boardEntry(each.board, 'notes', id)?._map
      return [
        boardRoot(each.board, 'notes')._map.get(id),
        parts?.get('removed'),
        parts?.get('text'),
        parts?.get('author'),
      ]
    })
    for (const hand of hands) expect(ofMembers.has(hand?.id.client ?? -1)).toBe(false)
    const sync = each.tap.messages('board').filter(([type]) => type === MESSAGE.sync)
    expect(sync.length).toBeGreaterThan(0)
    expect(
      idsIn(
        Buffer.concat(sync),
        people.map(({ seat }) => seat),
      ),
    ).toEqual([])
    const drafts = written.filter(({ author }) => author !== each).map(({ draft }) => draft)
    expect([each.name, idsIn(each.tap.heard(), drafts)]).toEqual([each.name, []])
    const named = people.flatMap(({ seat, name }) => [seat, name])
    const stage = Buffer.from(stageWithoutPeople(each.on('stage').doc))
    expect([each.name, idsIn(stage, [...named, ...written.map(({ draft }) => draft)])]).toEqual([each.name, []])
    if (each === maren || each === tomasz) {
      expect(rootsOf(each.on('desk').doc)).toEqual([['about', { schema: SCHEMAS.desk }]])
      expect(idsIn(Buffer.concat(each.tap.messages('desk')), named)).toEqual([])
    }
    const plan = (await each.tap.browser.get(`${created.path}/export/plan.md`)).text
    expect(plan).toContain('New in Decide')
    // In the list of who took part, and nowhere else.
    for (const { name } of people) expect([name, plan.split(name).length - 1]).toEqual([name, 1])
  }
  // The search finds what is there: an author's own drafts in what the author got, and people on the stage.
  expect(idsIn(kofi.tap.heard(), [first.draft])).toEqual([first.draft])
  expect(
    idsIn(
      Buffer.concat(observer.tap.messages('stage')),
      people.map(({ seat }) => seat),
    ),
  ).toHaveLength(5)
  const logged = Buffer.from(quintet.logged().slice(loggedBefore))
  expect(
    idsIn(
      logged,
      people.map(({ seat }) => seat),
    ),
  ).toEqual([])
  for (const { draft, words } of written) expect(idsIn(logged, [draft, words])).toEqual([])
})
