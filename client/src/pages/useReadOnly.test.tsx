import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { useReadOnly } from './useReadOnly.ts'

function Page({ isOver }: { readonly isOver: boolean }) {
  useReadOnly(isOver)
  return <textarea aria-label="Note" defaultValue="" />
}

it('nothing is typed into a page that is read-only, and what stands there stays', async () => {
  const user = userEvent.setup()
  const page = render(<Page isOver={false} />)
  const field = screen.getByRole('textbox')
  await user.type(field, 'Before')
  page.rerender(<Page isOver />)
  await user.type(field, ' after')
  await user.clear(field).catch(() => undefined)
  expect(field).toHaveProperty('value', 'Before')
  page.rerender(<Page isOver={false} />)
  await user.type(field, ' again')
  expect(field).toHaveProperty('value', 'Before again')
})
