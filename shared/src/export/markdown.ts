import type { ListItem, Root } from 'mdast'
import { toMarkdown } from 'mdast-util-to-markdown'
import { PHASE_IDS } from '../phases.ts'
import type { StageView } from '../stage.ts'
import { actionPlan, brokenThread } from './actionPlan.ts'
import { LITERAL, literalLine, literalText } from './literalText.ts'
import { heading, item, list, paragraph } from './markdownNodes.ts'
import { parkedSection, phaseSection } from './phaseSection.ts'
import { LEFT, leftBehind, type PlanSource, type Reading, readingOf } from './reading.ts'

export type { PlanSource } from './reading.ts'

/**
 * The action plan as a GitHub-flavoured Markdown document: title, dates (ISO 8601, UTC), people, the actions as a task
 * list, where the thread is broken, then each phase's outcomes with their votes, and what was parked. What people typed
 * is literal text, as {@link literalText} promises. Removed notes are left out, and so is everything of a vote that is
 * open; an anonymous note names nobody. Somebody who was removed from the workshop keeps their name where it stands.
 *
 * An action is one task, ticked when it is done, and carries its stable id as inline code at the end of its words:
 * `action:` and the id of its note or group, the same in every export. Under it stand the fields as `Owner: …`,
 * `Due: YYYY-MM-DD`, `First step: …`, `Measure: …`, `Status: doing` or `Status: dropped`, so that an edited copy can be
 * read back. `none` in italics, which nobody can type, says that there is nothing. The thread leads from its far end
 * down to the gap; the action and its owner, its other end, are the task itself.
 */
export function planMarkdown(source: PlanSource): string {
  const { stage } = source
  const reading = readingOf(source)
  const root: Root = {
    type: 'root',
    children: [
      { type: 'heading', depth: 1, children: literalLine(stage.title) },
      list(dates(stage, source.now)),
      heading('People'),
      list(people(reading)),
      ...actionPlan(reading),
      ...brokenThread(reading),
      ...PHASE_IDS.flatMap((phase) => phaseSection(reading, phase)),
      ...parkedSection(reading),
    ],
  }
  return toMarkdown(root, LITERAL)
}

function dates({ createdAt, closedAt }: StageView, now: number | undefined): ListItem[] {
  const line = (label: string, at: number) => item(paragraph(`${label}: ${new Date(at).toISOString().slice(0, 16)}Z`))
  return [
    line('Created', createdAt),
    ...(closedAt === null ? [] : [line('Closed', closedAt)]),
    ...(now === undefined ? [] : [line('Exported', now)]),
  ]
}

function people(reading: Reading): ListItem[] {
  const { stage, names } = reading
  const left = new Set(leftBehind(reading).map(({ id }) => id))
  return [...names].flatMap(([id, name]) => {
    const person = stage.people.get(id)
    if (!person && !left.has(id)) return []
    const remark = !person ? LEFT : person.role === 'facilitator' ? ' (facilitator)' : ''
    return [item(paragraph(...literalText(name), remark))]
  })
}
