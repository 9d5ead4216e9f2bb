import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { PickList } from './PickList.tsx'
import './topLayer.fixture.ts'

function setUp() {
  const onPick = vi.fn()
  const onExtra = vi.fn()
  const onClose = vi.fn()
  render(
    <PickList
      label="Assign to"
      anchor={document.body}
      options={['Ines', 'Kofi', 'Tomasz'].map((name) => ({ id: name, label: name }))}
      placeholder="Assign to…"
      none="Nobody here has this name."
      extra={{
        icon: 'plus',
        label: (typed) => (typed === '' ? 'Someone not here' : `Someone not here: ${typed}`),
        ask: 'Their name',
        run: onExtra,
      }}
      onPick={onPick}
      onClose={onClose}
    />,
  )
  return { onPick, onExtra, onClose, user: userEvent.setup(), field: screen.getByRole('combobox') }
}
const options = () => screen.getAllByRole('option').map((option) => option.textContent)

it('has focus, narrows while typing, and picks with Enter', async () => {
  const { onPick, onClose, user, field } = setUp()
  expect(document.activeElement).toBe(field)
  await user.keyboard('o')
  expect(options()).toEqual(['Kofi', 'Tomasz', 'Someone not here: o'])
  await user.keyboard('{ArrowDown}{Enter}')
  expect(onPick.mock.calls).toEqual([['Tomasz']])
  expect(onClose).toHaveBeenCalledOnce()
})

it('says which option Enter would take', async () => {
  const { user, field } = setUp()
  await user.keyboard('{ArrowDown}')
  const active = document.getElementById(field.getAttribute('aria-activedescendant') ?? '')
  expect(active?.textContent).toBe('Kofi')
  expect(active?.getAttribute('aria-selected')).toBe('true')
})

it('takes a typed name that is in no option', async () => {
  const { onExtra, user } = setUp()
  await user.keyboard('Hannah')
  expect(screen.getByText('Nobody here has this name.')).toBeTruthy()
  await user.keyboard('{Enter}')
  expect(onExtra.mock.calls).toEqual([['Hannah']])
})

it('asks for the words where the extra needs some and has none', async () => {
  const { onExtra, user, field } = setUp()
  await user.click(screen.getByRole('option', { name: 'Someone not here' }))
  expect(onExtra).not.toHaveBeenCalled()
  expect(field.getAttribute('placeholder')).toBe('Their name')
  await user.keyboard('Hannah{Enter}')
  expect(onExtra.mock.calls).toEqual([['Hannah']])
})

it('closes on Escape without picking', async () => {
  const { onPick, onClose, user } = setUp()
  await user.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
  expect(onPick).not.toHaveBeenCalled()
})
