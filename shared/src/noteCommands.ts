import { isAnonymous } from './agenda.ts'
import type { OutcomeId } from './board.ts'
import type { CommandActor, Decision, World } from './commands.ts'
import { done, refuse } from './decisions.ts'
import type { NoteId } from './ids.ts'
import { LIMITS } from './limits.ts'
import type { PhaseId } from './phases.ts'
import { may, mayStill } from './rules.ts'
import { type Mark, type StageView, stepKindIn } from './stage.ts'

/** The commands about notes and groups: share a draft, withdraw one's own, mark an outcome. Decided as {@link decide} does. */

/** Brings one of one's own drafts to the wall, at once or, where it would name its author, with the next move. */
export function shareDraft(stage: StageView, actor: CommandActor, id: NoteId, world: World): Decision {
  const draft = world.draft(id)
  // A repeat finds that it was shared already.
  if (draft && draft.became !== null) return done({})
  if (!draft || draft.removed || draft.text.trim() === '')
    return refuse('invalid', 'There is no such draft with words. Nothing was shared.')
  if (draft.text.length > LIMITS.noteMerged)
    return refuse('invalid', 'This draft is too long for one note. It stays yours alone: make two of it.')
  const anonymous = isAnonymous(stage.agenda, draft.phase)
  const subject = { phase: draft.phase, author: actor.person }
  // One that was on its way when the group moved on still counts; but coming alone would name an anonymous author.
  const verdict = anonymous ? may('share', actor, stage, subject) : mayStill('share', actor, stage, subject, world.now)
  if (!verdict.allowed) return refuse('invalid', `${verdict.reason} It stays yours alone.`)
  // Alone and at this moment an anonymous note would name its author to everyone who looks: it lands with the next move.
  const waits = anonymous && stepKindIn(stage, draft.phase) === 'share'
  if (waits) return draft.ready ? done({}) : refuse('invalid', 'Finish this note first: it lands with the next move.')
  const at = anonymous ? revealTime(stage, draft.phase) : world.now
  return done({}, { is: 'share draft', draft: id, at, anonymous })
}

/** The only time that an anonymous note carries: that of the phase's last reveal, if it is the workshop's last. */
export function revealTime(stage: StageView, phase: PhaseId): number {
  return stage.reveal?.phase === phase ? stage.reveal.at : stage.createdAt
}

/** Takes a note off the wall that was a draft of one's own, or brings it back. */
export function withdraw(
  stage: StageView,
  actor: CommandActor,
  { note, removed }: { readonly note: NoteId; readonly removed: boolean },
  world: World,
): Decision {
  const draft = world.ownDraftOf(note)
  if (!draft) return refuse('forbidden', 'This note is not one of yours. Nothing was changed.')
  const subject = { phase: draft.phase, author: actor.person }
  const verdict = mayStill('withdraw', actor, stage, subject, world.now)
  if (!verdict.allowed) return refuse('invalid', `${verdict.reason} Nothing was changed.`)
  return done({}, { is: 'remove note', note, removed })
}

/** Says that an outcome is kept, parked or true already, or that it is not. */
export function mark(
  stage: StageView,
  actor: CommandActor,
  { outcome, mark, on }: { readonly outcome: OutcomeId; readonly mark: Mark; readonly on: boolean },
  world: World,
): Decision {
  const phase = world.phaseOf(outcome)
  if (!phase) return refuse('invalid', 'This is not on the wall any more. Nothing was changed.')
  const verdict = may('mark', actor, stage, { phase, author: null })
  if (!verdict.allowed)
    return refuse(stage.state === 'closed' ? 'closed' : 'invalid', `${verdict.reason} Nothing was changed.`)
  if (mark === 'true' && phase !== 'ideal')
    return refuse('invalid', 'Only an ideal-state statement can be true already. Nothing was changed.')
  const { [mark]: was, ...rest } = stage.marks.get(outcome) ?? {}
  if ((was === true) === on) return done({})
  return done({ marks: [[outcome, on ? { ...rest, [mark]: true } : rest]] })
}
