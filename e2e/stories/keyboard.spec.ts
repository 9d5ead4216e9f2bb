import type { Agenda } from '@quintet/shared/agenda'
import { phaseOf } from '../agendas.ts'
import type { Devices } from '../devices.ts'
import { InviteDialog } from '../pages/InviteDialog.ts'
import { KeyboardPage } from '../pages/KeyboardPage.ts'
import { OwnersPage } from '../pages/OwnersPage.ts'
import { PlanPage } from '../pages/PlanPage.ts'
import { RhythmPage } from '../pages/RhythmPage.ts'
import { VotePage } from '../pages/VotePage.ts'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { WritePage } from '../pages/WritePage.ts'
import type { QuintetServer } from '../server.ts'
import { expect, test } from '../story.ts'

/** Short, and yet with every kind of step and the table of owners. */
const AGENDA: Agenda = {
  phases: [
    phaseOf('principles', 'write', 'share', 'group', 'vote', 'decide'),
    phaseOf('ideal', 'open'),
    phaseOf('gaps', 'write', 'share', 'decide'),
    phaseOf('actions', 'open'),
    phaseOf('owners', 'owners'),
  ],
}

const PAVED = 'Paved roads, not gates'
const EASY = 'The easy way is the safe way'
const DOCS = 'Docs before tickets'
const NO = 'We say no with an alternative'
const LATE = 'Half a thought'
const ROADS = 'Roads that people like to take'

const CLICK = 'I click, and I get a database'
const STATUS = 'The status page knows first'
const WAIT = 'Teams wait three days for a database'
const HAND = 'The status page is edited by hand'
const POSTGRES = 'Self-service Postgres'
const ALERTS = 'Drive the status page from alerts'
const STEP = 'Draft the API with Payments'

/** Somebody at a computer whose mouse is gone, with what the page objects find there. */
async function withKeysAlone(devices: Devices) {
  const page = await devices.desktop()
  const board = new WorkshopPage(page)
  return {
    page,
    board,
    keys: await KeyboardPage.of(page),
    rhythm: new RhythmPage(board),
    votes: new VotePage(page),
    owners: new OwnersPage(page),
    main: page.getByRole('main'),
    bar: page.getByRole('region', { name: 'This step' }),
  }
}

type Someone = Awaited<ReturnType<typeof withKeysAlone>>

const button = (where: Pick<Someone['page'], 'getByRole'>, name: string | RegExp) =>
  where.getByRole('button', { name, exact: true })

/** Joins by an invitation: the field for the name has the focus already. */
async function join({ page, keys }: Someone, link: string, name: string): Promise<void> {
  await page.goto(link)
  await keys.stands(page.getByLabel('Your name'))
  await keys.type(name)
  await keys.keys('Enter')
}

/** As a facilitator: goes to the main button and presses it. It keeps the focus when it comes to do another thing. */
async function forward({ keys, bar }: Someone, name: string): Promise<void> {
  await keys.press(button(bar, name))
}

/** Opens a note's menu by its key, and chooses. */
async function chooseFor({ keys, board }: Someone, words: string, typed: string, item: string): Promise<void> {
  await keys.tabTo(board.note(words))
  await keys.keys('Shift+F10')
  await keys.choose(typed, item)
}

