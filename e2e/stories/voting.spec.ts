import type { Agenda } from '@quintet/shared/agenda'
import { phaseOf } from '../agendas.ts'
import { expectAccessible } from '../axe.ts'
import type { Devices } from '../devices.ts'
import { VotePage } from '../pages/VotePage.ts'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import { createWithAgenda } from '../scene.ts'
import type { QuintetServer } from '../server.ts'
import { expect, test } from '../story.ts'

const AGENDA: Agenda = {
  phases: [phaseOf('principles', 'open', 'vote', 'decide'), phaseOf('ideal', 'open'), phaseOf('owners', 'owners')],
}

const MIGRATIONS = 'No surprise migrations'
const RUN = 'We run what we recommend'
const PAVED = 'Paved roads, not gates'
const DOCS = 'Docs before tickets'

/** Everyone in a vote on four principles: Maren leads, Tomasz at a computer, Ines with a phone, and somebody who watches. */
async function inVote(server: QuintetServer, devices: Devices) {
  const { maren, join, observer } = await createWithAgenda(server, devices, AGENDA)
  const tomasz = new WorkshopPage(await devices.desktop())
  const ines = new WorkshopPage(await devices.phone(), true)
  const eye = new WorkshopPage(await devices.desktop())
  await Promise.all([tomasz.join(join, 'Tomasz'), ines.join(join, 'Ines'), eye.page.goto(observer)])
  for (const each of [maren, tomasz, ines, eye]) await each.question('principles').waitFor()
  for (const text of [MIGRATIONS, RUN, PAVED]) await tomasz.add('principles', text)
  // New notes come behind those that their author sees.
  await expect(ines.note(PAVED)).toBeVisible()
  await ines.add('principles', DOCS)
  await expect(maren.note(DOCS)).toBeVisible()
  // Twice, as people do: the second click would begin to close the vote.
  await main(maren, 'Next: Vote').dblclick()
  await expect(main(maren, 'Close vote')).toBeVisible()
  return {
    maren,
    tomasz,
    ines,
    eye,
    vote: {
      maren: new VotePage(maren.page),
      tomasz: new VotePage(tomasz.page),
      ines: new VotePage(ines.page, true),
      eye: new VotePage(eye.page),
    },
  }
}

const bar = (board: WorkshopPage) => board.page.getByRole('region', { name: 'This step' })

const main = (board: WorkshopPage, name: string) => bar(board).getByRole('button', { name, exact: true })

/** Presses a facilitator's main button. */
const forward = (board: WorkshopPage, name: string) => board.press(main(board, name))

test('dots are secret until the vote closes, within the budget, and then only totals are shown', async ({
  server,
  devices,
}) => {
  const { maren, tomasz, ines, eye, vote } = await inVote(server, devices)

  await test.step('a phone spends its budget, and no more', async () => {
    await expect(vote.ines.left(5, 5)).toBeVisible()
    await vote.ines.place(DOCS, 3)
    await vote.ines.place(PAVED, 2)
    await expect(vote.ines.left(0, 5)).toBeVisible()
    // It says of itself that it is disabled: a finger taps it all the same.
    await vote.ines.plus(RUN).tap({ force: true })
    await expect(ines.page.getByText('All 5 of your dots are placed.')).toBeVisible()
    await expect(vote.ines.dots(RUN, 0)).toBeVisible()
    await expect(vote.ines.dots(DOCS, 3)).toBeVisible()
  })

  await test.step('a keyboard votes: plus and minus on a note', async () => {
    const said = tomasz.page.getByRole('log', { name: 'Announcements' })
    await tomasz.note(RUN).focus()
    for (const key of ['+', '+', '+', '-']) await tomasz.page.keyboard.press(key)
    await expect(said).toContainText(`2 dots on “${RUN}”, 3 left`)
    await tomasz.note(PAVED).focus()
    await tomasz.page.keyboard.press('+')
    await expect(vote.tomasz.left(2, 5)).toBeVisible()
  })

  await test.step('nobody sees another’s dots, and how many have voted is a number', async () => {
    await expect(bar(maren)).toContainText('2 have voted')
    await expect(bar(eye)).toContainText('2 have voted')
    await expect(vote.maren.dots(DOCS, 0)).toBeVisible()
    await expect(vote.tomasz.dots(DOCS, 0)).toBeVisible()
    await expect(vote.eye.ballot).toHaveCount(0)
    for (const [{ page }, own] of [
      [maren, 0],
      [eye, 0],
      [tomasz, 2],
    ] as const)
      await expect(page.getByRole('main').getByText(/^\d+ dots?$|tied/)).toHaveCount(own)
  })

  await test.step('a reload keeps one’s ballot', async () => {
    await ines.mayGo()
    await ines.page.reload()
    await expect(vote.ines.left(0, 5)).toBeVisible()
    await expect(vote.ines.dots(PAVED, 2)).toBeVisible()
  })

  await test.step('the close counts down on every screen, and can be stopped', async () => {
    await forward(maren, 'Close vote')
    await forward(maren, 'Stop')
    await expect(main(maren, 'Close vote')).toBeVisible()
    await expect(vote.ines.dots(DOCS, 3)).toBeVisible()
    await forward(maren, 'Close vote')
    await expect(maren.page.getByText('Vote closed, 8 dots counted')).toBeVisible()
  })

  await test.step('everyone sees the same totals, most first, ties as ties', async () => {
    for (const board of [maren, tomasz, eye]) {
      await expect.poll(() => notesOf(board)).toEqual([PAVED, DOCS, RUN, MIGRATIONS])
      const page = new VotePage(board.page)
      for (const text of [PAVED, DOCS]) {
        await expect(page.block(text)).toContainText('3 dots')
        await expect(page.block(text)).toContainText('tied')
      }
      await expect(page.block(RUN)).toContainText('2 dots')
      await expect(page.block(RUN)).not.toContainText('tied')
      await expect(page.block(MIGRATIONS)).not.toContainText('dot')
    }
    await expect(vote.ines.block(DOCS)).toContainText('3 dots')
  })

  await test.step('facilitators keep and let go; everyone reads what is kept, and the header counts it', async () => {
    for (const text of [DOCS, PAVED]) await maren.press(vote.maren.keep(text))
    await expect(vote.tomasz.block(DOCS)).toContainText('Kept')
    await expect(vote.ines.block(PAVED)).toContainText('Kept')
    await expect(vote.tomasz.keep(DOCS)).toHaveCount(0)
    await maren.press(vote.maren.kept(PAVED))
    await expect(vote.ines.block(PAVED)).not.toContainText('Kept')
    await expect(bar(maren)).toContainText('1 principle kept')
    await forward(maren, 'Next: Ideal state')
    for (const board of [maren, tomasz])
      await expect(board.page.getByRole('button', { name: /^Principles ?, 1 principle$/ })).toBeVisible()
  })

  await test.step('a move can be taken back', async () => {
    await maren.press(maren.page.getByRole('button', { name: 'Take back' }))
    await expect(tomasz.question('principles')).toBeVisible()
    await expect(vote.tomasz.block(DOCS)).toContainText('Kept')
  })
})

