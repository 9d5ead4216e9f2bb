/** The five phases and the steps that each may run. The words here are the words of the interface and of the exports. */

export const PHASE_IDS = ['principles', 'ideal', 'gaps', 'actions', 'owners'] as const
export type PhaseId = (typeof PHASE_IDS)[number]

export interface Phase {
  readonly name: string
  /** What the phase asks, word for word as it stands over the wall. */
  readonly question: string
  /** What one note of the phase is called, singular and plural. */
  readonly one: string
  readonly many: string
  /** The phase whose notes this one's hang under: the golden thread. */
  readonly under: PhaseId | null
}

export const PHASES: Readonly<Record<PhaseId, Phase>> = {
  principles: {
    name: 'Principles',
    question: 'What do we stand for, for the people we serve?',
    one: 'principle',
    many: 'principles',
    under: null,
  },
  ideal: {
    name: 'Ideal state',
    question: 'If all went right, what would our customers see and say?',
    one: 'statement',
    many: 'statements',
    under: 'principles',
  },
  gaps: {
    name: 'Gaps',
    question: 'What stands between today and that?',
    one: 'gap',
    many: 'gaps',
    under: 'ideal',
  },
  actions: {
    name: 'Actions',
    question: 'What do we do about it?',
    one: 'action',
    many: 'actions',
    under: 'gaps',
  },
  owners: {
    name: 'Owners',
    question: 'Who owns each action, by when, and what is the first step?',
    one: 'owner',
    many: 'owners',
    under: null,
  },
}

export function isPhaseId(value: unknown): value is PhaseId {
  return PHASE_IDS.some((phase) => phase === value)
}

export const STEP_KINDS = ['open', 'write', 'share', 'group', 'vote', 'decide', 'owners'] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** What a step makes possible. Removing a note follows `ownWords`. */
export interface StepAbilities {
  /** Where a new note goes: live to the wall, secretly into one's notebook, late out of it, or nowhere. */
  readonly newNotes: 'wall' | 'drafts' | 'late' | null
  readonly ownWords: boolean
  readonly othersWords: boolean
  /** Where a note stands, and its groups. */
  readonly place: boolean
  /** What a note hangs under; `drafts` where only one's own drafts can be hung. */
  readonly thread: boolean | 'drafts'
  readonly ballots: boolean
}

export interface Step {
  readonly name: string
  readonly may: StepAbilities
}

const DECIDE: StepAbilities = {
  newNotes: 'wall',
  ownWords: true,
  othersWords: true,
  place: true,
  thread: true,
  ballots: false,
}

/** The step table. Both sides read it: the server to refuse, the client to offer and to explain. */
export const STEPS: Readonly<Record<StepKind, Step>> = {
  open: { name: 'Open', may: DECIDE },
  write: {
    name: 'Write',
    may: { newNotes: 'drafts', ownWords: false, othersWords: false, place: false, thread: 'drafts', ballots: false },
  },
  share: {
    name: 'Share',
    may: { newNotes: 'late', ownWords: true, othersWords: false, place: false, thread: false, ballots: false },
  },
  group: {
    name: 'Group',
    may: { newNotes: null, ownWords: true, othersWords: false, place: true, thread: true, ballots: false },
  },
  vote: {
    name: 'Vote',
    may: { newNotes: null, ownWords: false, othersWords: false, place: false, thread: false, ballots: true },
  },
  decide: { name: 'Decide', may: DECIDE },
  owners: { name: 'Owners', may: DECIDE },
}
