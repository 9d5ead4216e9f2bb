import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { CLOSE } from '@quintet/shared/protocol'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Browser } from './quintet.fixture.ts'
import { Participant } from './testing/participant.ts'
import { until } from './testing/until.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

/** The server as whoever starts it sees it. */
interface Started {
  readonly child: ChildProcess
  readonly printed: () => string
  readonly complained: () => string
  /** Its exit code once it ended; a signal's name if that ended it. */
  readonly ended: Promise<number | string>
  /** Its port, once it says that it runs. */
  readonly port: () => Promise<number>
}

function start(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const port = async () => {
    const running = until('it runs', () => /:\d+\n/.test(out)).then(() => true)
    if (!(await Promise.race([running, ended.then(() => false)]))) throw new Error(`It ended: ${err}`)
    return Number(/:(\d+)\n/.exec(out)?.[1])
  }
  return { child, printed: () => out, complained: () => err, ended, port }
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quintet-main-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('the server process', () => {
  it('says where it can be opened and where the data is, and keeps that folder to its user', async () => {
    const folder = join(await emptyFolder(), 'data')
    const { port, printed } = start({ DATA_DIR: folder })
    const listening = await port()
    await until('all of it is printed', () => printed().includes('Ctrl+C'))
    expect(printed()).toContain(`http://127.0.0.1:${listening}\n`)
    expect(printed()).toContain(folder)
    expect(printed()).not.toContain('{')
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s saves what it took, tells everyone to return, and ends well',
    async (signal) => {
      const folder = await emptyFolder()
      const first = start({ DATA_DIR: folder })
      const port = await first.port()
      const browser = new Browser(`http://127.0.0.1:${port}`)
      const { workshop, person } = await browser.create({ title: 'Stop', name: 'Maren', agenda: OPEN_AGENDA })
      const door = {
        workshop,
        document: 'board',
        seat: person,
        headers: { cookie: `quintet=${browser.cookie}` },
      } as const
      const tab = new Participant({ ...door, port })
      onTestFinished(() => tab.leave())
      await tab.synced()
      const note = { phase: 'principles', author: person, at: Date.now(), order: 'a0', under: null } as const
      for (let i = 0; i < 40; i++) addNote({ ...note, id: `n${i}` as NoteId, text: `Note ${i}` })(tab.doc)
      await until('the first of them is saved', () => tab.marked > 1)
      // Neither a request that never ends nor a terminal whose signal comes on two ways keeps it from ending well.
      const hanging = connect(port, '127.0.0.1')
      hanging.on('error', () => undefined)
      await once(hanging, 'connect')
      hanging.write(
        'POST /api/workshops HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      )
      first.child.kill(signal)
      first.child.kill(signal === 'SIGINT' ? 'SIGTERM' : 'SIGINT')
      expect(await first.ended).toBe(0)
      await until('the tab has read what was sent', () => tab.closes.length > 0)
      expect(tab.closes[0]).toBe(CLOSE.stopping.code)
      const marked = tab.marked
      tab.leave()

      const second = start({ DATA_DIR: folder })
      const returned = new Participant({ ...door, port: await second.port() })
      onTestFinished(() => returned.leave())
      await returned.synced()
      const kept = readBoard(returned.doc).notes.size
      // The first message of a tab says what it had before, which here is nothing.
      expect(kept).toBeGreaterThanOrEqual(marked - 1)
    },
  )

  it.each([
    ['a setting is wrong', { PORT: 'http' }, /^PORT must be/],
    ['a setting is unknown', { DATABASE_URL: 'postgres://localhost/quintet' }, /^DATABASE_URL is set/],
    ['the address is another machine’s', { HOST: '203.0.113.1' }, /^This machine has no address 203\.0\.113\.1/],
  ])('ends with one clear line when %s', async (_what, environment, line) => {
    const { ended, printed, complained } = start({ DATA_DIR: join(await emptyFolder(), 'data'), ...environment })
    expect(await ended).toBe(1)
    expect(complained()).toMatch(line)
    expect(complained()).toMatch(/Nothing was (changed|started)/)
    expect(complained().trimEnd()).not.toContain('\n')
    expect(printed()).toBe('')
  })

  it('ends with one clear line when the data folder is no folder', async () => {
    const file = join(await emptyFolder(), 'a-file')
    await writeFile(file, 'words')
    const { ended, complained } = start({ DATA_DIR: file })
    expect(await ended).toBe(1)
    expect(complained()).toContain(file)
    expect(complained().trimEnd()).not.toContain('\n')
  })

  it('ends with one clear line when the data is of a newer version, and leaves it alone', async () => {
    const folder = await emptyFolder()
    const first = start({ DATA_DIR: folder })
    await first.port()
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    const database = new DatabaseSync(join(folder, 'quintet.db'))
    database.exec('PRAGMA user_version = 9999')
    database.close()
    const second = start({ DATA_DIR: folder })
    expect(await second.ended).toBe(1)
    expect(second.complained()).toContain('newer')
    expect(second.complained().trimEnd()).not.toContain('\n')
  })

  it('ends with one clear line when the data folder is in use', async () => {
    const folder = await emptyFolder()
    await start({ DATA_DIR: folder }).port()
    const second = start({ DATA_DIR: folder })
    expect(await second.ended).toBe(1)
    expect(second.complained()).toContain('already uses the data folder')
  })
})
