import type { Agenda, AgendaPoint } from '@quintet/shared/agenda'
import type { Command, CommandName } from '@quintet/shared/commands'
import { addDraft } from '@quintet/shared/draftEdits'
import type { NoteId, PersonId, RequestId, RoundId, StepId } from '@quintet/shared/ids'
import { COUNTDOWN } from '@quintet/shared/moves'
import { draftEntry, readDraft } from '@quintet/shared/notebook'
import { SCREEN_SEAT } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { expect, test } from 'vitest'
import { handClock } from './testing/handClock.ts'
import { codeOf, command } from './testing/rhythm.ts'
import { OBSERVER_SEAT } from './testing/rig.ts'
import { note, setScene } from './testing/scene.ts'
import { until } from './testing/until.ts'

/**
 * Every command tried by everybody, against a running server: those who may not are refused and nothing is written;
 * those who may are heard, which shows that the command was sound.
 */
const scene = setScene()

const SEATS = {
  facilitator: 'person-0',
  /** Whose the draft, the note and the request are that commands are about. */
  author: 'person-1',
  member: 'person-2',
  observer: OBSERVER_SEAT,
  /** The big screen, opened with the facilitator's own cookie. */
  screen: SCREEN_SEAT,
} as const
type Who = keyof typeof SEATS
const EVERYBODY = Object.keys(SEATS) as Who[]

/** Who may give a command, as this workshop stands; the facilitator may give all but those about another's draft. */
const MAY: Readonly<Record<CommandName, readonly Who[]>> = {
  move: ['facilitator'],
  'stop countdown': ['facilitator'],
  'share draft': ['author'],
  'withdraw note': ['author'],
  'hide note': ['facilitator'],
  'bring back note': ['facilitator', 'author'],
  'ask to add': ['facilitator', 'author', 'member'],
  'answer request': ['facilitator'],
  'lock phase': ['facilitator'],
  mark: ['facilitator'],
  'reopen vote': ['facilitator'],
  'vote again': ['facilitator'],
  done: ['facilitator', 'author', 'member'],
  'start timer': ['facilitator'],
  'pause timer': ['facilitator'],
  'resume timer': ['facilitator'],
  'extend timer': ['facilitator'],
  'reset timer': ['facilitator'],
  'rename workshop': ['facilitator'],
  'close workshop': ['facilitator'],
  'reopen workshop': ['facilitator'],
  'rename person': ['facilitator', 'author'],
  'remove person': ['facilitator'],
}

const point = (phase: AgendaPoint['phase'], step: string): AgendaPoint => ({ phase, step: step as StepId })
const [OPEN, VOTE, DECIDE] = [point('principles', 'open'), point('principles', 'vote'), point('principles', 'decide')]
const AGENDA: Agenda = {
  phases: [
    {
      phase: 'principles',
      steps: [
        { id: OPEN.step, kind: 'open', duration: 0 },
        { id: VOTE.step, kind: 'vote', duration: 0, budget: 3 },
        { id: DECIDE.step, kind: 'decide', duration: 0 },
      ],
    },
  ],
}

type Body = Parameters<typeof command>[0]
const N1 = 'n1' as NoteId
const DRAFT = 'd1' as NoteId
const [AUTHOR, MEMBER] = [SEATS.author, SEATS.member] as [PersonId, PersonId]

