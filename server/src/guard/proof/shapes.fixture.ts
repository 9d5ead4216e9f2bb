import type { DocumentName } from '@quintet/shared/protocol'
import { type Deed, NOW } from './policy.fixture.ts'

/**
 * The shapes of the guarded documents a second time, as the architecture states them, and by which deed each part comes and
 * changes. Like the policy it shares no code with what it is held against.
 */
export interface Field {
  readonly is: 'value' | 'text'
  readonly isValid: (value: unknown) => boolean
  readonly change: Deed
  /** Whether an entry may lack it, so that it can come later, by which deed. */
  readonly later?: Deed
}

export interface Kind {
  readonly create: Deed
  /** Whether an entry under the same id may be put in the place of another. */
  readonly again?: true
  /** Fields that stay as they are once they are there, whoever comes. */
  readonly keeps?: readonly string[]
  readonly field: (key: string) => Field | undefined
  readonly needs: readonly string[]
}

const PHASES = ['principles', 'ideal', 'gaps', 'actions', 'owners']
const isId = (value: unknown) =>
  typeof value === 'string' &&
  value.length >= 1 &&
  value.length <= 40 &&
  [...value].every((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'.includes(sign)) &&
  !['__proto__', 'constructor', 'prototype'].includes(value)
const isIdOrNothing = (value: unknown) => value === null || isId(value)
const isPhase = (value: unknown) => typeof value === 'string' && PHASES.includes(value)
const isFlag = (value: unknown) => value === true || value === false
const isTime = (value: unknown) => typeof value === 'number' && Number.isSafeInteger(value)
/** A note is dated between a day before its workshop began, which was at 0, and a day from now. */
const isNoteTime = (value: unknown) =>
  isTime(value) && Number(value) >= -86_400_000 && Number(value) <= NOW + 86_400_000
const isOrder = (value: unknown) => typeof value === 'string' && value.length <= 100
const isPlace = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && isIdOrNothing(value[0]) && isOrder(value[1])
const isOwner = (value: unknown) => {
  if (value === null) return true
  if (typeof value !== 'object') return false
  const text = JSON.stringify(value)
  if (/^\{"person":"[A-Za-z0-9_-]{1,40}"\}$/.test(text)) return true
  const name = (value as { name?: unknown }).name
  return text === JSON.stringify({ name }) && typeof name === 'string' && name.length <= 60 && name.trim() !== ''
}
const isDue = (value: unknown) =>
  value === null || (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)))
const isStatus = (value: unknown) => ['open', 'doing', 'done', 'dropped'].includes(String(value))

const value = (isValid: Field['isValid'], change: Deed): Field => ({ is: 'value', isValid, change })
const text = (most: number, change: Deed): Field => ({
  is: 'text',
  isValid: (words) => typeof words === 'string' && words.length <= most,
  change,
})

function kind(create: Deed, fields: Readonly<Record<string, Field>>): Kind {
  const needs = Object.keys(fields).filter((key) => fields[key]?.later === undefined)
  return { create, needs, field: (key) => (Object.hasOwn(fields, key) ? fields[key] : undefined) }
}

const SLOTS = Array.from({ length: 20 }, (_, slot) => String(slot))

/** What stands under the roots of each guarded document. */
export const KINDS: Readonly<Record<Exclude<DocumentName, 'stage'>, Readonly<Record<string, Kind>>>> = {
  board: {
    notes: kind('add', {
      phase: value(isPhase, 'never'),
      author: value(isIdOrNothing, 'never'),
      at: value(isNoteTime, 'never'),
      text: text(2_200, 'write'),
      place: value(isPlace, 'place'),
      under: value(isIdOrNothing, 'hang'),
      removed: value(isFlag, 'remove'),
    }),
    groups: kind('place', {
      phase: value(isPhase, 'never'),
      name: text(220, 'place'),
      order: value(isOrder, 'place'),
      into: value(isIdOrNothing, 'place'),
      removed: value(isFlag, 'place'),
    }),
    plan: kind('plan', {
      owner: value(isOwner, 'plan'),
      due: value(isDue, 'plan'),
      status: value(isStatus, 'plan'),
      firstStep: text(550, 'plan'),
      measure: text(550, 'plan'),
    }),
  },
  notebook: {
    drafts: {
      again: true,
      keeps: ['became'],
      ...kind('own', {
        phase: value(isPhase, 'never'),
        author: value(isIdOrNothing, 'never'),
        at: value(isTime, 'never'),
        text: text(2_200, 'own'),
        place: value(isPlace, 'never'),
        under: value(isIdOrNothing, 'own'),
        removed: value(isFlag, 'own'),
        ready: value(isFlag, 'own'),
        became: { ...value(isId, 'never'), later: 'never' },
      }),
    },
    ballots: {
      create: 'own',
      again: true,
      needs: [],
      field: (key) => (SLOTS.includes(key) ? { ...value(isIdOrNothing, 'own'), later: 'own' } : undefined),
    },
  },
  desk: { scripts: { again: true, ...kind('facilitate', { text: text(2_200, 'facilitate') }) } },
}
