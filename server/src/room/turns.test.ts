import { expect, test } from 'vitest'
import { until } from '../testing/until.ts'
import { Turns } from './turns.ts'

test('heavy things are done one per turn, in order; one that fails does not hold up the others', async () => {
  const story: string[] = []
  const turns = new Turns((error) => story.push(error.message))
  let left = 2
  const again = () => {
    story.push('part')
    if (--left > 0) turns.add(again)
  }
  turns.add(again)
  turns.add(() => {
    throw new Error('failed')
  })
  turns.add(() => story.push('last'))
  setImmediate(() => {
    setImmediate(() => story.push('another turn'))
  })
  expect(story).toEqual([])
  await until('all is done', () => story.length === 5)
  expect(story.filter((each) => each !== 'another turn')).toEqual(['part', 'failed', 'last', 'part'])
  expect(story.indexOf('another turn')).toBeLessThan(story.length - 1)
})

test('what is left is forgotten when they stop', async () => {
  const story: string[] = []
  const turns = new Turns(() => undefined)
  turns.add(() => {
    story.push('first')
    turns.stop()
  })
  turns.add(() => story.push('second'))
  await until('the first is done', () => story.length === 1)
  turns.add(() => story.push('third'))
  await until('the third is done', () => story.includes('third'))
  expect(story).toEqual(['first', 'third'])
})
