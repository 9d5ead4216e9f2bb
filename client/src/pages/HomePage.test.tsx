import { OPEN_AGENDA, RHYTHM_AGENDA, withNames } from '@quintet/shared/agenda'
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../ui/patience.fixture.ts'
import '../ui/topLayer.fixture.ts'
import { useFreshLink } from '../facilitator/freshLink.ts'
import { HomePage } from './HomePage.tsx'

const CREATED = {
  workshop: 'w1',
  person: 'maren',
  links: {
    facilitator: 'http://10.0.0.7:3000/w/w1#own',
    member: 'http://10.0.0.7:3000/w/w1#join',
    observer: 'http://10.0.0.7:3000/w/w1#watch',
  },
}

interface Asked {
  readonly body: unknown
  readonly authorization: string | null
}

/** Answers the creation of a workshop as a server would; `needs` is its create key. */
function serve(needs?: string): readonly Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    const authorization = new Headers(init.headers).get('authorization')
    asked.push({ body: JSON.parse(String(init.body)), authorization })
    const refused = needs !== undefined && authorization !== `Bearer ${needs}`
    const answer = refused
      ? { code: 'create-key', message: 'This server asks for a key to create workshops.' }
      : CREATED
    return Promise.resolve(new Response(JSON.stringify(answer), { status: refused ? 401 : 201 }))
  })
  return asked
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  localStorage.clear()
  history.replaceState(null, '', '/')
})
afterEach(() => useFreshLink.setState({ fresh: null }))

test('a title and a name make a workshop, and its own key waits to be shown there', async () => {
  const asked = serve()
  const user = userEvent.setup()
  render(<HomePage />)
  await user.type(screen.getByLabelText('What is it called?'), '  How we serve  ')
  await user.type(screen.getByLabelText('Your name'), 'Maren')
  await user.click(screen.getByRole('button', { name: 'Create workshop' }))
  await waitFor(() => expect(location.pathname).toBe('/w/w1'))
  const agenda = withNames(RHYTHM_AGENDA, 'signed')
  expect(asked).toEqual([{ body: { title: 'How we serve', name: 'Maren', agenda }, authorization: null }])
  expect(useFreshLink.getState().fresh).toEqual({ workshop: 'w1', link: CREATED.links.facilitator, unseen: true })
  expect(location.href).not.toContain('own')
  expect(JSON.stringify(localStorage)).not.toContain('own')
})

test('the phases run as one open step each, and without names, where that is chosen', async () => {
  const asked = serve()
  const user = userEvent.setup()
  render(<HomePage />)
  await user.type(screen.getByLabelText('What is it called?'), 'How we serve')
  await user.click(screen.getByRole('radio', { name: /^One open step each/ }))
  await user.click(screen.getByRole('radio', { name: 'Anonymous' }))
  await user.click(screen.getByRole('button', { name: 'Create workshop' }))
  await waitFor(() => expect(asked[0]?.body).toMatchObject({ agenda: withNames(OPEN_AGENDA, 'anonymous') }))
})

test('without a title nothing is sent, and the field says what is missing', async () => {
  const asked = serve()
  const user = userEvent.setup()
  render(<HomePage />)
  await user.click(screen.getByRole('button', { name: 'Create workshop' }))
  expect(asked).toEqual([])
  expect(screen.getByRole('alert').textContent).toContain('needs a title')
  expect(document.activeElement).toBe(screen.getByLabelText('What is it called?'))
})

test('the create key is asked for only where the server wants one', async () => {
  const asked = serve('open sesame')
  const user = userEvent.setup()
  render(<HomePage />)
  expect(screen.queryByLabelText('Create key')).toBeNull()
  await user.type(screen.getByLabelText('What is it called?'), 'How we serve')
  await user.click(screen.getByRole('button', { name: 'Create workshop' }))
  await user.type(await screen.findByLabelText('Create key'), 'open sesame')
  await user.click(screen.getByRole('button', { name: 'Create workshop' }))
  await waitFor(() => expect(location.pathname).toBe('/w/w1'))
  expect(asked.map(({ authorization }) => authorization)).toEqual([null, 'Bearer open sesame'])
})

test('the example opens with one click', async () => {
  const asked = serve()
  const user = userEvent.setup()
  render(<HomePage />)
  await user.click(screen.getByRole('button', { name: 'Try the example' }))
  await waitFor(() => expect(location.pathname).toBe('/w/w1'))
  expect(asked[0]?.body).toMatchObject({ example: true })
  expect(useFreshLink.getState().fresh?.unseen).toBe(false)
})

test('a pasted link opens, key and all; what is none is said to be none', async () => {
  const user = userEvent.setup()
  render(<HomePage />)
  await user.click(screen.getByRole('button', { name: 'Open a link' }))
  const dialog = await screen.findByRole('dialog', { name: 'Open a link' })
  await user.type(within(dialog).getByLabelText('The link that you were given'), 'hello')
  await user.click(within(dialog).getByRole('button', { name: 'Open workshop' }))
  expect(within(dialog).getByRole('alert').textContent).toContain('no link to a workshop')
  await user.clear(within(dialog).getByLabelText('The link that you were given'))
  await user.type(within(dialog).getByLabelText('The link that you were given'), `${location.origin}/w/w2#k-e_y`)
  await user.click(within(dialog).getByRole('button', { name: 'Open workshop' }))
  expect(location.pathname + location.hash).toBe('/w/w2#k-e_y')
})

test('recent workshops are listed with their role; a malformed store is an empty list', () => {
  const recent = { workshop: 'w3', title: 'Platform days', role: 'member', person: 'p', visited: 1 }
  localStorage.setItem('quintet-recent', JSON.stringify([recent, { ...recent, workshop: '../x' }, 'x']))
  const { unmount } = render(<HomePage />)
  expect(screen.getAllByRole('listitem').filter((each) => within(each).queryByRole('link'))).toHaveLength(1)
  expect(screen.getByRole('link', { name: /Platform days/ }).getAttribute('href')).toBe('/w/w3')
  unmount()
  localStorage.setItem('quintet-recent', '{{{')
  render(<HomePage />)
  expect(screen.getByText('No workshop yet')).toBeDefined()
})
