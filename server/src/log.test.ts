import { expect, it, describe as suite } from 'vitest'
import { createLog, describe } from './log.ts'
import { StoreFailed } from './store/store.ts'

function errorOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

suite('an error in the log', () => {
  it.each([
    ['a body that is quoted', () => JSON.parse('"Tomasz" said')],
    ['a name that is quoted', () => (undefined as unknown as { Tomasz: { said: string } }).Tomasz.said],
    ['an address that is quoted', () => new URL('Tomasz said')],
    [
      'a cause',
      () => {
        throw new Error('Tomasz', { cause: new Error('said') })
      },
    ],
    [
      'fields of its own',
      () => {
        throw Object.assign(new Error('x'), { words: 'Tomasz', input: 'said' })
      },
    ],
  ])('keeps none of the words of %s', (_what, act) => {
    const lines: string[] = []
    createLog('trace', { write: (line: string) => void lines.push(line) }).error({ err: errorOf(act) }, 'failed')
    expect(lines.join('')).toContain('"type":')
    expect(lines.join('')).toContain('log.test.ts')
    expect(lines.join('').replaceAll('log.test.ts', '')).not.toMatch(/Tomasz|said/)
  })

  it('keeps what we or the operating system say of the disk', () => {
    expect(describe(new StoreFailed('The disk is full.'))).toMatchObject({
      type: 'StoreFailed',
      message: 'The disk is full.',
    })
    const system = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', errno: -28 })
    expect(describe(system)).toMatchObject({ code: 'ENOSPC', message: 'ENOSPC: no space left' })
    expect(describe('Tomasz')).toEqual({ type: 'string', frames: [] })
  })
})

suite('the log', () => {
  it('leaves out a whole request, should one be passed after all', () => {
    const lines: string[] = []
    const log = createLog('trace', { write: (line: string) => void lines.push(line) })
    log.info(
      { headers: { cookie: 'secret' }, request: { body: 'secret', key: 'secret' }, cookie: 'secret' },
      'a request',
    )
    expect(lines).toHaveLength(1)
    expect(lines.join('')).not.toContain('secret')
  })
})
