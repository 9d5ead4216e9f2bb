import { readDrafts } from '@quintet/shared/notebook'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { goTo, Inside, sessionAlone } from '../document/workshop.fixture.tsx'
import '../ui/topLayer.fixture.ts'
import { PhaseView } from './PhaseView.tsx'

function inWrite() {
  const session = sessionAlone()
  goTo(session, 'principles', 'write')
  render(
    <Inside session={session}>
      <PhaseView phase="principles" />
    </Inside>,
  )
  return {
    session,
    user: userEvent.setup(),
    composer: () => screen.queryByRole('textbox', { name: /^New/ }),
    /** The words of one's drafts, and whether each is ready. */
    drafts: () =>
      readDrafts(session.docs.notebook as NonNullable<typeof session.docs.notebook>).flatMap(({ text, ready }) =>
        text === '' ? [] : [[text, ready]],
      ),
  }
}

describe.each(['share', 'group', 'vote'] as const)('a move to %s while somebody types', (step) => {
  it('takes no letter: the field stays until the next view has come with the one that goes on', async () => {
    const { session, user, composer, drafts } = inWrite()
    await user.click(composer() as HTMLElement)
    await user.keyboard('Docs ')
    act(() => goTo(session, 'principles', step))
    let typed = 'Docs '
    while (composer()) {
      await user.keyboard('x')
      typed += 'x'
    }
    await user.keyboard(' before tickets')
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Words of this principle')
    expect(drafts()).toEqual([[`${typed} before tickets`, false]])
  })

  it('makes nothing ready that one ends in the field from before: only asking for it does', async () => {
    const { session, user, composer, drafts } = inWrite()
    await user.click(composer() as HTMLElement)
    await user.keyboard('Docs')
    act(() => goTo(session, 'principles', step))
    await user.keyboard('{Enter}')
    if (composer()) await user.tab()
    expect(drafts()).toEqual([['Docs', false]])
  })
})
