import type { List, ListItem, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'
import { toMarkdown } from 'mdast-util-to-markdown'
import { type BoardView, emptyPlan, type Owner } from '../board.ts'
import { isGroup, type Outcome, wordsOf } from '../groups.ts'
import type { PersonId } from '../ids.ts'
import { displayNames } from '../people.ts'
import { PHASE_IDS, PHASES, type PhaseId } from '../phases.ts'
import type { StageView } from '../stage.ts'
import { parentOf, type ThreadBoard, threadBoard, threadOf } from '../thread.ts'
import { LITERAL, literalLine, literalText } from './literalText.ts'

/** What the action plan is made of. */
export interface PlanSource {
  readonly stage: StageView
  readonly board: BoardView
  /** The moment of the export, ms since the epoch; without it the document does not say when it was made. */
  readonly now?: number
}

/** What every part of the document reads. */
interface Reading {
  readonly stage: StageView
  readonly board: ThreadBoard
  readonly names: ReadonlyMap<PersonId, string>
}

/**
 * The action plan as a GitHub-flavoured Markdown document: title, dates (ISO 8601, UTC), people, the actions as a task
 * list, then each phase's notes in the order of the wall. What people typed is literal text, as {@link literalText}
 * promises. Removed notes are left out; an anonymous note names nobody.
 *
 * An action is one task, ticked when it is done, and carries its stable id as inline code at the end of its words:
 * `action:` and the id of its note, the same in every export. Under it stand the fields as `Owner: …`, `Due: YYYY-MM-DD`,
 * `First step: …`, `Measure: …`, `Status: doing` or `Status: dropped`, so that an edited copy can be read back. `none`
 * in italics, which nobody can type, says that there is nothing. The thread leads from its far end down to the gap; the
 * action and its owner, its other end, are the task itself.
 */
export function planMarkdown(source: PlanSource): string {
  const { stage } = source
  const reading: Reading = {
    stage,
    board: threadBoard(source.board, stage.marks),
    names: displayNames(stage.people.values()),
  }
  const root: Root = {
    type: 'root',
    children: [
      { type: 'heading', depth: 1, children: literalLine(stage.title) },
      list(dates(stage, source.now)),
      heading('People'),
      list(people(reading)),
      ...actionPlan(reading),
      ...PHASE_IDS.flatMap((phase) => phaseNotes(reading, phase)),
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

function people({ stage, names }: Reading): ListItem[] {
  return [...names].map(([id, name]) => {
    const role = stage.people.get(id)?.role === 'facilitator' ? ' (facilitator)' : ''
    return item(paragraph(...literalText(name), role))
  })
}

function actionPlan(reading: Reading): RootContent[] {
  const actions = reading.board.wall('actions')
  const owned = actions.filter((action) => reading.board.plan(action.id)?.owner)
  return [
    heading('Action plan'),
    ...(actions.length === 0
      ? [paragraph('No actions yet.')]
      : [
          paragraph(`${owned.length} of ${actions.length} actions have an owner.`),
          list(actions.map((action) => task(reading, action))),
        ]),
  ]
}

function task(reading: Reading, action: Outcome): ListItem {
  const plan = reading.board.plan(action.id) ?? emptyPlan(action.id)
  const words = paragraph(...said(reading, action), ' ', { type: 'inlineCode', value: `action:${action.id}` })
  const fields = [
    field('Owner', ownerName(plan.owner, reading)),
    field('Due', plan.due === null ? NONE : [{ type: 'text', value: plan.due }]),
    field('First step', typedOrNone(plan.firstStep)),
    field('Measure', typedOrNone(plan.measure)),
    ...(plan.status === 'open' || plan.status === 'done' ? [] : [item(paragraph(`Status: ${plan.status}`))]),
    item(paragraph('Thread:'), list(threadLinks(reading, action))),
  ]
  return { ...item(words, list(fields)), checked: plan.status === 'done' }
}

function ownerName(owner: Owner | null, { names }: Reading): PhrasingContent[] {
  if (owner === null) return NONE
  const name = 'name' in owner ? owner.name : names.get(owner.person)
  return name === undefined ? own('someone who is not in the list of people') : literalText(name)
}

/** Phases of the thread above an action, from the far end; only the principle may be missing without a break. */
const ABOVE_ACTIONS = [
  ['principles', 'Principle'],
  ['ideal', 'Ideal state'],
  ['gaps', 'Gap'],
] as const

function threadLinks(reading: Reading, action: Outcome): ListItem[] {
  const links = new Map(threadOf(action, reading.board).map(({ phase, outcome }) => [phase, outcome]))
  return ABOVE_ACTIONS.flatMap(([phase, label]) => {
    const note = links.get(phase)
    if (note) return [field(label, said(reading, note))]
    return phase === 'principles' ? [] : [field(label, NONE)]
  })
}

/** A phase's notes: gaps nested under their statements and actions under their gaps, loose ones in a list of their own. */
function phaseNotes(reading: Reading, phase: PhaseId): RootContent[] {
  const notes = reading.board.wall(phase)
  const inAgenda = reading.stage.agenda.phases.some((each) => each.phase === phase)
  // Owners has a table instead of notes: the action plan above.
  if (notes.length === 0 && (phase === 'owners' || !inAgenda)) return []
  const { name, question, many } = PHASES[phase]
  const start = [heading(name), paragraph(...own(question))]
  if (notes.length === 0) return [...start, paragraph(`No ${many} yet.`)]
  if (phase !== 'gaps' && phase !== 'actions') return [...start, list(notes.map((note) => noteItem(reading, note)))]
  return [...start, ...nested(reading, phase, notes)]
}

function nested(reading: Reading, phase: 'gaps' | 'actions', notes: readonly Outcome[]): RootContent[] {
  const { one, under } = PHASES[phase]
  if (under === null) return []
  const parents = reading.board.wall(under)
  const hanging = Map.groupBy(notes, (note) => parentOf(note, reading.board)?.id)
  const loose = hanging.get(undefined) ?? []
  const trees = parents.map((parent) => {
    const children = hanging.get(parent.id)?.map((note) => noteItem(reading, note))
    return item(paragraph(...said(reading, parent)), list(children ?? [item(paragraph(...own(`no ${one}`)))]))
  })
  return [
    ...(trees.length === 0 ? [] : [list(trees)]),
    ...(loose.length === 0
      ? []
      : [paragraph(`Under no ${PHASES[under].one}:`), list(loose.map((note) => noteItem(reading, note)))]),
  ]
}

function noteItem(reading: Reading, note: Outcome): ListItem {
  const author = isGroup(note) || note.author === null ? undefined : reading.names.get(note.author)
  return item(paragraph(...said(reading, note), ...(author === undefined ? [] : [' — ', ...literalText(author)])))
}

function said({ board }: Reading, outcome: Outcome): PhrasingContent[] {
  const words = wordsOf(outcome, isGroup(outcome) ? board.inGroup(outcome.id)[0] : undefined)
  return words.trim() === '' ? own('no words yet') : literalText(words)
}

function typedOrNone(typed: string): PhrasingContent[] {
  return typed.trim() === '' ? NONE : literalText(typed)
}

/** Words of ours that stand where people's words would: in italics, which nobody can type. */
function own(words: string): PhrasingContent[] {
  return [{ type: 'emphasis', children: [{ type: 'text', value: words }] }]
}

const NONE = own('none')

function field(label: string, value: readonly PhrasingContent[]): ListItem {
  return item(paragraph(`${label}: `, ...value))
}

function heading(text: string): RootContent {
  return { type: 'heading', depth: 2, children: [{ type: 'text', value: text }] }
}

/** An empty text is left out: beside it the serializer would not see that a space stands at the edge of the line. */
function paragraph(...children: readonly (PhrasingContent | string)[]): Paragraph {
  const nodes = children
    .filter((child) => child !== '')
    .map((child) => (typeof child === 'string' ? { type: 'text' as const, value: child } : child))
  return { type: 'paragraph', children: nodes }
}

function list(items: readonly ListItem[]): List {
  return { type: 'list', ordered: false, spread: false, children: [...items] }
}

function item(...children: readonly (Paragraph | List)[]): ListItem {
  return { type: 'listItem', spread: false, children: [...children] }
}