test('a workshop is created, and joined, by keys alone', async ({ server, devices }) => {
  const maren = await withKeysAlone(devices)
  const tomasz = await withKeysAlone(devices)
  const { page, keys } = maren

  await page.goto(server.local)
  await keys.tabTo(page.getByLabel('What is it called?'))
  await keys.type('How we serve product teams')
  await keys.keys('Tab')
  await keys.stands(page.getByLabel('Your name'))
  await keys.type('Maren')
  const rhythm = page.getByRole('radio', { name: /^Write, share, group, vote, decide/ })
  await keys.tabTo(rhythm)
  await keys.arrowTo(page.getByRole('radio', { name: /^One open step each/ }), 'ArrowDown')
  await keys.arrowTo(rhythm, 'ArrowUp')
  await keys.press(button(page, 'Create workshop'))

  const invite = new InviteDialog(page)
  await expect(invite.code).toBeVisible()
  await keys.tabTo(invite.dialog.getByRole('textbox', { name: 'Join link', exact: true }))
  const link = new URL(await invite.joinLink())
  await keys.tabTo(button(invite.dialog, 'Close'))
  await keys.keys('Escape')
  await expect(invite.dialog).toHaveCount(0)

  await join(tomasz, `${server.local}${link.pathname}${link.hash}`, 'Tomasz')
  await tomasz.keys.write(tomasz.main.getByRole('textbox', { name: 'New principle' }), DOCS)
  await expect(tomasz.rhythm.draft(DOCS)).toBeVisible()
  await expect(maren.rhythm.step('principles', 'Write')).toBeVisible()
})

