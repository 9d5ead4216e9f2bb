import { type Command, commandSchema, decodeCommand } from '@quintet/shared/commands'
import type { CommandId } from '@quintet/shared/ids'
import { MESSAGE } from '@quintet/shared/protocol'
import * as decoding from 'lib0/decoding'
import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { CommandLine } from './commandLine.ts'
import { Ledger } from './ledger.ts'

const command = (id: string) => z.parse(commandSchema, { id, name: 'pause timer' }) satisfies Command

let ledger: Ledger
let sent: CommandId[]
let line: CommandLine
beforeEach(() => {
  ledger = new Ledger()
  ledger.sent(true)
  sent = []
  line = new CommandLine(ledger, (message) => {
    const decoder = decoding.createDecoder(message)
    expect(decoding.readVarUint(decoder)).toBe(MESSAGE.command)
    sent.push(decodeCommand(decoder).id)
    return true
  })
  line.connected(true)
})

function edit(): void {
  ledger.edited(['note'])
  ledger.sent(false)
}

describe('the line of commands', () => {
  it('lets a command go only when one’s own earlier edits are saved, later ones not minded', async () => {
    edit()
    const answer = line.send(command('c1'))
    expect(sent).toEqual([])
    edit()
    ledger.marked(2)
    line.saved()
    expect(sent).toEqual(['c1'])
    line.answered({ id: 'c1', ok: true })
    expect(await answer).toEqual({ ok: true })
  })

  it('answers that nothing was done when the connection goes before the command left', async () => {
    edit()
    const answer = line.send(command('c1'))
    line.connected(false)
    expect(await answer).toMatchObject({ ok: false, code: 'offline', message: expect.stringContaining('not done') })
    line.connected(true)
    expect(sent).toEqual([])
  })

  it('sends a command again under its id that was on its way, and keeps the order', async () => {
    const first = line.send(command('c1'))
    const second = line.send(command('c2'))
    line.answered({ id: 'c1', ok: true })
    line.connected(false)
    line.connected(true)
    expect(sent).toEqual(['c1', 'c2', 'c2'])
    line.answered({ id: 'c2', ok: false, code: 'stale', message: 'Moved.' })
    expect(await first).toEqual({ ok: true })
    expect(await second).toEqual({ ok: false, code: 'stale', message: 'Moved.' })
  })

  it('says what is not known when the session ends with a command on its way', async () => {
    const answer = line.send(command('c1'))
    line.close()
    expect(await answer).toMatchObject({ ok: false, message: expect.stringContaining('may have been done') })
    expect(await line.send(command('c2'))).toMatchObject({ ok: false, code: 'offline' })
  })
})
