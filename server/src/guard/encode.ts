import * as encoding from 'lib0/encoding'
import type { Content, Deletion, Id, Section, Struct } from './structs.ts'

/**
 * Writes an update in Yjs's V1 format, from what was read and judged. What is applied and relayed is this, never the
 * bytes that came: so no reader that is more lenient than ours ever sees them.
 */
export function encode(sections: readonly Section[], deletions: readonly Deletion[]): Uint8Array {
  const out = begin()
  encoding.writeVarUint(out, sections.length)
  for (const { client, structs } of sections) {
    encoding.writeVarUint(out, structs.length)
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, structs[0]?.id.clock ?? 0)
    for (const struct of structs) writeStruct(out, struct)
  }
  encoding.writeVarUint(out, deletions.length)
  for (const { client, ranges } of deletions) {
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, ranges.length)
    for (const [from, to] of ranges) {
      encoding.writeVarUint(out, from)
      encoding.writeVarUint(out, to - from)
    }
  }
  return out.bufs.length === 0 ? out.cbuf.slice(0, out.cpos) : encoding.toUint8Array(out)
}

/** Bytes that an encoder keeps between two updates. */
const KEPT = 64 * 1024

/** One encoder serves all: each update is written in one go, and only what comes out of it is new memory. */
let shared = encoding.createEncoder()

function begin(): encoding.Encoder {
  if (shared.cbuf.length > KEPT) shared = encoding.createEncoder()
  shared.bufs = []
  shared.cpos = 0
  return shared
}

/** Keys and letters are mostly short and plain, and starting the platform's encoder for them costs more than all else. */
function writeText(out: encoding.Encoder, text: string): void {
  if (text.length > SHORT || !isPlain(text)) {
    encoding.writeVarString(out, text)
    return
  }
  encoding.verifyLen(out, text.length + 1)
  out.cbuf[out.cpos++] = text.length
  for (let index = 0; index < text.length; index++) out.cbuf[out.cpos++] = text.charCodeAt(index)
}

const SHORT = 48

function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false
  return true
}

/** What the reader takes for a value. */
type Plain = Parameters<typeof encoding.writeAny>[1]

const CONTENT: Readonly<Record<Content['is'], number>> = { deleted: 1, text: 4, type: 7, values: 8 }

function writeStruct(out: encoding.Encoder, struct: Struct): void {
  const { content, origin, rightOrigin, root, parent, key } = struct
  if (content === null) {
    encoding.writeUint8(out, 0)
    encoding.writeVarUint(out, struct.length)
    return
  }
  const alone = origin === null && rightOrigin === null
  const info = CONTENT[content.is] | (origin ? 128 : 0) | (rightOrigin ? 64 : 0) | (key === null ? 0 : 32)
  encoding.writeUint8(out, info)
  if (origin) writeId(out, origin)
  if (rightOrigin) writeId(out, rightOrigin)
  if (alone) {
    encoding.writeVarUint(out, root === null ? 0 : 1)
    if (root !== null) writeText(out, root)
    else if (parent !== null) writeId(out, parent)
    if (key !== null) writeText(out, key)
  }
  writeContent(out, content, struct.length)
}

function writeId(out: encoding.Encoder, { client, clock }: Id): void {
  encoding.writeVarUint(out, client)
  encoding.writeVarUint(out, clock)
}

function writeContent(out: encoding.Encoder, content: Content, length: number): void {
  switch (content.is) {
    case 'deleted':
      encoding.writeVarUint(out, length)
      return
    case 'text':
      writeText(out, content.text)
      return
    case 'type':
      encoding.writeVarUint(out, content.type === 'map' ? 1 : 2)
      return
    case 'values':
      encoding.writeVarUint(out, content.values.length)
      for (const value of content.values) encoding.writeAny(out, value as Plain)
      return
  }
}