test('a vote is reopened with its dots, held again without, and counts those who are here', async ({
  server,
  devices,
}) => {
  // Four devices, three countdowns and four looks of axe.
  test.setTimeout(180_000)
  const { maren, tomasz, ines, vote } = await inVote(server, devices)
  await vote.ines.place(DOCS, 3)
  await vote.ines.place(PAVED, 1)
  await vote.tomasz.place(MIGRATIONS, 5)
  await expect(bar(maren)).toContainText('2 have voted')
  await forward(maren, 'Close vote')
  await expect(vote.maren.block(MIGRATIONS)).toContainText('5 dots')

  await test.step('reopened, it has everybody’s dots, and says that totals were seen', async () => {
    await maren.press((await maren.open('More for this step')).getByRole('menuitem', { name: /^Reopen the vote/ }))
    await expect(vote.ines.left(1, 5)).toBeVisible()
    await expect(vote.ines.dots(DOCS, 3)).toBeVisible()
    await expect(ines.page.getByText('Totals were seen before this vote was reopened')).toBeVisible()
  })

  await test.step('dots on what is removed come back, and say so', async () => {
    await maren.choose(DOCS, 'Remove')
    await expect(vote.ines.left(4, 5)).toBeVisible()
    await expect(ines.page.getByText('3 dots came back to you: what they stood on was removed').first()).toBeVisible()
    await vote.ines.place(RUN, 2)
  })

  await test.step('somebody who is removed votes no more', async () => {
    await maren.press((await maren.open('More')).getByRole('menuitem', { name: /^People/ }))
    const people = maren.page.getByRole('dialog', { name: 'People' })
    await maren.press(people.getByRole('button', { name: 'Remove Tomasz' }))
    const ask = maren.page.getByRole('dialog', { name: 'Remove Tomasz?' })
    await expect(ask).toContainText('What Tomasz shared stays on the wall')
    await expectAccessible(maren.page, 'asking before somebody is removed')
    await maren.press(ask.getByRole('button', { name: 'Remove Tomasz' }))
    await expect(ask).toBeHidden()
    await maren.page.keyboard.press('Escape')
    await expect(tomasz.question('principles')).toBeHidden()
    await expect(bar(maren)).toContainText('1 has voted')
    // New totals beside those that were seen would tell whose dots are missing.
    await expect(ines.page.getByText(/this vote keeps the totals that were seen/)).toBeVisible()
    await forward(maren, 'Close vote')
    await expect(vote.maren.block(MIGRATIONS)).toContainText('5 dots')
    await expect(vote.maren.block(RUN)).not.toContainText('dot')
  })

  await test.step('voted again, everyone has all their dots, and both rounds are kept', async () => {
    await maren.press((await maren.open('More for this step')).getByRole('menuitem', { name: /^Vote again/ }))
    await expect(vote.ines.left(5, 5)).toBeVisible()
    await vote.ines.place(PAVED, 1)
    await forward(maren, 'Close vote')
    await maren.press(maren.page.getByRole('button', { name: /^1 dot from 1 person, 2 rounds/ }))
    const rounds = maren.page.getByRole('dialog', { name: 'Votes of this phase' })
    await expect(rounds).toContainText('Round 1')
    await expect(rounds).toContainText('Round 2')
    await expect(rounds).toContainText('1 dot from 1 of 2 people')
    await expectAccessible(maren.page, 'the rounds of a vote')
  })
})

/** The words of the notes on the wall, in reading order. */
async function notesOf({ page }: WorkshopPage): Promise<readonly string[]> {
  const texts = await page.getByRole('main').getByRole('article').allTextContents()
  return texts.map((text) => [MIGRATIONS, RUN, PAVED, DOCS].find((each) => text.includes(each)) ?? text)
}
