import fc from 'fast-check'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import { type Command, decodeCommand } from './commands.ts'
import type { CommandId, NoteId, PersonId } from './ids.ts'
import { LIMITS } from './limits.ts'
import {
  CLOSE,
  DOCUMENT_ACCESS,
  DOCUMENT_NAMES,
  decodeClock,
  decodeRefusal,
  decodeReply,
  decodeSavedMark,
  encodeClock,
  encodeCommand,
  encodeRefusal,
  encodeReply,
  encodeSavedMark,
  HEARTBEAT,
  MESSAGE,
  mayOpen,
  mayWrite,
  presenceShape,
  REFUSAL_CODES,
  REPLY_CODES,
  type Refusal,
  type Reply,
  stampedPresenceShape,
} from './protocol.ts'
import { pointOf } from './workshop.fixture.ts'

/** A decoder of a message, behind its type, which must be the one that is expected. */
function body(message: Uint8Array, type: number): decoding.Decoder {
  const decoder = decoding.createDecoder(message)
  expect(decoding.readVarUint(decoder)).toBe(type)
  return decoder
}

/** A message's body as a stranger may write it. */
function foreignBody(json: string): decoding.Decoder {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, json)
  return decoding.createDecoder(encoding.toUint8Array(encoder))
}

function utf8Length(text: string): number {
  const encoder = encoding.createEncoder()
  encoding.writeTerminatedString(encoder, text)
  return encoding.length(encoder) - 1
}

const id = 'c1' as CommandId
const words = fc.string({ unit: 'grapheme', maxLength: 100 })

describe('documents', () => {
  it.each([
    ['stage', 'facilitator member observer', ''],
    ['board', 'facilitator member observer', 'facilitator member'],
    ['notebook', 'facilitator member', 'facilitator member'],
    ['desk', 'facilitator', 'facilitator'],
  ] as const)('%s is read by %j and written by %j', (name, reads, writes) => {
    const roles = ['facilitator', 'member', 'observer'] as const
    expect(roles.filter((role) => mayOpen(name, role)).join(' ')).toBe(reads)
    expect(roles.filter((role) => mayWrite(name, role)).join(' ')).toBe(writes)
  })

  it('are written by nobody who does not read them', () => {
    for (const name of DOCUMENT_NAMES)
      for (const role of DOCUMENT_ACCESS[name].writes) expect(DOCUMENT_ACCESS[name].reads).toContain(role)
  })
})

describe('message types and close codes', () => {
  it('are told apart, and y-websocket’s own are where it has them', () => {
    const types = Object.values(MESSAGE)
    expect(new Set(types).size).toBe(types.length)
    expect([MESSAGE.sync, MESSAGE.presence, MESSAGE.queryPresence]).toEqual([0, 1, 3])
    const { impossible, ...others } = CLOSE
    const codes = Object.values(others).map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    // To a script both say that this is not its to write; the sentences differ.
    expect(impossible.code).toBe(CLOSE.forbidden.code)
    expect(impossible.reason).not.toBe(CLOSE.forbidden.reason)
  })

  it('are final only where coming back would not help', () => {
    const final = Object.entries(CLOSE).filter(([, { code }]) => code >= 4400 && code < 4500)
    expect(final.map(([name]) => name).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'badRequest',
      'forbidden',
      'impossible',
      'malformed',
      'newVersion',
      'noWorkshop',
      'removed',
      'restored',
      'unknownSeat',
    ])
  })

  it('say in at most 123 bytes, which is all that a close frame takes, what happened', () => {
    for (const { reason } of Object.values(CLOSE)) {
      expect(utf8Length(reason)).toBeLessThanOrEqual(123)
      expect(reason).toMatch(/^[A-Z][^!]*\.$/)
    }
  })

  it('come more often than y-websocket waits for a silent server', () => {
    expect(HEARTBEAT).toBeLessThan(30_000)
  })
})

