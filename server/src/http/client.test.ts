import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Browser, startQuintet } from '../quintet.fixture.ts'

const PAGE = '<!doctype html><title>Quintet</title>'
const SCRIPT = 'console.log("quintet")\n'

async function built() {
  const folder = await mkdtemp(join(tmpdir(), 'quintet-client-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true })
  const write = (name: string, bytes: string | Uint8Array) => writeFile(join(folder, 'dist', name), bytes)
  await write('index.html', PAGE)
  await write('favicon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await write('assets/index-a1b2c3d4.js', SCRIPT)
  await write('assets/index-a1b2c3d4.js.br', brotliCompressSync(SCRIPT))
  await write('assets/index-a1b2c3d4.js.gz', gzipSync(SCRIPT))
  await writeFile(join(folder, 'secret.txt'), 'not for anyone')
  const { origin } = await startQuintet({}, { clientFolder: join(folder, 'dist') })
  return new Browser(origin)
}

describe('the web app', () => {
  it('shows its page on every screen’s address, always afresh', async () => {
    const browser = await built()
    for (const path of ['/', '/w/abc', '/w/abc/screen', '/w/abc/plan/print', '/?a=b']) {
      const { status, text, headers } = await browser.get(path)
      expect([path, status, text]).toEqual([path, 200, PAGE])
      expect(headers['cache-control']).toBe('no-cache')
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
    }
  })

  it('sends what has a hash in its name compressed, and to be kept for good', async () => {
    const browser = await built()
    const path = '/assets/index-a1b2c3d4.js'
    for (const [accepts, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['identity', undefined],
    ] as const) {
      const { status, headers } = await browser.get(path, { 'accept-encoding': accepts })
      expect([status, headers['content-encoding']]).toEqual([200, encoding])
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(headers['content-type']).toMatch(/\/javascript; charset=utf-8$/)
      expect(headers.vary).toBe('accept-encoding')
    }
    expect((await browser.get('/favicon.svg')).headers['cache-control']).toBe('no-cache')
  })

  it.each([
    '/assets/index-00000000.js',
    '/nothing',
    '/w',
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/index.html%00.js',
  ])('has nothing at %s', async (path) => {
    const { status, text } = await (await built()).get(path)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(text).not.toContain('not for anyone')
    expect(text).not.toContain(tmpdir())
  })

  it('says what to do where it is not built', async () => {
    const { origin } = await startQuintet({}, { clientFolder: join(tmpdir(), 'quintet-no-such-build') })
    const { status, text } = await new Browser(origin).get('/w/abc')
    expect(status).toBe(503)
    expect(text).toContain('npm start')
    expect((await new Browser(origin).get('/healthz')).status).toBe(200)
  })
})
