import type { Countdown } from '@quintet/shared/stage'

interface CountdownWords {
  /** What stands before the seconds. */
  readonly doing: string
  /** What stands there at their end. */
  readonly now: string
  /** The same as one sentence, to be told once. */
  readonly told: string
  /** Who began it, and what it means for one's own words or dots. */
  readonly text: string
}

/** What a countdown says. @param by the name of who began it. */
export function countdownWords(does: Countdown['does'], by: string): CountdownWords {
  switch (does) {
    case 'share':
      return {
        doing: 'Sharing in',
        now: 'Sharing now',
        told: 'All finished drafts are shared in three seconds.',
        text: `${by} reveals all drafts. What is still being typed stays its author’s.`,
      }
    case 'close vote':
      return {
        doing: 'Closing the vote in',
        now: 'Closing the vote now',
        told: 'The vote closes in three seconds.',
        text: `${by} closes the vote. Dots that are placed by then count.`,
      }
  }
}
