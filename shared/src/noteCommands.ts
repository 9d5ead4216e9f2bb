import { isAnonymous } from './agenda.ts'
import type { OutcomeId } from './board.ts'
import type { CommandActor, Decision, World } from './commands.ts'
import { done, refuse } from './decisions.ts'
import type { NoteId } from './ids.ts'
import { LIMITS } from './limits.ts'
import type { PhaseId } from './phases.ts'
import { may, mayStill } from './rules.ts'
import { type Mark, type StageView, stepKindIn } from './stage.ts'

/** The commands about notes and groups: share a draft, withdraw one's own, hide and bring back, mark an outcome. Decided as {@link decide} does. */

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
  if (world.count('notes') >= LIMITS.notesPerWorkshop)
    return refuse('invalid', 'The board is full, so nothing was shared. This draft stays yours alone.')
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
  if (!removed && world.binned(note)?.hidden) return refuse('forbidden', HIDDEN)
  const subject = { phase: draft.phase, author: actor.person }
  const verdict = mayStill('withdraw', actor, stage, subject, world.now)
  if (!verdict.allowed) return refuse('invalid', `${verdict.reason} Nothing was changed.`)
  return done({}, { is: 'remove note', note, removed })
}

const HIDDEN = 'A facilitator hid this note, and can bring it back. Its words are kept until then.'

/** Takes a note off the wall with its words. No step, lock or close stands in the way of what nobody is to read. */
export function hide(id: NoteId, world: World): Decision {
  if (!world.note(id)) return refuse('invalid', 'There is no such note. Nothing was hidden.')
  // A repeat finds that it is hidden.
  return world.binned(id)?.hidden ? done({}) : done({}, { is: 'hide note', note: id })
}

/** Brings a note back with its words, as whoever may remove it; a hidden one whenever a facilitator wants. */
export function bringBack(stage: StageView, actor: CommandActor, id: NoteId, world: World): Decision {
  const note = world.note(id)
  if (!note) return refuse('invalid', 'There is no such note. Nothing was changed.')
  const isHidden = world.binned(id)?.hidden === true
  if (actor.role !== 'facilitator') {
    const own = note.author === actor.person || world.ownDraftOf(id) !== undefined
    if (!own) return refuse('forbidden', 'Its author or a facilitator can bring it back. Nothing was changed.')
    if (isHidden) return refuse('forbidden', HIDDEN)
  }
  // A repeat finds that it stands.
  if (!note.removed) return done({})
  if (isHidden) return done({}, { is: 'bring back note', note: id })
  const act = note.author === null && actor.role !== 'facilitator' ? 'withdraw' : 'remove'
  const verdict = mayStill(act, actor, stage, { phase: note.phase, author: note.author }, world.now)
  if (!verdict.allowed) return refuse('invalid', `${verdict.reason} Its words are kept.`)
  return done({}, { is: 'bring back note', note: id })
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
