import type { ListItem, RootContent } from 'mdast'
import type { Outcome } from '../groups.ts'
import { BREAK_NAMES, outcomesOf, threadBreaks, threadOf } from '../thread.ts'
import { literalText } from './literalText.ts'
import { field, heading, item, list, NONE, paragraph, task } from './markdownNodes.ts'
import { ownerName, planOf, type Reading, runs, said } from './reading.ts'

/** The actions as a task list: what the team kept, or all that stand while it kept none. */
export function actionPlan(reading: Reading): readonly RootContent[] {
  const actions = outcomesOf('actions', reading.board)
  const owned = actions.filter((action) => planOf(reading, action).owner)
  return [
    heading('Action plan'),
    ...(actions.length === 0
      ? [paragraph('No actions yet.')]
      : [
          paragraph(`${owned.length} of ${actions.length} actions have an owner.`),
          list(actions.map((action) => actionTask(reading, action))),
        ]),
  ]
}

function actionTask(reading: Reading, action: Outcome): ListItem {
  const plan = planOf(reading, action)
  const thread = threadLinks(reading, action)
  const words = paragraph(...said(reading, action), ' ', { type: 'inlineCode', value: `action:${action.id}` })
  return task(plan.status === 'done', words, [
    field('Owner', ownerName(reading, plan.owner)),
    field('Due', plan.due === null ? NONE : [{ type: 'text', value: plan.due }]),
    field('First step', typedOrNone(plan.firstStep)),
    field('Measure', typedOrNone(plan.measure)),
    ...(plan.status === 'open' || plan.status === 'done' ? [] : [item(paragraph(`Status: ${plan.status}`))]),
    ...(thread.length > 0 ? [item(paragraph('Thread:'), thread)] : []),
  ])
}

/** Phases of the thread above an action, from the far end; only the principle may be missing without a break. */
const ABOVE_ACTIONS = [
  ['principles', 'Principle'],
  ['ideal', 'Ideal state'],
  ['gaps', 'Gap'],
] as const

function threadLinks(reading: Reading, action: Outcome): readonly ListItem[] {
  const links = new Map(threadOf(action, reading.board).map(({ phase, outcome }) => [phase, outcome]))
  return ABOVE_ACTIONS.flatMap(([phase, label]) => {
    const outcome = links.get(phase)
    if (outcome) return [field(label, said(reading, outcome))]
    return phase === 'principles' || !runs(reading, phase) ? [] : [field(label, NONE)]
  })
}

function typedOrNone(typed: string) {
  return typed.trim() === '' ? NONE : literalText(typed)
}

/** Where the thread is broken, as a checklist; nothing where it is whole. */
export function brokenThread(reading: Reading): readonly RootContent[] {
  const breaks = threadBreaks(reading.board)
  if (breaks.length === 0) return []
  const lines = breaks.map(({ kind, outcome }) =>
    task(false, paragraph(`${BREAK_NAMES[kind]}: `, ...said(reading, outcome))),
  )
  return [heading('Where the thread is broken'), list(lines)]
}
