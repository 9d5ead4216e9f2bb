import { type OutcomeId, readBoard } from '@quintet/shared/board'
import { readDrafts } from '@quintet/shared/notebook'
import { readStage } from '@quintet/shared/stage'
import { type Naming, wholeWords } from '../board/handedWords.ts'
import { readOutcome } from '../session/handedBack.ts'
import type { LeftSession } from '../session/leftSessions.ts'
import type { Session } from '../session/session.ts'
import { readTray } from '../session/tray.ts'

/**
 * One's own words that the server does not have, each with its plan: of notes, groups and drafts whose edits are not known
 * to be durable, and of what was handed back. Nothing twice.
 */
export function unsavedWords({ workshop, me, docs, unsaved }: Session | LeftSession): readonly string[] {
  const { board, notebook } = docs
  const people = readStage(docs.stage)?.people
  const naming: Naming = {
    nameOf: (person) => people?.get(person)?.name ?? 'Somebody',
    wordsOf: (id) => {
      const outcome = readOutcome(board, id)
      return outcome ? ('text' in outcome ? outcome.text : outcome.name) : ''
    },
  }
  const plans = readBoard(board).plan
  const written = [...unsaved.getState()].map((id) => {
    const plan = plans.get(id as OutcomeId)
    const draft = notebook && readDrafts(notebook).find((each) => each.id === id)
    const texts = [naming.wordsOf(id) || (draft?.text ?? ''), plan?.firstStep ?? '', plan?.measure ?? '']
    return texts.filter((text) => text.trim() !== '').join('\n')
  })
  const handedBack = readTray({ workshop, person: me.id }).map(({ piece }) => wholeWords(piece, naming))
  return [...new Set([...written, ...handedBack])].filter((words) => words !== '')
}
