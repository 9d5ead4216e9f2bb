/**
 * Identifiers. Each kind is a branded string, so that a person's id cannot be passed where a note's is meant.
 * On the wire and in documents they are plain strings of the URL-safe alphabet.
 */
declare const kind: unique symbol
type Id<Kind extends string> = string & { readonly [kind]: Kind }

export type WorkshopId = Id<'workshop'>
export type PersonId = Id<'person'>
export type NoteId = Id<'note'>
export type GroupId = Id<'group'>
export type KudosId = Id<'kudos'>
/** A step of an agenda; unique within the agenda, so that a repeated step is told from its first run. */
export type StepId = Id<'step'>
/** One round of a vote. */
export type RoundId = Id<'round'>
/** What somebody asked facilitators to add. */
export type RequestId = Id<'request'>
/** Names one command of one client; a repeat of it gets the first answer. */
export type CommandId = Id<'command'>

/** What an id may look like anywhere: 1 to 40 characters of `A-Z a-z 0-9 _ -`. */
export const ID_PATTERN = /^[A-Za-z0-9_-]{1,40}$/

/** Names that mean something to JavaScript objects and are therefore never an id. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])

/** Whether a string from outside may be used as an id of any kind. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && ID_PATTERN.test(text) && !RESERVED.has(text)
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Spells random bytes in the URL-safe alphabet of RFC 4648 section 5, without padding.
 * 12 bytes give the 16 characters of an id, 16 bytes the 22 of a key (128 bits).
 */
export function spell(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    bits = (bits << 8) | byte
    held += 8
    while (held >= 6) {
      held -= 6
      text += ALPHABET.charAt((bits >> held) & 63)
    }
    bits &= (1 << held) - 1
  }
  return held > 0 ? text + ALPHABET.charAt((bits << (6 - held)) & 63) : text
}

/** Bytes of randomness in a fresh id (96 bits: no two in a workshop's life). */
export const ID_BYTES = 12
/** Bytes of randomness in a key or cookie (128 bits: not to be guessed). */
export const KEY_BYTES = 16
