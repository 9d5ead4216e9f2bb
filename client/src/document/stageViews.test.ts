import type { NoteId } from '@quintet/shared/ids'
import { writeStage } from '@quintet/shared/stage'
import { beforeEach, describe, expect, it } from 'vitest'
import { StageViews } from './stageViews.ts'
import { type Alone, goTo, INES, MAREN, putMarks, putRound, sessionAlone, setStage } from './workshop.fixture.tsx'

let session: Alone
let views: StageViews
beforeEach(() => {
  session = sessionAlone()
  goTo(session, 'gaps', 'vote')
  putRound(session, 'gaps')
  putMarks(session, 'n1', { kept: true })
  putMarks(session, 'n2', { parked: true })
  views = new StageViews(session.docs.stage)
})

const stage = () => {
  const now = views.stage.getState()
  if (!now) throw new Error('The stage is not loaded.')
  return now
}

describe('the views of the stage', () => {
  it('stay the same objects where a change left them as they were', () => {
    const before = stage()
    const [people, marks] = [views.people.getState(), views.allMarks.getState()]
    setStage(session, { progress: { writing: 3, typing: 1, done: 0, voted: 2 } })
    expect(stage().progress).toEqual({ writing: 3, typing: 1, done: 0, voted: 2 })
    const { progress: _, ...rest } = stage()
    for (const [key, value] of Object.entries(rest)) expect(value, key).toBe(before[key as keyof typeof before])
    expect(views.people.getState()).toBe(people)
    expect(views.allMarks.getState()).toBe(marks)
  })

  it('keep every round and person that did not change when another did', () => {
    const [before, ines] = [stage().rounds[0], stage().people.get(INES.id)]
    putRound(session, 'actions', { openedAt: 2 })
    writeStage(session.docs.stage, { people: [{ ...MAREN, name: 'Maren B.' }] }, 'server')
    expect(stage().rounds).toHaveLength(2)
    expect(stage().rounds[0]).toBe(before)
    expect(stage().people.get(INES.id)).toBe(ines)
    expect(views.people.getState().names.get(MAREN.id)).toBe('Maren B.')
  })

  it('tell of marks one by one', () => {
    const told: string[] = []
    for (const id of ['n1', 'n2', 'n3'] as NoteId[]) views.marks.at(id).subscribe(() => told.push(id))
    putMarks(session, 'n1', { kept: true, true: true })
    putMarks(session, 'n3', { parked: true })
    expect(told).toEqual(['n1', 'n3'])
    expect(views.marks.get('n1' as NoteId)).toEqual({ kept: true, true: true })
    putMarks(session, 'n3', {})
    expect(views.marks.get('n3' as NoteId)).toEqual({})
  })

  it('keep the name of somebody who was removed, and take them off the list', () => {
    writeStage(session.docs.stage, { removed: [INES] }, 'server')
    const { people, names } = views.people.getState()
    expect([...people.keys()]).toEqual([MAREN.id])
    expect(names.get(INES.id)).toBe('Ines')
  })
})
