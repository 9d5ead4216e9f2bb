import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import '../ui/topLayer.fixture.ts'
import { keepFreshLink, useFreshLink } from './freshLink.ts'
import { InviteDialog } from './InviteDialog.tsx'
import { Inside, makeStage } from './stage.fixture.tsx'

const link = (key: string, origin = 'http://10.0.0.7:3000') => `${origin}/w/w1#${key}`

/** Answers as a server would, whose join link may be replaced. */
function serve(origins: readonly string[]) {
  const asked: string[] = []
  let member = 'join'
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    asked.push(`${init?.method ?? 'GET'} ${path}`)
    if (path.endsWith('/keys')) return Promise.resolve(new Response(JSON.stringify({ link: link('mine') })))
    if (init?.method === 'POST') member = 'join-anew'
    const links = { member: link(member), observer: link('watch') }
    return Promise.resolve(new Response(JSON.stringify({ links, origins })))
  })
  return asked
}

function open() {
  const stage = makeStage()
  render(
    <Inside stage={stage}>
      <InviteDialog onClose={() => undefined} />
    </Inside>,
  )
  return { stage, user: userEvent.setup() }
}

const fieldValue = async (label: string) => (await screen.findByLabelText<HTMLInputElement>(label)).value

afterEach(() => useFreshLink.setState({ fresh: null }))

test('the links can be copied, and the code is that of the join link', async () => {
  serve(['http://10.0.0.7:3000'])
  const { user } = open()
  expect(await fieldValue('Join link')).toBe(link('join'))
  expect(await fieldValue('Observer link')).toBe(link('watch'))
  expect(await fieldValue('Command')).toBe(
    "curl -H 'Authorization: Bearer watch' http://10.0.0.7:3000/api/workshops/w1/export/plan.md",
  )
  expect(screen.getByRole('img', { name: 'QR code of the join link' })).toBeDefined()
  expect(screen.queryByRole('combobox')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Copy: Join link' }))
  expect(await navigator.clipboard.readText()).toBe(link('join'))
  expect(await screen.findByRole('button', { name: 'Copied: Join link' })).toBeDefined()
})

test('with several addresses the facilitator chooses the one that phones can open', async () => {
  serve(['http://10.0.0.7:3000', 'http://192.168.1.4:3000'])
  const { user } = open()
  await user.selectOptions(await screen.findByRole('combobox'), '192.168.1.4:3000')
  expect(await fieldValue('Join link')).toBe(link('join', 'http://192.168.1.4:3000'))
  expect(await fieldValue('Command')).toContain('http://192.168.1.4:3000/api/')
})

test('a link is replaced only after asking', async () => {
  const asked = serve(['http://10.0.0.7:3000'])
  const { user } = open()
  await screen.findByLabelText('Join link')
  await user.click(screen.getByRole('button', { name: 'Replace the join link…' }))
  await user.click(screen.getByRole('button', { name: 'Keep it' }))
  expect(asked.filter((each) => each.startsWith('POST'))).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Replace the join link…' }))
  await user.click(screen.getByRole('button', { name: 'Replace join link' }))
  expect(asked).toContain('POST /api/workshops/w1/links/member')
  await waitFor(async () => expect(await fieldValue('Join link')).toBe(link('join-anew')))
})

test('the facilitator’s own link shows once after creation; later a new one is made on request', async () => {
  const asked = serve(['http://10.0.0.7:3000'])
  keepFreshLink(makeStage().session.workshop, link('own'), true)
  const { user } = open()
  expect(await fieldValue('Facilitator link')).toBe(link('own'))
  expect(useFreshLink.getState().fresh?.unseen).toBe(false)
  expect(asked).not.toContain('POST /api/workshops/w1/keys')
  useFreshLink.setState({ fresh: null })
  await user.click(await screen.findByRole('button', { name: 'Make a facilitator link' }))
  expect(await fieldValue('Facilitator link')).toBe(link('mine'))
})

test('links that cannot be read say why, and can be asked for again', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const { user } = open()
  expect((await screen.findByRole('alert')).textContent).toContain('cannot be reached')
  serve(['http://10.0.0.7:3000'])
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await fieldValue('Join link')).toBe(link('join'))
})
