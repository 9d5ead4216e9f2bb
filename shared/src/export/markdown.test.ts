import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import type { Nodes, PhrasingContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { OPEN_AGENDA } from '../agenda.ts'
import { ACTION_STATUSES, type BoardView, type NoteView, type PlanView } from '../board.ts'
import type { NoteId, PersonId, StepId } from '../ids.ts'
import { PHASE_IDS } from '../phases.ts'
import { NO_PROGRESS, type Person, type StageView } from '../stage.ts'
import { resetTimer } from '../timer.ts'
import { planMarkdown } from './markdown.ts'
import { nastyText } from './nastyText.ts'

const CREATED = Date.UTC(2026, 10, 26, 13)

function stageOf(title: string, people: readonly Person[], closedAt: number | null = null): StageView {
  return {
    title,
    createdAt: CREATED,
    state: closedAt === null ? 'running' : 'closed',
    closedAt,
    agenda: OPEN_AGENDA,
    at: { phase: 'owners', step: 'owners-1' as StepId },
    resume: {},
    timer: resetTimer(0),
    locks: {},
    left: null,
    countdown: null,
    reveal: null,
    progress: NO_PROGRESS,
    former: new Map(),
    rounds: [],
    marks: new Map(),
    people: new Map(people.map((person) => [person.id, person])),
  }
}

const MAREN: Person = { id: 'maren' as PersonId, name: 'Maren', role: 'facilitator', joinedAt: 0 }

function boardOf(notes: readonly NoteView[], plan: readonly PlanView[] = []): BoardView {
  return {
    notes: new Map(notes.map((note) => [note.id, note])),
    groups: new Map(),
    plan: new Map(plan.map((each) => [each.id, each])),
  }
}

function note(id: string, phase: NoteView['phase'], text: string, more: Partial<NoteView> = {}): NoteView {
  const loose = { author: null, at: 0, group: null, order: id, under: null, removed: false }
  return { id: id as NoteId, phase, text, ...loose, ...more }
}

const exported = (notes: readonly NoteView[], plan: readonly PlanView[] = [], people = [MAREN]) =>
  planMarkdown({ stage: stageOf('Title', people), board: boardOf(notes, plan) })

describe('the exported plan', () => {
  it('ticks what is done, and names a status that is neither open nor done', () => {
    const actions = ACTION_STATUSES.map((status, index) =>
      note(status, 'actions', `We are ${status}`, { order: `a${index}` }),
    )
    const plan = ACTION_STATUSES.map((status): PlanView => {
      return { id: status as NoteId, owner: { name: 'Hannah' }, due: null, status, firstStep: '', measure: '' }
    })
    const lines = exported(actions, plan).split('\n')
    expect(lines.filter((line) => /`action:|Status/.test(line))).toEqual([
      '- [ ] We are open `action:open`',
      '- [ ] We are doing `action:doing`',
      '  - Status: doing',
      '- [x] We are done `action:done`',
      '- [ ] We are dropped `action:dropped`',
      '  - Status: dropped',
    ])
  })

  it('leaves out what was removed, and breaks the thread there', () => {
    const markdown = exported([
      note('1', 'gaps', 'A removed gap', { removed: true }),
      note('2', 'actions', 'An action', { under: '1' as NoteId }),
      note('3', 'actions', 'A removed action', { removed: true }),
    ])
    expect(markdown).not.toContain('removed')
    expect(markdown).toContain('    - Gap: _none_')
    expect(markdown).toContain('Under no gap:\n\n- An action\n')
  })

  it('names no author of an anonymous note, nor of somebody unknown', () => {
    const markdown = exported([
      note('1', 'principles', 'Signed', { author: MAREN.id }),
      note('2', 'principles', 'Anonymous'),
      note('3', 'principles', 'Foreign', { author: 'stranger' as PersonId }),
    ])
    expect(markdown).toContain('- Signed — Maren\n- Anonymous\n- Foreign\n')
  })

  it('names an owner who is not here, and says so of one whom the list of people lacks', () => {
    const fields = { due: null, status: 'open', firstStep: '', measure: '' } as const
    const markdown = exported(
      [note('1', 'actions', 'One'), note('2', 'actions', 'Two')],
      [
        { id: '1' as NoteId, owner: { name: 'Hannah *from* Payments' }, ...fields },
        { id: '2' as NoteId, owner: { person: 'stranger' as PersonId }, ...fields },
      ],
    )
    expect(markdown).toContain('- Owner: Hannah \\*from\\* Payments\n')
    expect(markdown).toContain('- Owner: _someone who is not in the list of people_\n')
  })

  it('tells people with the same name apart', () => {
    const second: Person = { id: 'kofi' as PersonId, name: 'maren', role: 'member', joinedAt: 1 }
    expect(exported([], [], [second, MAREN])).toContain('- Maren (facilitator)\n- maren (2)\n')
  })

  it('says in words that a phase is empty, and is silent of a phase that the agenda lacks', () => {
    const agenda = { phases: OPEN_AGENDA.phases.filter(({ phase }) => phase !== 'principles') }
    const stage = { ...stageOf('Title', [MAREN]), agenda }
    const markdown = planMarkdown({ stage, board: boardOf([]) })
    expect(markdown).toContain('No actions yet.')
    expect(markdown).toContain('No statements yet.')
    expect(markdown).not.toContain('rinciples')
  })

  it('keeps a note without words', () => {
    expect(exported([note('1', 'ideal', ' \n ')])).toContain('- _no words yet_\n')
  })

  it('keeps its structure and every typed word, whatever was typed', () => {
    fc.assert(
      fc.property(workshop, ({ texts, source }) => {
        const plain = source((index) => `tok${index}end`)
        const typed = source((index) => texts[index]?.typed ?? '')
        const markdown = planMarkdown(typed)
        for (const outline of [outlineByMicromark, outlineByMarkdownIt]) {
          const expected = outline(planMarkdown(plain)).map((line) =>
            line.replace(/tok(\d+)end/g, (_, index) => texts[Number(index)]?.expected ?? ''),
          )
          expect(outline(markdown)).toEqual(expected)
        }
      }),
      { numRuns: 60 },
    )
  })
})

/** A workshop in which every typed text comes from `text(index)`, so that it can be written with plain words too. */
const workshop = fc
  .record({
    // Names are told apart by what they have in common: here none is like another.
    texts: fc.uniqueArray(nastyText, {
      minLength: 20,
      maxLength: 20,
      selector: ({ typed }) => typed.trim().toLocaleLowerCase('en'),
    }),
    under: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 12, maxLength: 12 }),
    removed: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    status: fc.constantFrom(...ACTION_STATUSES),
  })
  .map(({ texts, under, removed, status }) => ({
    texts,
    source: (text: (index: number) => string) => {
      const people = [0, 1].map((index): Person => {
        return { id: `person${index}` as PersonId, name: text(index), role: 'member', joinedAt: index }
      })
      const notes = Array.from({ length: 12 }, (_, index) =>
        note(`n${index}`, PHASE_IDS[Math.floor(index / 3)] ?? 'owners', text(2 + index), {
          author: people[index % 3]?.id ?? null,
          order: 'a0',
          under: under[index] === -1 ? null : (`n${Math.floor(index / 3) * 3 - 3 + (under[index] ?? 0)}` as NoteId),
          removed: removed[index] === true && index % 3 === 2,
        }),
      )
      const plan: PlanView[] = [
        { id: 'n9' as NoteId, owner: { name: text(14) }, due: null, status, firstStep: text(15), measure: text(16) },
        { id: 'n10' as NoteId, owner: null, due: '2026-12-03', status, firstStep: text(17), measure: text(18) },
      ]
      return { stage: stageOf(text(19), people), board: boardOf(notes, plan) }
    },
  }))

/** Every heading and every paragraph of a document with its depth, its tick and its words. */
function outlineByMicromark(markdown: string): string[] {
  const lines: string[] = []
  const visit = (node: Nodes, depth: number, ticked: string) => {
    switch (node.type) {
      case 'heading':
        lines.push(`heading ${node.depth}: ${words(node.children)}`)
        return
      case 'paragraph':
        lines.push(`${depth}${ticked}: ${words(node.children)}`)
        return
      case 'root':
      case 'list':
        for (const child of node.children) visit(child, depth, '')
        return
      case 'listItem': {
        const tick = typeof node.checked === 'boolean' ? ` ticked ${node.checked}` : ''
        for (const child of node.children) visit(child, depth + 1, tick)
        return
      }
      default:
        throw new Error(`The document has a ${node.type}`)
    }
  }
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }), 0, '')
  return lines
}

function words(nodes: readonly PhrasingContent[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'break') return '\n'
      if (node.type === 'text' || node.type === 'inlineCode') return node.value
      if (node.type === 'emphasis') return `<own>${words(node.children)}</own>`
      throw new Error(`The document has a ${node.type}`)
    })
    .join('')
}

const markdownIt = new MarkdownIt({ html: true, linkify: true })
markdownIt.linkify.set({ fuzzyLink: false })
const STRUCTURE = /^(heading|paragraph|bullet_list|list_item)_(open|close)$/

/** The same by a parser that knows no task lists: there a tick is text. */
function outlineByMarkdownIt(markdown: string): string[] {
  const lines: string[] = []
  let block = ''
  for (const token of markdownIt.parse(markdown, {})) {
    if (token.type !== 'inline') {
      expect(token.type).toMatch(STRUCTURE)
      block = token.tag
      continue
    }
    const text = (token.children ?? []).map(({ type, content }) => {
      if (type === 'hardbreak') return '\n'
      if (type === 'em_open') return '<own>'
      if (type === 'em_close') return '</own>'
      expect(['text', 'code_inline']).toContain(type)
      return content
    })
    lines.push(`${block} ${token.level}: ${text.join('')}`)
  }
  return lines
}
