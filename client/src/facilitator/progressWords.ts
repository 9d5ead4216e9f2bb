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
    first: writing === 0 ? (done === 0 ? 'Nobody has written yet' : 'Nobody is writing') : are(writing, 'writing'),
    second: done === 0 && writing === 0 ? '' : are(done, 'done'),
    between: ', ',
    all: writing + done,
    filled: done,
  }
}
