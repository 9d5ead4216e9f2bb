import { describe, expect, test } from 'vitest'
import type { Append, DocumentUpdate } from '../store/store.ts'
import { until } from '../testing/until.ts'
import { CommitQueue, commitInterval } from './queue.ts'

/** A queue over a list of words; its commits end when the test says so. */
function queueOf() {
  const story: string[] = []
  let applied: string[] = []
  const commits: { resolve: () => void; reject: (error: Error) => void }[] = []
  const update = (words: string[]): DocumentUpdate => ({ document: 'board', update: Buffer.from(words.join(' ')) })
  const textOf = (updates: Append['updates']) => updates.map((each) => Buffer.from(each.update).toString()).join()
  const queue = new CommitQueue({
    people: () => 2,
    take: () => applied.splice(0).map((word) => update([word])),
    append: (append) => {
      story.push(`append ${textOf(append.updates)}`)
      return new Promise((resolve, reject) => commits.push({ resolve, reject }))
    },
    release: (cut, updates) => story.push(`release ${cut} ${textOf(updates)}`),
    failed: () => story.push('failed'),
    idle: () => story.push('idle'),
  })
  const apply = (word: string) => {
    applied = [...applied, word]
    queue.changed()
  }
  const wait = (word: string) => {
    queue.after({
      atCut: () => story.push(`cut ${word}`),
      released: () => story.push(`released ${word}`),
      failed: () => story.push(`failed ${word}`),
    })
  }
  return { queue, story, commits, apply, wait }
}

test.each([
  [1, 16],
  [12, 16],
  [60, 30],
  [100, 50],
  [1_000, 50],
])('with %i people connected, commits start %i ms apart', (people, ms) => {
  expect(commitInterval(people)).toBe(ms)
})

describe('[promise 1] the commit queue', () => {
  test('[promise 1] commits one at a time, releases frames first, then what waited, in order', async () => {
    const { story, commits, apply, wait } = queueOf()
    apply('a')
    wait('1')
    wait('2')
    await until('the first commit starts', () => commits.length === 1)
    apply('b')
    wait('3')
    expect(story).toEqual(['cut 1', 'cut 2', 'append a'])
    commits[0]?.resolve()
    await until('the second commit starts', () => commits.length === 2)
    expect(story.slice(3)).toEqual(['release 1 a', 'released 1', 'released 2', 'cut 3', 'append b'])
    commits[1]?.resolve()
    await until('it rests', () => story.at(-1) === 'idle')
    expect(story.slice(8)).toEqual(['release 2 b', 'released 3', 'idle'])
  })

  test('what waits with nothing to save is released without a commit, but after the one under way', async () => {
    const { story, commits, apply, wait } = queueOf()
    wait('1')
    await until('it rests', () => story.at(-1) === 'idle')
    expect(commits.length).toBe(0)
    apply('a')
    await until('the commit starts', () => commits.length === 1)
    wait('2')
    expect(story).not.toContain('released 2')
    commits[0]?.resolve()
    await until('it rests', () => story.at(-1) === 'idle' && story.includes('released 2'))
    expect(story.indexOf('released 2')).toBeGreaterThan(story.indexOf('release 2 a'))
  })

  test('[promise 1] what is applied over several turns leaves as one piece, also when a commit was about to start', async () => {
    const { queue, story, commits, apply, wait } = queueOf()
    apply('a')
    queue.hold()
    wait('1')
    for (const word of ['b', 'c']) {
      // The first commit of an idle queue starts in the next turn: two have passed by here.
      await new Promise(setImmediate)
      await new Promise(setImmediate)
      apply(word)
    }
    expect(story).toEqual([])
    expect(queue.isIdle).toBe(false)
    queue.letGo()
    await until('the commit starts', () => commits.length === 1)
    expect(story).toEqual(['cut 1', 'append a,b,c'])
    commits[0]?.resolve()
    await until('it rests', () => story.at(-1) === 'idle')
    queue.hold()
    expect(queue.isIdle).toBe(false)
    queue.letGo()
    expect(story.slice(2)).toEqual(['release 1 a,b,c', 'released 1', 'idle', 'idle'])
  })

  test('[promise 1] after a failed commit nothing is released any more, and everything that waited fails', async () => {
    const { queue, story, commits, apply, wait } = queueOf()
    apply('a')
    wait('1')
    await until('the commit starts', () => commits.length === 1)
    apply('b')
    wait('2')
    commits[0]?.reject(new Error('full'))
    await until('it failed', () => story.includes('failed'))
    wait('3')
    apply('c')
    expect(story).toEqual(['cut 1', 'append a', 'failed 1', 'failed 2', 'failed', 'failed 3'])
    expect(queue.isIdle).toBe(true)
  })
})
