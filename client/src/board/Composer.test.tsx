import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { readDrafts } from '@quintet/shared/notebook'
import { type StageFields, writeStage } from '@quintet/shared/stage'
import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { MAREN, TOMASZ, workshopAlone } from './board.fixture.tsx'
import { Composer } from './Composer.tsx'

function setUp(phase: 'principles' | 'gaps' = 'principles') {
  const workshop = workshopAlone({ phase })
  workshop.add('s1', 'I have a database in ten minutes', { phase: 'ideal' })
  workshop.add('s2', 'Your status page knew before my users did', { phase: 'ideal' })
  workshop.show(<Composer phase={phase} {...(phase === 'principles' ? { under: null } : {})} />)
  const texts = () => workshop.wall().map((note) => note.text)
  return { ...workshop, texts, user: userEvent.setup(), field: screen.getByRole('textbox') as HTMLTextAreaElement }
}

describe('the composer', () => {
  it('adds a note with Enter, in its author’s name, and is ready for the next', async () => {
    const { user, field, wall, texts } = setUp()
    await user.type(field, 'Docs before tickets{Enter}Paved roads, not gates{Enter}')
    expect(texts()).toEqual(['Docs before tickets', 'Paved roads, not gates'])
    expect(wall().map((note) => note.author)).toEqual([TOMASZ, TOMASZ])
    expect(field.value).toBe('')
    expect(document.activeElement).toBe(field)
  })

  it('starts a new line with Shift and Enter', async () => {
    const { user, field, texts } = setUp()
    await user.type(field, 'one{Shift>}{Enter}{/Shift}two{Enter}')
    expect(texts()).toEqual(['one\ntwo'])
  })

  it('adds nothing where there are no words', async () => {
    const { user, field, texts } = setUp()
    await user.type(field, '   {Enter}')
    expect(texts()).toEqual([])
  })

  it('leaves Enter to an input method that is at work', async () => {
    const { field, texts, user } = setUp()
    await user.type(field, 'にほん')
    const composing = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true })
    field.dispatchEvent(composing)
    expect(texts()).toEqual([])
  })
})

describe('pasting', () => {
  it('asks about several lines and makes a note of each', async () => {
    const { user, field, texts } = setUp()
    await user.click(field)
    await user.paste('- Docs before tickets\n- We run what we recommend\n')
    expect(texts()).toEqual([])
    await user.click(screen.getByRole('button', { name: 'One note a line' }))
    expect(texts()).toEqual(['Docs before tickets', 'We run what we recommend'])
  })

  it('keeps several lines as one note where that is wanted', async () => {
    const { user, field, texts } = setUp()
    await user.click(field)
    await user.paste('Docs\nbefore tickets')
    await user.click(screen.getByRole('button', { name: 'As one note' }))
    expect(field.value).toBe('Docs\nbefore tickets')
    await user.type(field, '{Enter}')
    expect(texts()).toEqual(['Docs\nbefore tickets'])
  })

  it('makes one note of several lines where notes are anonymous: together they would tell their author', async () => {
    const agenda = { phases: OPEN_AGENDA.phases.map((each) => ({ ...each, anonymous: true })) }
    const { show, session } = workshopAlone({ phase: 'principles', stage: { agenda } })
    show(<Composer phase="principles" under={null} />)
    const [field, user] = [screen.getByRole('textbox') as HTMLTextAreaElement, userEvent.setup()]
    await user.click(field)
    await user.paste('Docs\nbefore tickets')
    expect(screen.queryByRole('button', { name: 'One note a line' })).toBeNull()
    await user.keyboard('{Enter}')
    expect(field.value).toBe('Docs\nbefore tickets')
    expect(session.docs.notebook && readDrafts(session.docs.notebook)).toEqual([])
    await user.keyboard('{Enter}')
    expect(session.docs.notebook && readDrafts(session.docs.notebook).map(({ text }) => text)).toEqual([
      'Docs\nbefore tickets',
    ])
  })

  it('takes one line like typing', async () => {
    const { user, field } = setUp()
    await user.click(field)
    await user.paste('Docs before tickets')
    expect(field.value).toBe('Docs before tickets')
  })

  it('refuses what is longer than a note, says by how much, and keeps what stood there', async () => {
    const { user, field } = setUp()
    await user.type(field, 'ab')
    await user.paste('x'.repeat(2000))
    expect(field.value).toBe('ab')
    expect(within(screen.getByRole('form')).getByRole('status').textContent).toContain('2,002')
  })
})

it('hangs new notes under what was picked, until something else is', async () => {
  const { user, field, wall } = setUp('gaps')
  await user.click(await screen.findByRole('button', { name: /Hangs under/ }))
  await user.click(await screen.findByRole('option', { name: /status page/ }))
  await user.type(field, 'The status page is edited by hand{Enter}Alerts name hosts{Enter}')
  expect(wall().map((note) => note.under)).toEqual(['s2', 's2'])
})

it('says why nothing can be added, instead of a field', () => {
  const workshop = workshopAlone({ phase: 'gaps', stage: { state: 'closed', closedAt: 0 } })
  workshop.show(<Composer phase="gaps" />)
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.getByText('The workshop is closed. A facilitator can reopen it.')).toBeTruthy()
})

it('keeps words in sight that may not be added now, with why, and adds them once they may', async () => {
  const { session, texts, user } = setUp()
  const lock = (locks: StageFields['locks']) =>
    act(() => writeStage(session.docs.stage, { fields: { locks } }, 'server'))
  await user.type(screen.getByRole('textbox'), 'Docs before')
  lock({ principles: { by: MAREN, at: 1 } })
  await user.keyboard(' tickets{Enter}')
  expect(texts()).toEqual([])
  expect((screen.getByRole('textbox') as HTMLTextAreaElement).value).toBe('Docs before tickets')
  expect(screen.getByText('Principles is locked. A facilitator can unlock it.')).toBeTruthy()
  lock({})
  await user.keyboard('{Enter}')
  expect(texts()).toEqual(['Docs before tickets'])
})

it('keeps what was being written when the group goes on, and says so', async () => {
  const workshop = workshopAlone({ phase: 'principles' })
  const { rerender } = workshop.show(<Composer phase="principles" under={null} />)
  const user = userEvent.setup()
  await user.type(screen.getByRole('textbox'), 'Docs before')
  rerender(workshop.around(null))
  expect(screen.getByRole('status').textContent).toContain('kept in Principles')
  rerender(workshop.around(<Composer phase="principles" under={null} />))
  expect((screen.getByRole('textbox') as HTMLTextAreaElement).value).toBe('Docs before')
  await user.type(screen.getByRole('textbox'), ' tickets{Enter}')
  expect(workshop.wall().map((note) => note.text)).toEqual(['Docs before tickets'])
  rerender(workshop.around(null))
  rerender(workshop.around(<Composer phase="principles" under={null} />))
  expect((screen.getByRole('textbox') as HTMLTextAreaElement).value).toBe('')
})
