import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import './patience.fixture.ts'
import type { MenuEntry } from './Menu.tsx'
import { MenuButton } from './MenuButton.tsx'
import './topLayer.fixture.ts'
import { ToastHost } from './ToastHost.tsx'

function setUp() {
  const ran = vi.fn()
  const item = (label: string, more: Partial<MenuEntry & object> = {}): MenuEntry => ({
    label,
    run: () => ran(label),
    ...more,
  })
  render(
    <>
      <MenuButton
        label="More"
        entries={() => [
          item('Edit'),
          item('Move earlier'),
          item('Move later'),
          'separator',
          item('Remove', { reason: 'Its author or a facilitator can remove it.' }),
        ]}
      />
      <ToastHost />
    </>,
  )
  return { ran, user: userEvent.setup(), button: screen.getByRole('button', { name: 'More' }) }
}
const focused = () => document.activeElement?.textContent

it('opens on its first item, walks by arrows and goes round', async () => {
  const { user, button } = setUp()
  await user.click(button)
  await screen.findByRole('menu')
  expect(focused()).toBe('Edit')
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(focused()).toBe('Move later')
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(focused()).toBe('Edit')
  await user.keyboard('{End}')
  expect(focused()).toBe('Remove')
})

it('finds items by their first letters', async () => {
  const { user, button } = setUp()
  await user.click(button)
  await screen.findByRole('menu')
  await user.keyboard('move l')
  expect(focused()).toBe('Move later')
})

it('does what is chosen once, closes, and gives focus back', async () => {
  const { ran, user, button } = setUp()
  await user.click(button)
  await screen.findByRole('menu')
  await user.keyboard('{ArrowDown}{Enter}')
  expect(ran.mock.calls).toEqual([['Move earlier']])
  expect(screen.queryByRole('menu')).toBeNull()
  expect(document.activeElement).toBe(button)
})

it('closes on Escape and on its button, without doing anything', async () => {
  const { ran, user, button } = setUp()
  await user.click(button)
  await screen.findByRole('menu')
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('menu')).toBeNull()
  expect(document.activeElement).toBe(button)
  await user.click(button)
  await screen.findByRole('menu')
  await user.click(button)
  expect(screen.queryByRole('menu')).toBeNull()
  expect(ran).not.toHaveBeenCalled()
})

it('keeps what is not possible in sight, and says why instead of doing it', async () => {
  const { ran, user, button } = setUp()
  await user.click(button)
  await screen.findByRole('menu')
  const remove = screen.getByRole('menuitem', { name: 'Remove' })
  expect(remove.getAttribute('aria-disabled')).toBe('true')
  await user.click(remove)
  expect(ran).not.toHaveBeenCalled()
  expect(screen.getByRole('status').textContent).toContain('Its author or a facilitator can remove it.')
})
