import type { PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { DOCUMENT_NAMES, type DocumentName } from '@quintet/shared/protocol'
import type { Role } from '@quintet/shared/stage'
import { describe, expect, test } from 'vitest'
import { judge, mayOpen, mayWrite } from './gate.ts'

const ROLES = ['facilitator', 'member', 'observer'] as const
const SOMETHING = new Uint8Array([1, 1, 9, 0, 4, 1, 1, 97, 1, 98, 0])

/** Who may do what with each document: r reads, w writes. */
const TABLE: Readonly<Record<DocumentName, Readonly<Record<Role, string>>>> = {
  stage: { facilitator: 'r', member: 'r', observer: 'r' },
  board: { facilitator: 'rw', member: 'rw', observer: 'r' },
  notebook: { facilitator: 'rw', member: 'rw', observer: '' },
  desk: { facilitator: 'rw', member: '', observer: '' },
}

const CASES = DOCUMENT_NAMES.flatMap((document) => ROLES.map((role) => [document, role] as const))

function outcome(document: DocumentName, role: Role, kind: 'resync' | 'live', update: Uint8Array): string {
  const judgement = judge({ document, actor: { person: 'p' as PersonId, role }, kind, update })
  return judgement.is === 'refused' ? judgement.close : judgement.is
}

describe('the gate', () => {
  test.each(CASES)('[P1] opens and takes from %s as the table says for a %s', (document, role) => {
    const can = TABLE[document][role]
    expect(mayOpen(document, role)).toBe(can.includes('r'))
    expect(mayWrite(document, role)).toBe(can.includes('w'))
    expect(outcome(document, role, 'live', SOMETHING)).toBe(can.includes('w') ? 'accepted' : 'forbidden')
    expect(outcome(document, role, 'live', new Uint8Array([0, 0]))).toBe('empty')
  })

  test.each([
    ['live', LIMITS.updateBytes],
    ['resync', LIMITS.resyncBytes],
  ] as const)('takes a %s update of %i bytes and no more', (kind, most) => {
    expect(outcome('board', 'member', kind, new Uint8Array(most))).toBe('accepted')
    expect(outcome('board', 'member', kind, new Uint8Array(most + 1))).toBe('tooBig')
  })
})
