import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useRef, useState } from 'react'
import { expect, test } from 'vitest'
import { useKeptFocus } from './useKeptFocus.ts'

/** A place with one button, of which another one takes the place; beside it something else to go to. */
function Place({ onReplace }: { readonly onReplace: (replace: () => void) => void }) {
  const box = useRef<HTMLDivElement>(null)
  const [done, setDone] = useState(false)
  const keptFocus = useKeptFocus(() => box.current?.querySelector('button'))
  onReplace(() => setDone(true))
  return (
    <>
      <div ref={box} {...keptFocus}>
        {done ? (
          <button key="after" type="button">
            After
          </button>
        ) : (
          <button key="before" type="button">
            Before
          </button>
        )}
      </div>
      <button type="button">Elsewhere</button>
    </>
  )
}

function open() {
  let replace: () => void = () => undefined
  render(
    <Place
      onReplace={(next) => {
        replace = next
      }}
    />,
  )
  return { user: userEvent.setup(), replace: () => act(() => replace()) }
}

test('what takes the place of something with the focus takes its focus', async () => {
  const { user, replace } = open()
  await user.tab()
  replace()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'After' }))
})

test('nobody who is elsewhere is called back', async () => {
  const { user, replace } = open()
  await user.tab()
  await user.tab()
  replace()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Elsewhere' }))
  act(() => screen.getByRole('button', { name: 'Elsewhere' }).blur())
  expect(document.activeElement).toBe(document.body)
})
