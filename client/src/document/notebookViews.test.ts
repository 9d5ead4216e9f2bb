import { addDraft, bringBackDraft, readyDraft, removeDraft } from '@quintet/shared/draftEdits'
import { targetText } from '@quintet/shared/edits'
import type { NoteId, RoundId } from '@quintet/shared/ids'
import { ballotOf, ballots, draftEntry, drafts, isSecret, readDrafts } from '@quintet/shared/notebook'
import { PHASE_IDS, type PhaseId } from '@quintet/shared/phases'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { NotebookViews } from './notebookViews.ts'

let doc: Y.Doc
let views: NotebookViews
beforeEach(() => {
  doc = new Y.Doc()
  views = new NotebookViews(doc)
})

const ID = (id: string) => id as NoteId

interface Wanted {
  readonly at?: number
  readonly ready?: boolean
  readonly phase?: PhaseId
}

function draft(id: string, { at = 1, ready = true, phase = 'gaps' }: Wanted = {}, to = doc): NoteId {
  addDraft({ id: ID(id), phase, author: null, at, text: id, order: 'a0', under: null, ready })(to)
  return ID(id)
}

const ready = (phase: PhaseId = 'gaps') => views.ready(phase).getState()
const composed = (phase: PhaseId = 'gaps') => views.composed(phase).getState()

describe('the views of a notebook', () => {
  it('are what reading it whole comes to, after every change of any kind', () => {
    const id = fc.constantFrom('d0', 'd1', 'd2', 'd3')
    const act = fc.oneof(
      fc.record({
        does: fc.constant('add' as const),
        id,
        at: fc.nat(9_999_999),
        ready: fc.boolean(),
        phase: fc.constantFrom<PhaseId>('gaps', 'actions'),
      }),
      fc.record({
        does: fc.constantFrom('ready', 'unready', 'remove', 'bring back', 'write', 'became', 'spoil', 'delete'),
        id,
      }),
      fc.record({ does: fc.constant('retime' as const), id, at: fc.nat(9_999_999) }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), (transactions) => {
        const doc = new Y.Doc()
        const views = new NotebookViews(doc)
        for (const acts of transactions) {
          doc.transact(() => {
            for (const step of acts) perform(doc, step)
          })
          const all = readDrafts(doc)
          const sorted = [...all].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).filter(isSecret)
          for (const each of all) expect(views.drafts.at(each.id).getState()).toEqual(each)
          for (const phase of PHASE_IDS) {
            const ids = (isReady: boolean) =>
              sorted.filter((each) => each.phase === phase && each.ready === isReady).map((each) => each.id)
            expect(views.ready(phase).getState()).toEqual(ids(true))
            expect(views.composed(phase).getState()).toEqual(ids(false))
          }
          const own = all.flatMap(({ became }) => became ?? [])
          for (const each of ['d0', 'd1', 'd2', 'd3'])
            expect(views.own.at(ID(`note-${each}`)).getState()).toBe(own.includes(ID(`note-${each}`)))
        }
      }),
    )
  })

  it('replace what a change touches and nothing else', () => {
    const [first, second] = [draft('first', { at: 1 }), draft('second', { at: 2 })]
    const [list, other] = [ready(), views.drafts.get(second)]
    targetText(doc, { of: 'draft', id: first })?.insert(0, 'x')
    expect(views.drafts.get(first)?.text).toBe('xfirst')
    expect(ready()).toBe(list)
    expect(views.drafts.get(second)).toBe(other)
    removeDraft(second)(doc)
    expect(ready()).toEqual(['first'])
    bringBackDraft(second)(doc)
    expect(ready()).toEqual(['first', 'second'])
  })

  it('keep a ready draft in its place while it is rewritten, and compose it after that', () => {
    const [first] = [draft('first', { at: 1 }), draft('second', { at: 2 })]
    draft('typed', { at: 3, ready: false })
    const list = ready()
    views.rewriting(first, true)
    readyDraft(first, false)(doc)
    expect(ready()).toBe(list)
    expect(composed()).toEqual(['typed'])
    expect(views.drafts.get(first)?.ready).toBe(false)
    views.rewriting(first, false)
    expect(ready()).toEqual(['second'])
    expect(composed()).toEqual(['first', 'typed'])
    readyDraft(first, true)(doc)
    expect(ready()).toEqual(['first', 'second'])
  })

  it('know one’s ballots, and that a slot holds an id or nothing', () => {
    const round = 'r1' as RoundId
    expect(views.ballots.get(round).every((each) => each === null)).toBe(true)
    ballots(doc).set(
      round,
      new Y.Map<unknown>([
        ['0', 'n1'],
        ['1', { not: 'an id' }],
        ['3', 'n2'],
      ]),
    )
    expect(views.ballots.get(round).slice(0, 5)).toEqual(['n1', null, null, 'n2', null])
    expect(views.ballots.get(round).slice(0, 5)).toEqual(ballotOf(doc, round, 5))
  })

  it('are empty for those who have no notebook', () => {
    const none = new NotebookViews(undefined)
    expect(none.ready('gaps').getState()).toEqual([])
    expect(none.own.get(ID('n1'))).toBe(false)
  })
})

type Act =
  | { readonly does: 'add'; readonly id: string; readonly at: number; readonly ready: boolean; readonly phase: PhaseId }
  | { readonly does: 'retime'; readonly id: string; readonly at: number }
  | { readonly does: string; readonly id: string }

function perform(doc: Y.Doc, step: Act): void {
  const entry = draftEntry(doc, step.id)
  const id = ID(step.id)
  if ('ready' in step) draft(id, step, doc)
  else if ('at' in step) entry?.set('at', step.at)
  else if (step.does === 'ready' || step.does === 'unready') readyDraft(id, step.does === 'ready')(doc)
  else if (step.does === 'remove') removeDraft(id)(doc)
  else if (step.does === 'bring back') bringBackDraft(id)(doc)
  else if (step.does === 'write') targetText(doc, { of: 'draft', id })?.insert(0, 'x')
  else if (step.does === 'became') entry?.set('became', `note-${id}`)
  else if (step.does === 'spoil') drafts(doc).set(id, new Y.Map())
  else drafts(doc).delete(id)
}
