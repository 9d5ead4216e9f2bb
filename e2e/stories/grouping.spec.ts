import type { Locator } from '@playwright/test'
import { type Agenda, OPEN_AGENDA } from '@quintet/shared/agenda'
import type { StepId } from '@quintet/shared/ids'
import type { Devices } from '../devices.ts'
import { GroupsPage } from '../pages/GroupsPage.ts'
import { WorkshopPage } from '../pages/WorkshopPage.ts'
import type { QuintetServer } from '../server.ts'
import { expect, test } from '../story.ts'
import { Finger } from '../touch.ts'

const WAIT = 'Product teams wait 3 days for a new database'
const APPROVALS = 'Every request needs a ticket and two approvals'
const ALERTS = 'Alerts name hosts, not the services people know'
const COPIED = 'Test data is copied by hand'
const COST = 'Nobody sees what their namespace costs'
const ALL = [WAIT, APPROVALS, ALERTS, COPIED, COST]

/** Gaps alone, which are collected in the open and then grouped. */
const step = (kind: 'open' | 'group') => ({ id: `gaps-${kind}` as StepId, kind, duration: 600_000 })
const AGENDA: Agenda = {
  phases: OPEN_AGENDA.phases
    .filter(({ phase }) => phase === 'gaps')
    .map((each) => ({ ...each, steps: [step('open'), step('group')] })),
}

interface Room {
  readonly maren: GroupsPage
  readonly join: string
  readonly observer: string
}

/** Maren has collected five gaps, and moved on to Group. */
async function atGroup(server: QuintetServer, devices: Devices): Promise<Room> {
  const board = new WorkshopPage(await devices.desktop())
  const { page } = board
  const data = { title: 'How we serve product teams', name: 'Maren', agenda: AGENDA }
  const made = await page.request.post(`${server.local}/api/workshops`, { data })
  const { workshop, links } = (await made.json()) as { workshop: string; links: { member: string; observer: string } }
  await page.goto(`${server.local}/w/${workshop}`)
  for (const text of ALL) await board.add('gaps', text)
  await board.press(page.getByRole('button', { name: 'Next: Group', exact: true }))
  await expect(page.getByText('Group, step 2 of 2')).toBeVisible()
  return {
    maren: new GroupsPage(board),
    join: devices.overNetwork(links.member),
    observer: devices.overNetwork(links.observer),
  }
}

async function tomaszJoins({ join }: Room, devices: Devices): Promise<GroupsPage> {
  const board = new WorkshopPage(await devices.desktop())
  await board.join(join, 'Tomasz')
  await board.note(COST).waitFor()
  return new GroupsPage(board)
}

async function middle(target: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await target.boundingBox()
  if (!box) throw new Error('It is not on the screen.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test('a mouse drags notes together, one and several, and out again', async ({ server, devices }) => {
  const room = await atGroup(server, devices)
  const { maren } = room
  const tomasz = await tomaszJoins(room, devices)
  const { page } = maren.board

  await maren.drag(APPROVALS, maren.board.note(WAIT), `Together with “${'Product teams wait 3 days for a new dat'}…”.`)
  await maren.name('Waiting')
  await expect.poll(() => tomasz.notesIn('Waiting')).toEqual([WAIT, APPROVALS])

  await page.keyboard.down('Control')
  for (const text of [ALERTS, COST]) await maren.board.note(text).click()
  await page.keyboard.up('Control')
  await expect(maren.selection).toContainText('2 selected')
  await maren.drag(COST, maren.board.note(COPIED), `Together with “${COPIED}”.`)
  await maren.name('Blind spots')
  await expect.poll(() => tomasz.notesIn('Blind spots')).toEqual([COPIED, ALERTS, COST])
  await expect(maren.selection).toBeHidden()

  await maren.lift(COPIED)
  await maren.dropOn(maren.takeOut, /^Place 1 of 1, /)
  await expect.poll(() => tomasz.notesIn('Blind spots')).toEqual([ALERTS, COST])
  await expect.poll(() => tomasz.loose()).toEqual([COPIED])
})

test('a mouse drags a group onto another, and one click parts them again', async ({ server, devices }) => {
  const room = await atGroup(server, devices)
  const { maren } = room
  const { page } = maren.board
  for (const [text, name] of [
    [WAIT, 'Waiting'],
    [ALERTS, 'Blind spots'],
  ] as const) {
    await maren.board.choose(text, 'Group with…')
    await maren.pick('Group with', name)
  }
  const tomasz = await tomaszJoins(room, devices)
  await maren.dragGroup('Blind spots', maren.card('Waiting'), 'Together with “Waiting”.')
  await expect.poll(async () => (await tomasz.notesIn('Waiting')).sort()).toEqual([ALERTS, WAIT])
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(() => tomasz.notesIn('Blind spots')).toEqual([ALERTS])
})

