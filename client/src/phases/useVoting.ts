import { placeDot, takeDotBack } from '@quintet/shared/ballotEdits'
import type { OutcomeId } from '@quintet/shared/board'
import { targetOf } from '@quintet/shared/groups'
import type { Round } from '@quintet/shared/stage'
import { useMemo } from 'react'
import { counted, named } from '../board/words.ts'
import { useDocument } from '../document/DocumentProvider.tsx'
import { useNotebookEdit } from '../document/editing.ts'
import { useBoard } from '../document/views.ts'
import { announce } from '../ui/announcements.ts'
import { showToast } from '../ui/toasts.ts'

/** What one does with one's own dots in an open round: the same by button and by key. */
export interface Voting {
  /** Puts one more dot on something, and says how many stand there and are left; without a dot left, says so. */
  readonly place: (id: OutcomeId) => void
  /** Takes the last dot back from something. */
  readonly takeBack: (id: OutcomeId) => void
}

/** Why no dot can be placed. @param budget dots that each person has. */
export function whyNoDot(budget: number): string {
  const all = budget === 1 ? 'Your dot is placed' : `All ${budget} of your dots are placed`
  return `${all}. Take one back to place it elsewhere.`
}

/** The ways to place one's dots in a round. */
export function useVoting({ id: round, budget }: Pick<Round, 'id' | 'budget'>): Voting {
  const board = useBoard()
  const { ballot } = useDocument()
  const edit = useNotebookEdit()
  return useMemo(() => {
    const standsAs = (target: OutcomeId) => targetOf(target, board, (group) => board.inGroup(group).length > 0)?.id
    const dotsOn = (id: OutcomeId) => ballot.dots.get(id) ?? 0
    const say = (id: OutcomeId) => {
      const left = ballot.left.getState()?.left ?? 0
      announce(`${counted(dotsOn(id), 'dot', 'dots')} on ${named(board.words(id))}, ${left} left`)
    }
    return {
      place: (id) => {
        if (ballot.left.getState()?.left === 0) {
          showToast({ text: whyNoDot(budget) })
          return
        }
        edit(placeDot(round, budget, id, standsAs))
        say(id)
      },
      takeBack: (id) => {
        if (dotsOn(id) === 0) return
        edit(takeDotBack(round, budget, id, standsAs))
        say(id)
      },
    }
  }, [round, budget, board, ballot, edit])
}
