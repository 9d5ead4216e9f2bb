import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import './topLayer.fixture.ts'

function Asking() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Close workshop</Button>
      {open && (
        <Dialog
          title="Close with 2 actions unowned?"
          onClose={() => setOpen(false)}
          footer={
            <Button kind="primary" data-focus="">
              Find owners
            </Button>
          }
        />
      )}
    </>
  )
}

it('is named by its title, takes focus to the right button and gives it back', async () => {
  const user = userEvent.setup()
  render(<Asking />)
  const opener = screen.getByRole('button', { name: 'Close workshop' })
  await user.click(opener)
  expect(screen.getByRole('dialog', { name: 'Close with 2 actions unowned?' })).toBeTruthy()
  expect(document.activeElement?.textContent).toBe('Find owners')
  await user.click(screen.getByRole('button', { name: 'Close' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement).toBe(opener)
})