test('a finger that rests on a note groups it with another', async ({ server, devices }) => {
  const { maren, join } = await atGroup(server, devices)
  const board = new WorkshopPage(await devices.tablet(), true)
  await board.join(join, 'Ines')
  const ines = new GroupsPage(board)
  await expect(board.note(WAIT).getByRole('button', { name: /^Move note:/ })).toBeAttached()

  const finger = await Finger.of(board.page)
  await finger.down(await middle(board.note(APPROVALS)))
  await expect(ines.said).toHaveText(/^Picked up/)
  await finger.move(await middle(board.note(WAIT)))
  await expect(ines.said).toHaveText(/^Together with/)
  await finger.up()
  await expect.poll(() => maren.notesIn('Group without a name')).toEqual([WAIT, APPROVALS])
})

test('keys alone select, group by typing, name, move, merge, split and undo', async ({ server, devices }) => {
  const room = await atGroup(server, devices)
  const { maren } = room
  const tomasz = await tomaszJoins(room, devices)
  const { page } = maren.board
  const { keyboard } = page

  await maren.board.note(WAIT).focus()
  await keyboard.press('Space')
  await keyboard.press('ArrowRight')
  await expect(maren.board.note(APPROVALS)).toBeFocused()
  await keyboard.press('Space')
  await expect(maren.said).toHaveText('2 selected.')
  await keyboard.press('g')
  await maren.pick('Group with', 'Waiting')
  await expect(maren.head('Waiting')).toBeFocused()
  await expect.poll(() => tomasz.notesIn('Waiting')).toEqual([WAIT, APPROVALS])

  await maren.board.note(ALERTS).focus()
  await keyboard.press('g')
  await maren.pick('Group with', 'by hand')
  await keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name of this group' })).toBeFocused()
  await keyboard.type('Blind spots')
  await keyboard.press('Enter')
  await expect(maren.head('Blind spots')).toBeFocused()
  await expect.poll(() => tomasz.notesIn('Blind spots')).toEqual([COPIED, ALERTS])

  await keyboard.press('Alt+ArrowLeft')
  await expect(maren.said).toHaveText('Group 1 of 2.')
  await expect.poll(() => tomasz.names()).toEqual(['Blind spots', 'Waiting'])

  await expect(maren.head('Blind spots')).toBeFocused()
  await keyboard.press('g')
  await maren.pick('Merge into', 'wait')
  await expect.poll(() => tomasz.names()).toEqual(['Waiting'])
  await keyboard.press('Control+z')
  await expect(maren.said).toHaveText('Undone: merge groups.')
  await expect.poll(() => tomasz.names()).toEqual(['Blind spots', 'Waiting'])
})

test('a phone groups by its menus alone', async ({ server, devices }) => {
  const { maren, join } = await atGroup(server, devices)
  const board = new WorkshopPage(await devices.phone(), true)
  await board.join(join, 'Ines')
  const ines = new GroupsPage(board)

  await board.choose(WAIT, 'Select')
  await expect(ines.selection).toContainText('1 selected')
  // A tap goes on once one is selected.
  await board.note(APPROVALS).getByText(APPROVALS).tap()
  await expect(ines.selection).toContainText('2 selected')
  await ines.selection.getByRole('button', { name: 'Group…' }).tap()
  await ines.pick('Group with', 'Waiting')
  await expect.poll(() => maren.notesIn('Waiting')).toEqual([WAIT, APPROVALS])

  await board.choose(COST, 'Group with…')
  await ines.pick('Group with', 'wait')
  await expect.poll(() => maren.notesIn('Waiting')).toEqual([WAIT, APPROVALS, COST])
  await board.choose(WAIT, 'Take out of group')
  await expect.poll(() => maren.notesIn('Waiting')).toEqual([APPROVALS, COST])

  await ines.chooseForGroup('Waiting', 'Split into single notes')
  await expect.poll(() => maren.names()).toEqual([])
  await expect.poll(async () => (await board.words()).sort()).toEqual([...ALL].sort())
})

test('an observer sees groups, and has no tools for them', async ({ server, devices }) => {
  const { maren, observer } = await atGroup(server, devices)
  await maren.board.choose(WAIT, 'Group with…')
  await maren.pick('Group with', 'Waiting')
  const board = new WorkshopPage(await devices.desktop())
  await board.page.goto(observer)
  const watching = new GroupsPage(board)
  await expect.poll(() => watching.notesIn('Waiting')).toEqual([WAIT])
  await expect(board.page.getByRole('main').getByRole('button', { name: /^More for/ })).toHaveCount(0)
  await board.note(WAIT).focus()
  await board.page.keyboard.press('g')
  await expect(board.page.getByRole('combobox')).toHaveCount(0)
})
