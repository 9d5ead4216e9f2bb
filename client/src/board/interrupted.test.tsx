import { targetText } from '@quintet/shared/edits'
import { groupNotes, splitGroup } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { workshopAlone } from './board.fixture.tsx'
// Whoever reaches for a note has it already.
import './GroupFlow.tsx'
import { Wall } from './Wall.tsx'

/** @param id of the note with the words "Tickets": another one in each test, since the page outlives them. */
function setUp(id: string) {
  const workshop = workshopAlone()
  const note = workshop.add(id, 'Tickets')
  workshop.add('g2', 'Waiting')
  workshop.show(<Wall phase="gaps" />)
  const together = groupNotes({ id: 'k' as GroupId, phase: 'gaps', name: 'Slow', order: 'a0' }, [
    [note, 'a0'],
    ['g2' as NoteId, 'a1'],
  ])
  const split = splitGroup('k' as GroupId, [
    [note, 'a0'],
    ['g2' as NoteId, 'a1'],
  ])
  return {
    words: () => targetText(workshop.board, { of: 'note', id: note })?.toString(),
    split: () => act(() => void split(workshop.board)),
    group: () => act(() => void together(workshop.board)),
    user: userEvent.setup(),
  }
}

describe('whoever writes in a note', () => {
  it('goes on in it where others group it, and where they split the group', async () => {
    const { words, group, split, user } = setUp('n1')
    await user.click(screen.getByText('Tickets'))
    await user.keyboard(' for')
    group()
    await user.keyboard(' every')
    split()
    await user.keyboard(' database')
    expect(words()).toBe('Tickets for every database')
  })

  it('does not write in it by what they type later', async () => {
    const { words, group, user } = setUp('n2')
    await user.click(screen.getByText('Tickets'))
    await user.keyboard(' first{Enter}')
    group()
    expect(screen.queryByRole('textbox')).toBeNull()
    await user.keyboard('x')
    expect(words()).toBe('Tickets first')
  })
})