describe('a command on the wire', () => {
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.constantFrom<Command>(
      { id, name: 'pause timer' },
      { id, name: 'start timer', duration: 5 },
      { id, name: 'move', from: pointOf('gaps', 'open'), to: pointOf('actions', 'open') },
    ),
    words
      .map((title) => title.replace(/\s+/gu, ' ').trim())
      .filter((title) => title !== '' && title.isWellFormed() && title.length <= LIMITS.title)
      .map((title): Command => ({ id, name: 'rename workshop', title })),
  )

  it('arrives as it was sent', () => {
    fc.assert(
      fc.property(command, (sent) => {
        expect(decodeCommand(body(encodeCommand(sent), MESSAGE.command))).toEqual(sent)
      }),
    )
  })

  it.each(['', 'null', '[]', '{}', '{"id":"c1","name":"fly"}', '{"id":"c1"', '{"id":"c1","name":"pause timer"}x'])(
    'is refused as %j',
    (json) => {
      expect(() => decodeCommand(foreignBody(json))).toThrow()
    },
  )

  it('is refused past its size, before it is read', () => {
    const filler = ' '.repeat(LIMITS.commandBytes)
    expect(() => decodeCommand(foreignBody(`{"id":"c1","name":"pause timer"}${filler}`))).toThrow('too long')
  })

  it('is refused when there is more behind it', () => {
    const message = encodeCommand({ id, name: 'pause timer' })
    expect(() => decodeCommand(body(Uint8Array.of(...message, 0), MESSAGE.command))).toThrow('trailing')
  })
})

describe('replies and refusals on the wire', () => {
  const reply: fc.Arbitrary<Reply> = fc.oneof(
    fc.constant<Reply>({ id: 'c1', ok: true }),
    fc.record({
      id: fc.constant('c1'),
      ok: fc.constant(false as const),
      code: fc.constantFrom(...REPLY_CODES),
      message: words,
    }),
  )
  const refusal: fc.Arbitrary<Refusal> = fc.record({
    code: fc.constantFrom(...REFUSAL_CODES),
    path: words,
    message: words,
  })

  it('arrive as they were sent', () => {
    fc.assert(
      fc.property(reply, refusal, (answer, no) => {
        expect(decodeReply(body(encodeReply(answer), MESSAGE.reply))).toEqual(answer)
        expect(decodeRefusal(body(encodeRefusal(no), MESSAGE.refusal))).toEqual(no)
      }),
    )
  })

  it.each(['{}', '{"id":"c1"}', '{"id":"c1","ok":false}', '{"id":"c1","ok":false,"code":"tired","message":""}', '1'])(
    'are refused as %j',
    (json) => {
      expect(() => decodeReply(foreignBody(json))).toThrow()
      expect(() => decodeRefusal(foreignBody(json))).toThrow()
    },
  )
})

describe('saved-marks and clocks on the wire', () => {
  it('arrive as they were sent', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (first, second) => {
        expect(decodeSavedMark(body(encodeSavedMark(first), MESSAGE.savedMark))).toBe(first)
        expect(decodeClock(body(encodeClock(first, second), MESSAGE.clock))).toEqual({ asked: first, now: second })
        expect(decodeClock(body(encodeClock(first), MESSAGE.clock))).toEqual({ asked: first, now: undefined })
      }),
    )
  })

  it('carry whole milliseconds, none of them negative', () => {
    expect(decodeClock(body(encodeClock(-1, 1.6), MESSAGE.clock))).toEqual({ asked: 0, now: 2 })
  })
})

describe('whatever bytes come', () => {
  it('are read as a message, or refused by throwing', () => {
    const readers = [decodeCommand, decodeReply, decodeRefusal, decodeSavedMark, decodeClock]
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(...readers), (bytes, read) => {
        try {
          expect(read(decoding.createDecoder(bytes))).toBeDefined()
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('that end too early are refused', () => {
    for (const message of [
      encodeCommand({ id, name: 'pause timer' }),
      encodeReply({ id, ok: true }),
      encodeSavedMark(300),
    ])
      for (let length = 1; length < message.length; length++) {
        const decoder = decoding.createDecoder(message.slice(0, length))
        const type = decoding.readVarUint(decoder)
        const read = { [MESSAGE.command]: decodeCommand, [MESSAGE.reply]: decodeReply }[type] ?? decodeSavedMark
        expect(() => read(decoder)).toThrow()
      }
  })
})

describe('presence', () => {
  const editing = { id: 'n1' as NoteId, field: 'text' as const }

  it('says which field a person has open, or none', () => {
    expect(presenceShape({ editing, person: 'else', more: 1 })).toEqual({ editing })
    expect(presenceShape({ editing: null })).toEqual({ editing: null })
    const stamped = { editing, person: 'maren' as PersonId, observer: false }
    expect(stampedPresenceShape(stamped)).toEqual(stamped)
  })

  it.each([null, {}, { editing: 'n1' }, { editing: { id: 'n1' } }, { editing: { id: 'a b', field: 'text' } }])(
    'is refused as %j',
    (value) => {
      expect(presenceShape(value)).toBeUndefined()
    },
  )

  it('is not stamped with nobody', () => {
    expect(stampedPresenceShape({ editing: null, observer: false })).toBeUndefined()
    expect(stampedPresenceShape({ editing: null, observer: false, person: '__proto__' })).toBeUndefined()
  })
})
