import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import type { Nodes, PhrasingContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { ACTION_STATUSES, type NoteView, type PlanView } from '../board.ts'
import type { GroupId, NoteId, PersonId } from '../ids.ts'
import { PHASE_IDS, type PhaseId } from '../phases.ts'
import type { Person, StageView } from '../stage.ts'
import { EVERY_STEP, groupWith, lockedSince, MAREN, noteOf, planOf, stageOf } from '../workshop.fixture.ts'
import { planMarkdown } from './markdown.ts'
import { nastyText } from './nastyText.ts'
import { boardOf, closedRound, exported as exportedWall, mapOf } from './plan.fixture.ts'

const note = (id: string, phase: PhaseId, text: string, more: Partial<NoteView> = {}) =>
  noteOf(id, phase, { text, ...more })

const exported = (notes: readonly NoteView[], plan: readonly PlanView[] = [], stage: Partial<StageView> = {}) =>
  exportedWall({ notes, plan }, stage)

describe('the exported plan', () => {
  it('ticks what is done, and names a status that is neither open nor done', () => {
    const actions = ACTION_STATUSES.map((status, index) =>
      note(status, 'actions', `We are ${status}`, { order: `a${index}` }),
    )
    const plan = ACTION_STATUSES.map((status) => planOf(status, { owner: { name: 'Hannah' }, status }))
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

  it('is the same where phases are locked', () => {
    const notes = [note('1', 'gaps', 'A gap'), note('2', 'actions', 'An action', { under: '1' as NoteId })]
    const locks = lockedSince(0, ...PHASE_IDS)
    expect(exported(notes, [planOf('2')], { locks })).toBe(exported(notes, [planOf('2')]))
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
    const markdown = exported(
      [note('1', 'actions', 'One'), note('2', 'actions', 'Two')],
      [
        planOf('1', { owner: { name: 'Hannah *from* Payments' } }),
        planOf('2', { owner: { person: 'stranger' as PersonId } }),
      ],
    )
    expect(markdown).toContain('- Owner: Hannah \\*from\\* Payments\n')
    expect(markdown).toContain('- Owner: _someone who is not in the list of people_\n')
  })

  it('tells people with the same name apart', () => {
    const second: Person = { ...MAREN, id: 'kofi' as PersonId, name: 'maren', role: 'member', joinedAt: 2 }
    expect(exported([], [], { people: mapOf([second, MAREN]) })).toContain('- Maren (facilitator)\n- maren (2)\n')
  })

  it('says in words that a phase is empty, and is silent of a phase that the agenda lacks', () => {
    const agenda = { phases: EVERY_STEP.phases.filter(({ phase }) => phase !== 'principles') }
    const markdown = exported([], [], { agenda })
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
      { numRuns: 20 },
    )
    // Two parsers read some forty plans: on a busy machine that takes its time.
  }, 60_000)
})

/** A workshop in which every typed text comes from `text(index)`, so that it can be written with plain words too. */
const workshop = fc
  .record({
    // Names are told apart by what they have in common: here none is like another.
    texts: fc.uniqueArray(nastyText, {
      minLength: 26,
      maxLength: 26,
      selector: ({ typed }) => typed.trim().toLocaleLowerCase('en'),
    }),
    under: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 12, maxLength: 12 }),
    removed: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    grouped: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    marks: fc.array(fc.constantFrom('kept', 'parked', 'true', null), { minLength: 16, maxLength: 16 }),
    votes: fc.array(fc.nat({ max: 2 }), { minLength: 32, maxLength: 32 }),
    status: fc.constantFrom(...ACTION_STATUSES),
  })
  .map(({ texts, under, removed, grouped, marks, votes, status }) => ({
    texts,
    source: (text: (index: number) => string) => {
      const people = [0, 1, 2].map((index): Person => {
        return { id: `person${index}` as PersonId, name: text(index), role: 'member', joinedAt: index }
      })
      const phaseOf = (index: number) => PHASE_IDS[Math.floor(index / 3)] ?? 'owners'
      const notes = Array.from({ length: 12 }, (_, index) =>
        noteOf(`n${index}`, phaseOf(index), {
          text: text(3 + index),
          author: people[index % 4]?.id ?? null,
          order: 'a0',
          group: grouped[index] ? (`g${Math.floor(index / 3)}` as GroupId) : null,
          under: under[index] === -1 ? null : (`n${Math.floor(index / 3) * 3 - 3 + (under[index] ?? 0)}` as NoteId),
          removed: removed[index] === true && index % 3 === 2,
        }),
      )
      const groups = [0, 1, 2, 3].map((index) => groupWith(`g${index}`, phaseOf(index * 3), { name: text(15 + index) }))
      const plan = [
        planOf('n9', { owner: { name: text(19) }, status, firstStep: text(20), measure: text(21) }),
        planOf('n10', { owner: null, due: '2026-12-03', firstStep: text(22), measure: text(23) }),
        planOf('g3', { owner: { person: 'person2' as PersonId }, firstStep: text(24) }),
      ]
      const ids = [...notes, ...groups].map(({ id }) => id)
      const rounds = PHASE_IDS.slice(0, 4).flatMap((phase, nth) =>
        [0, 1].map((turn) => {
          const isOf = (at: number) => (at < 12 ? Math.floor(at / 3) : at - 12) === nth
          const dots = ids.map((id, at) => [id, isOf(at) ? (votes[at + turn * 16] ?? 0) : 0] as const)
          return closedRound(phase, Object.fromEntries(dots), { openedAt: turn })
        }),
      )
      const stage = stageOf({
        title: text(25),
        people: mapOf(people.slice(0, 2)),
        former: mapOf(people.slice(2)),
        marks: new Map(ids.map((id, index) => [id, marks[index] ? { [marks[index]]: true } : {}])),
        rounds,
      })
      return { stage, board: boardOf({ notes, plan, groups }) }
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
