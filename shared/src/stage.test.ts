import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { StepId } from './ids.ts'
import { currentStep, positionOf, readStage, type StageFields, writeStage } from './stage.ts'
import { INES, MAREN, pointOf, stageOf } from './workshop.fixture.ts'

const { people, former: _former, rounds: _rounds, marks: _marks, ...FIELDS } = stageOf()

function written(fields: Partial<StageFields> = FIELDS): Y.Doc {
  const doc = new Y.Doc()
  writeStage(doc, { fields, people: [...people.values()] }, 'server')
  return doc
}

describe('the stage', () => {
  it('is read as it was written, also by somebody who receives it', () => {
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(written()))
    expect(readStage(copy)).toEqual(stageOf())
  })

  it('is nothing before the first sync', () => {
    expect(readStage(new Y.Doc())).toBeUndefined()
    const { timer: _, ...partly } = FIELDS
    expect(readStage(written(partly))).toBeUndefined()
  })

  it('is written in one transaction of the server’s origin', () => {
    const doc = written()
    const origins: unknown[] = []
    doc.on('update', (_: Uint8Array, origin: unknown) => origins.push(origin))
    writeStage(
      doc,
      { fields: { title: 'New', at: pointOf('ideal', 'open') }, people: [{ ...INES, name: 'I' }] },
      'hand',
    )
    expect(origins).toEqual(['hand'])
    expect(readStage(doc)).toMatchObject({ title: 'New', at: pointOf('ideal', 'open') })
    expect(readStage(doc)?.people.get(INES.id)?.name).toBe('I')
  })

  it('leaves untouched what is the same', () => {
    const doc = written()
    let updates = 0
    doc.on('update', () => updates++)
    writeStage(doc, { fields: FIELDS, people: [MAREN] }, 'hand')
    writeStage(doc, {}, 'hand')
    expect(updates).toBe(0)
  })

  it('says at which step it is, and fails where its agenda has no such step', () => {
    expect(currentStep(stageOf()).kind).toBe('decide')
    const lost = stageOf({ at: { phase: 'gaps', step: 'none' as StepId } })
    expect(() => currentStep(lost)).toThrow('gaps/none')
  })

  it('says where a phase lies', () => {
    expect(positionOf(stageOf(), 'ideal')).toBe('past')
    expect(positionOf(stageOf(), 'gaps')).toBe('now')
    expect(positionOf(stageOf(), 'actions')).toBe('ahead')
  })
})