async function workshop() {
  const clock = handClock({ goes: false })
  const rig = await scene.start({ clock, agenda: AGENDA, write: (board) => void note(N1)(board) })
  const tabs = Object.fromEntries(EVERYBODY.map((who) => [who, scene.enter(SEATS[who], 'stage')])) as Record<
    Who,
    ReturnType<typeof scene.enter>
  >
  const notebook = scene.enter(AUTHOR, 'notebook')
  await Promise.all([...Object.values(tabs), notebook].map((tab) => tab.synced()))
  const draft = { id: DRAFT, phase: 'principles', author: AUTHOR, at: 1, text: 'A draft', order: 'a0' } as const
  addDraft({ ...draft, under: null, ready: true })(notebook.doc)
  await notebook.saved()
  const room = await rig.rooms.open(rig.workshop)
  const say = async (who: Who, body: Body) => codeOf(await tabs[who].command(command(body)))
  /** Updates so far of what several people read. A notebook is stamped when it is opened for the first time. */
  const written = () => {
    const updates = rig.store.appends.flatMap(({ updates }) => updates ?? [])
    return updates.filter(({ document }) => !document.startsWith('notebook:')).length
  }
  const tried = new Set<CommandName>()

  /** Lets everybody who may not try, and then those who may. @param sounds what those who may are answered, each in turn. */
  const tries = async (body: Body, sounds: readonly Who[] = MAY[body.name]) => {
    tried.add(body.name)
    for (const who of EVERYBODY.filter((each) => !MAY[body.name].includes(each))) {
      const before = written()
      const code = await say(who, body)
      // One's own things are asked for by name, and the facilitator finds none of that name among theirs.
      const expected = body.name === 'share draft' && who !== 'observer' && who !== 'screen' ? 'invalid' : 'forbidden'
      expect([body.name, who, code, written() - before]).toEqual([body.name, who, expected, 0])
    }
    for (const who of sounds) expect([body.name, who, await say(who, body)]).toEqual([body.name, who, 'ok'])
  }
  /** Goes from the vote to Decide, through the countdown. */
  const toDecide = async () => {
    await say('facilitator', { name: 'move', from: VOTE, to: DECIDE })
    clock.forward(COUNTDOWN)
    await until('everybody reads that it is closed', () => readStage(tabs.facilitator.doc)?.at.step === DECIDE.step)
  }
  const became = () => readDraft(DRAFT, draftEntry(notebook.doc, DRAFT))?.became
  return { rig, room, tries, say, toDecide, became, tried, tabs }
}

test('[P1][P10][P16] no command does anything for somebody who may not give it', { timeout: 60_000 }, async () => {
  const { room, tries, say, toDecide, became, tried, tabs } = await workshop()
  const bringBack = { name: 'bring back note', note: N1 } as const

  await tries({ name: 'start timer', duration: 60_000 })
  await tries({ name: 'pause timer' })
  await tries({ name: 'resume timer' })
  await tries({ name: 'extend timer', by: 60_000 })
  await tries({ name: 'reset timer' })
  await tries({ name: 'rename workshop', title: 'Renamed' })
  await tries({ name: 'mark', outcome: N1, mark: 'kept', on: true })
  await tries({ name: 'share draft', draft: DRAFT })
  await until('the author knows the note', () => typeof became() === 'string')
  await tries({ name: 'withdraw note', note: became() as NoteId, removed: true })
  await tries({ name: 'hide note', note: N1 })
  // A hidden note is not its author's to bring back; one that is only removed is.
  expect(await say('author', bringBack)).toBe('forbidden')
  await tries(bringBack, ['facilitator'])
  await tries(bringBack, ['author'])
  await tries({ name: 'ask to add', request: 'q1' as RequestId, phase: 'principles', text: 'More', note: null }, [
    'author',
  ])
  await tries({ name: 'answer request', request: 'q1' as RequestId, accept: true })
  await tries({ name: 'lock phase', phase: 'principles', locked: true })
  await tries({ name: 'lock phase', phase: 'principles', locked: false })
  await tries({ name: 'rename person', person: AUTHOR, to: 'Kofi' })
  await tries({ name: 'move', from: OPEN, to: VOTE })
  await say('facilitator', { name: 'move', from: VOTE, to: DECIDE })
  await tries({ name: 'stop countdown', countdown: room.stage.countdown?.endsAt ?? 0 })
  await toDecide()
  await tries({ name: 'reopen vote', from: DECIDE, round: room.stage.rounds[0]?.id as RoundId })
  await toDecide()
  await tries({ name: 'vote again', from: DECIDE, step: VOTE })
  await toDecide()
  await tries({ name: 'close workshop', from: DECIDE })
  await tries({ name: 'reopen workshop' })
  await tries({ name: 'done', step: DECIDE, done: true })
  // The server counts once a second by itself, which is nothing that somebody's command wrote.
  await until('they are counted', () => room.stage.progress.done === MAY.done.length)
  await tries({ name: 'remove person', person: MEMBER })
  expect([...tried].toSorted()).toEqual(Object.keys(MAY).toSorted())

  // Whoever was removed is heard no more, whatever they say.
  await until('they are out', () => tabs.member.closes.length > 0)
  const removed = { person: MEMBER, role: 'member' } as const
  for (const name of Object.keys(MAY) as CommandName[]) {
    const any = {
      name,
      person: MEMBER,
      to: 'Me',
      request: 'q2',
      phase: 'principles',
      text: 'More',
      note: N1,
      step: DECIDE,
    }
    const reply = await room.command(removed, command(any as unknown as Body) as Command)
    expect([name, codeOf(reply)]).toEqual([name, 'forbidden'])
  }
})
