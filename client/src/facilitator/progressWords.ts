import type { Progress } from '@quintet/shared/stage'

/** How far people are, in two short pieces and as circles. */
export interface ProgressWords {
  readonly first: string
  /** What stands after it or below; may be empty. */
  readonly second: string
  /** What stands between them in one line. */
  readonly between: ', ' | ' '
  /** Circles, and how many of them are filled. */
  readonly all: number
  readonly filled: number
}

const are = (count: number, doing: string) => `${count} ${count === 1 ? 'is' : 'are'} ${doing}`

/** The words for a step in which each works alone. @param people in the workshop's list. */
export function progressWords(step: 'write' | 'vote', progress: Progress, people: number): ProgressWords {
  const { writing, done, voted } = progress
  if (step === 'vote')
    return {
      first: `${voted} ${voted === 1 ? 'has' : 'have'} voted`,
      second: `of ${people} ${people === 1 ? 'person' : 'people'}`,
      between: ' ',
      all: people,
      filled: Math.min(voted, people),
    }
  return {
    first: haveWritten(writing, done),
    second: done === 0 && writing === 0 ? '' : are(done, 'done'),
    between: ', ',
    all: people,
    filled: Math.min(done, people),
  }
}

/** Those who are done may be among those who have written, so once somebody is, nobody is said to be still at it. */
function haveWritten(writing: number, done: number): string {
  if (writing === 0) return 'Nobody has written yet'
  return done === 0 ? are(writing, 'writing') : `${writing} ${writing === 1 ? 'has' : 'have'} written`
}