test('a whole workshop is led, and taken part in, by keys alone', async ({ server, devices }) => {
  test.setTimeout(240_000)
  const maren = await withKeysAlone(devices)
  const tomasz = await withKeysAlone(devices)
  await opened(server, maren, tomasz)

  const composer = (who: Someone) => who.main.getByRole('textbox', { name: 'New principle' })

  await test.step('drafts are written, changed, removed and brought back', async () => {
    for (const words of [PAVED, EASY]) await tomasz.keys.write(composer(tomasz), words)
    await maren.keys.write(composer(maren), DOCS)
    await maren.keys.write(composer(maren), NO.slice(0, -3))
    await maren.keys.tabTo(maren.rhythm.draft(NO.slice(0, -3)))
    await maren.keys.keys('F2')
    await maren.keys.stands(maren.main.getByRole('textbox', { name: 'Words of this principle' }))
    await maren.keys.type(NO.slice(-3))
    await maren.keys.keys('Enter')
    await maren.keys.stands(maren.rhythm.draft(NO))
    await tomasz.keys.tabTo(tomasz.rhythm.draft(EASY))
    await tomasz.keys.keys('Shift+F10')
    await tomasz.keys.choose('remove', 'Remove')
    await expect(tomasz.rhythm.draft(EASY)).toHaveCount(0)
    await tomasz.keys.keepsFocus('a draft was removed')
    await tomasz.keys.press(button(tomasz.page.getByRole('status'), 'Undo'))
    await expect(tomasz.rhythm.draft(EASY)).toBeVisible()
    await tomasz.keys.keepsFocus('a draft was brought back')
    await tomasz.keys.press(button(tomasz.bar, 'I’m done'))
    await expect(maren.page.getByText('1 is done')).toBeVisible()
  })

  await test.step('the countdown is stopped by the key that began it, and runs the second time', async () => {
    await tomasz.keys.tabTo(composer(tomasz))
    await tomasz.keys.type(LATE)
    const stop = button(maren.page.getByRole('alertdialog'), 'Stop')
    await Promise.all([new WritePage(maren.board).countdownShows(), forward(maren, 'Share the drafts')])
    await maren.keys.stands(stop)
    await maren.keys.keys('Enter')
    await expect(stop).toHaveCount(0)
    await maren.keys.stands(button(maren.bar, 'Share the drafts'))
    await maren.keys.keys('Enter')
    for (const who of [maren, tomasz]) {
      await expect(who.rhythm.step('principles', 'Share')).toBeVisible()
      for (const words of [PAVED, EASY, DOCS, NO]) await expect(who.board.note(words)).toBeVisible()
    }
    const field = tomasz.main.getByRole('textbox', { name: 'Words of this principle' })
    await tomasz.keys.stands(field)
    await tomasz.keys.keys('Enter')
    await tomasz.keys.stands(tomasz.rhythm.draft(LATE))
    await tomasz.keys.press(button(tomasz.main, 'Share it too'))
    await expect(maren.board.note(LATE)).toBeVisible()
    await tomasz.keys.keepsFocus('a leftover was shared')

    await maren.keys.stands(button(maren.bar, 'Next: Group'))
    await maren.keys.keys('Enter')
    await expect(tomasz.rhythm.step('principles', 'Group')).toBeVisible()
    await maren.keys.press(button(maren.page.getByRole('status'), 'Take back'))
    await expect(tomasz.rhythm.step('principles', 'Share')).toBeVisible()
    await maren.keys.keepsFocus('a move was taken back')
    await forward(maren, 'Next: Group')
    await expect(tomasz.rhythm.step('principles', 'Group')).toBeVisible()
  })

  await test.step('notes are grouped with G and the first letters, several at once by the space bar', async () => {
    const { keys, board, main } = tomasz
    await keys.tabTo(board.note(EASY))
    await keys.keys('g')
    await keys.pick('paved', PAVED)
    const unnamed = main.getByRole('group', { name: /^Group: / })
    await keys.stands(unnamed)
    await keys.keys('Enter')
    await keys.stands(main.getByRole('textbox', { name: 'Name of this group' }))
    await keys.type(ROADS)
    await keys.keys('Enter')
    await keys.stands(main.getByRole('group', { name: `Group: ${ROADS}` }))
    await expect(maren.main.getByRole('heading', { name: ROADS })).toBeVisible()

    await maren.keys.tabTo(maren.board.note(DOCS))
    await maren.keys.keys(' ')
    await maren.keys.tabTo(maren.board.note(NO))
    await maren.keys.keys(' ')
    await maren.keys.press(button(maren.page.getByRole('toolbar', { name: 'Selected notes' }), 'Group…'))
    await maren.keys.pick('roads', ROADS)
    await maren.keys.keepsFocus('a selection was grouped')
    await maren.keys.press(button(maren.page.getByRole('status'), 'Undo'))
    await expect(maren.page.getByRole('heading', { name: /^Not in a group/ })).toContainText('3')
    await maren.keys.keepsFocus('a grouping was undone')
  })

  await test.step('dots are placed with plus and taken back with minus', async () => {
    await forward(maren, 'Next: Vote')
    await expect(tomasz.votes.left(5, 5)).toBeVisible()
    await tomasz.keys.tabTo(tomasz.main.getByRole('group', { name: `Group: ${ROADS}` }))
    await tomasz.keys.keys('+', '+', '+', '-')
    await expect(tomasz.votes.dots(ROADS, 2)).toBeVisible()
    await tomasz.keys.tabTo(tomasz.board.note(DOCS))
    await tomasz.keys.keys('+')
    await expect(tomasz.votes.left(2, 5)).toBeVisible()
    await tomasz.keys.press(tomasz.votes.plus(NO))
    await expect(tomasz.votes.dots(NO, 1)).toBeVisible()
    await maren.keys.press(maren.votes.plus(ROADS))
    await expect(maren.bar).toContainText('2 have voted')
    await forward(maren, 'Close vote')
    await expect(tomasz.rhythm.step('principles', 'Decide')).toBeVisible()
    await maren.keys.stands(button(maren.bar, 'Next: Ideal state'))
  })

  await test.step('what is agreed is kept, let go of, and kept', async () => {
    await maren.keys.press(maren.votes.keep(ROADS))
    await maren.keys.stands(maren.votes.kept(ROADS))
    await maren.keys.keys(' ')
    await maren.keys.stands(maren.votes.keep(ROADS))
    await maren.keys.keys(' ')
    await maren.keys.stands(maren.votes.kept(ROADS))
    await expect(tomasz.votes.block(ROADS).first()).toContainText('Kept')
    await chooseFor(maren, NO, 'park', 'Park')
    await expect(maren.page.getByText(/^Parked/).first()).toBeVisible()
    await maren.keys.keepsFocus('a note was parked')
  })

  await test.step('a member looks back alone, and rejoins', async () => {
    await forward(maren, 'Next: Ideal state')
    await expect(tomasz.board.question('ideal')).toBeVisible()
    await tomasz.keys.press(tomasz.page.getByRole('button', { name: /^Principles/ }))
    await expect(tomasz.board.question('principles')).toBeVisible()
    await tomasz.keys.press(button(tomasz.bar, 'Rejoin Ideal state'))
    await expect(tomasz.board.question('ideal')).toBeVisible()
    await tomasz.keys.keepsFocus('rejoined')
    await tomasz.keys.press(tomasz.page.getByRole('button', { name: /^Principles/ }))
    await tomasz.keys.press(button(tomasz.page, 'Rejoin'))
    await expect(tomasz.board.question('ideal')).toBeVisible()
    await tomasz.keys.keepsFocus('rejoined from the top')
  })

  await test.step('statements are written in the open', async () => {
    for (const words of [CLICK, STATUS])
      await tomasz.keys.write(tomasz.main.getByRole('textbox', { name: 'New statement' }), words)
    await expect(maren.board.note(STATUS)).toBeVisible()
  })

  await test.step('a gap is hung under a statement with H, and another is added where the thread is broken', async () => {
    await forward(maren, 'Next: Gaps')
    await tomasz.keys.write(tomasz.main.getByRole('textbox', { name: 'New gap' }), WAIT)
    await expect(tomasz.rhythm.draft(WAIT)).toBeVisible()
    await forward(maren, 'Share the drafts')
    await expect(maren.board.note(WAIT)).toBeVisible()
    await forward(maren, 'Next: Decide')
    await expect(tomasz.rhythm.step('gaps', 'Decide')).toBeVisible()
    await tomasz.keys.press(button(tomasz.page, 'Show the first'))
    await tomasz.keys.stands(tomasz.board.note(WAIT))
    await tomasz.keys.keys('h')
    await tomasz.keys.pick('click', new RegExp(CLICK))
    await tomasz.keys.stands(tomasz.board.note(WAIT))
    await expect(maren.board.under(CLICK)).toContainText(WAIT)

    const column = maren.main.getByRole('region', { name: STATUS })
    await maren.keys.press(button(column, 'Add a gap'))
    await maren.keys.stands(column.getByRole('textbox', { name: 'New gap' }))
    await maren.keys.type(HAND)
    await maren.keys.keys('Enter')
    await expect(tomasz.board.under(STATUS)).toContainText(HAND)
    await maren.keys.keys('Escape')
    await expect(column.getByRole('textbox')).toHaveCount(0)
    await maren.keys.stands(button(column, 'Add a gap'))
  })

  await test.step('a statement without a gap is true already, and is not', async () => {
    await maren.keys.tabTo(maren.board.note(HAND))
    await maren.keys.keys('Shift+F10')
    await maren.keys.choose('remove', 'Remove')
    await expect(maren.board.note(HAND)).toHaveCount(0)
    await maren.keys.keepsFocus('a note was removed')
    const add = button(maren.main.getByRole('region', { name: STATUS }), 'Add a gap')
    await maren.keys.press(button(maren.main, `It is true already: “${STATUS}”`))
    await expect(tomasz.page.getByText('It is true already', { exact: true })).toBeVisible()
    await maren.keys.stands(add)
    await maren.keys.press(button(maren.main, `Not yet: “${STATUS}”`))
    await expect(button(maren.main, `It is true already: “${STATUS}”`)).toBeVisible()
    await maren.keys.stands(add)
    await maren.keys.keys('Control+z')
    await expect(tomasz.board.under(STATUS)).toContainText(HAND)
    await maren.keys.keepsFocus('the button went with what it was for')
  })

  await test.step('actions are added under their gaps', async () => {
    await forward(maren, 'Next: Actions')
    for (const [gap, words] of [
      [WAIT, POSTGRES],
      [HAND, ALERTS],
    ] as const) {
      const column = tomasz.main.getByRole('region', { name: gap })
      await tomasz.keys.press(button(column, 'Add an action'))
      await tomasz.keys.type(words)
      await tomasz.keys.keys('Enter')
      await expect(maren.board.under(gap)).toContainText(words)
    }
  })

  await test.step('an action is claimed, and its owner says by when and what comes first', async () => {
    await forward(maren, 'Next: Owners')
    const { keys, owners, page } = tomasz
    const row = owners.action(POSTGRES)
    await keys.press(button(row, `Claim: ${POSTGRES}`))
    await keys.stands(row.getByRole('button', { name: /Tomasz \(you\)/ }))
    await keys.press(row.getByRole('button', { name: /due date/ }))
    await keys.stands(row.getByLabel(/^Due date of:/))
    await keys.type('03032031')
    await keys.keys('Enter')
    await keys.stands(row.getByRole('button', { name: /^Due .*2031/ }))
    await keys.press(row.getByRole('button', { name: /^Add: first step/ }))
    await keys.stands(row.getByRole('textbox', { name: 'First step' }))
    await keys.type(STEP)
    await keys.keys('Enter')
    await keys.stands(row.getByRole('button', { name: `First step: ${STEP}` }))

    await keys.press(button(row, `More for: ${POSTGRES}`))
    await keys.choose('edit', 'Edit the action')
    await keys.stands(row.getByRole('textbox', { name: 'Words of this action' }))
    await keys.keys('Enter')
    await keys.stands(row)
    await keys.press(button(owners.action(ALERTS), `Assign: ${ALERTS}`))
    await expect(page.getByRole('combobox')).toBeFocused()
    await keys.keys('Escape')
    await keys.stands(button(owners.action(ALERTS), `Assign: ${ALERTS}`))
  })

  await test.step('the close asks first, and leads to the plan', async () => {
    const asks = maren.page.getByRole('dialog', { name: 'Close with 1 action unowned?' })
    await forward(maren, 'Close workshop')
    await maren.keys.stands(button(asks, 'Find owners'))
    await maren.keys.keys('Escape')
    await expect(asks).toHaveCount(0)
    await maren.keys.stands(button(maren.bar, 'Close workshop'))
    await maren.keys.keys('Enter')
    await maren.keys.press(button(asks, 'Close anyway'))
    await expect(button(maren.bar, 'Open the plan')).toBeVisible()
    await maren.keys.stands(button(maren.bar, 'Open the plan'))
    await maren.keys.keys('Enter')
  })

  await test.step('the plan is read and taken along', async () => {
    const plan = new PlanPage(maren.page)
    await expect(plan.heading).toBeVisible()
    const open = button(maren.main, `Open: ${POSTGRES}`)
    await maren.keys.press(open)
    await maren.keys.stands(button(maren.main, `Close: ${POSTGRES}`))
    await maren.keys.press(button(maren.page, 'Export'))
    const download = maren.page.waitForEvent('download')
    await maren.keys.press(button(plan.export, 'Download Markdown'))
    expect((await download).suggestedFilename()).toMatch(/\.md$/)
    await maren.keys.keys('Escape')
    await expect(plan.export).toHaveCount(0)
    await maren.keys.stands(button(maren.page, 'Export'))
  })
})

/** A workshop that a script created; Maren leads it, Tomasz has joined. */
async function opened(server: QuintetServer, maren: Someone, tomasz: Someone): Promise<void> {
  const answer = await maren.page.request.post(`${server.local}/api/workshops`, {
    data: { title: 'How we serve product teams', name: 'Maren', agenda: AGENDA },
  })
  const { links } = (await answer.json()) as { links: Record<'facilitator' | 'member', string> }
  const local = (link: string) => `${server.local}${new URL(link).pathname}${new URL(link).hash}`
  await maren.page.goto(local(links.facilitator))
  await join(tomasz, local(links.member), 'Tomasz')
  for (const who of [maren, tomasz]) await expect(who.rhythm.step('principles', 'Write')).toBeVisible()
}
