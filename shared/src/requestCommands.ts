import { isAnonymous } from './agenda.ts'
import type { Addition, CommandActor, Decision, World } from './commands.ts'
import { done, refuse } from './decisions.ts'
import type { AddRequest } from './desk.ts'
import type { NoteId, PersonId, RequestId } from './ids.ts'
import { LIMITS } from './limits.ts'
import { revealTime } from './noteCommands.ts'
import { PHASES, type PhaseId } from './phases.ts'
import { positionOf, type StageView } from './stage.ts'

/**
 * The commands with which words come to a wall that their author may not write on: somebody asks, and a facilitator
 * accepts or declines. Decided as {@link decide} does.
 */
interface Asking {
  readonly request: RequestId
  readonly phase: PhaseId
  readonly text: string
  readonly note: NoteId | null
}

/** Puts a request before the facilitators. In an anonymous phase they are not told whose it is. */
export function askToAdd(stage: StageView, actor: CommandActor, asking: Asking, world: World): Decision {
  const { request: id, phase, text, note } = asking
  const asked = world.asked()
  // A repeat finds that it was asked, and perhaps answered.
  if (asked.has(id)) return done({})
  if (stage.state === 'closed')
    return refuse('closed', 'The workshop is closed, so nothing is added to it. Your words stay with you.')
  if (positionOf(stage, phase) === 'absent' || phase === 'owners')
    return refuse('invalid', `No notes are added to ${PHASES[phase].name} here. Your words stay with you.`)
  if (world.request(id)) return refuse('invalid', 'This request’s name is in use. Your words stay with you: ask again.')
  const waiting = [...asked.values()].filter((each) => each === 'waiting').length
  if (waiting >= LIMITS.requestsPerPerson || world.count('requests') >= LIMITS.requestsPerWorkshop)
    return refuse(
      'invalid',
      'Too many requests are waiting. Your words stay with you: ask again when some were answered.',
    )
  const { author: person, at } = signatureIn(stage, phase, actor.person, world)
  return done({}, { is: 'keep request', request: { id, person, phase, text, note, at } })
}

/** Adds what was asked for, whatever is locked, or declines to. */
export function answerRequest(
  stage: StageView,
  { request: id, accept }: { readonly request: RequestId; readonly accept: boolean },
  world: World,
): Decision {
  const request = world.request(id)
  if (!request) return refuse('stale', 'This request was answered already. Nothing was changed.')
  if (!accept) return done({}, { is: 'answer request', request, add: null })
  if (stage.state === 'closed')
    return refuse('closed', 'The workshop is closed, so nothing is added to it. Reopen it first, or decline.')
  const add = additionOf(stage, request, world)
  if (add.is === 'note' && world.count('notes') >= LIMITS.notesPerWorkshop)
    return refuse('invalid', 'The board is full, so nothing was added. The request still waits.')
  return done({}, { is: 'answer request', request, add })
}

function additionOf(stage: StageView, { person, phase, note: id }: AddRequest, world: World): Addition {
  const note = id === null ? undefined : world.note(id)
  if (note && !note.removed && note.phase === phase) return { is: 'words', note: note.id }
  return { is: 'note', ...signatureIn(stage, phase, person, world) }
}

/** Whose words are said to be, and when they came. Where names are left out, the moment would tell whose they are. */
function signatureIn(
  stage: StageView,
  phase: PhaseId,
  person: PersonId | null,
  { now }: World,
): { readonly author: PersonId | null; readonly at: number } {
  return isAnonymous(stage.agenda, phase) ? { author: null, at: revealTime(stage, phase) } : { author: person, at: now }
}
