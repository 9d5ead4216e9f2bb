// @vitest-environment node
import { CLOSE } from '@quintet/shared/protocol'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { stubDevice } from '../session/device.fixture.ts'
import { cameBefore, isKept, openKeeping, wordsOf, write } from '../session/keeping.fixture.ts'
import { readLeftSessions } from '../session/leftSessions.ts'
import { becomes, eventually, type Guest, startServer, stubPage, type TestServer } from '../session/server.fixture.ts'
import { unsavedWords } from './unsavedWords.ts'

/** What a tab keeps and says whose browser gave up its seat elsewhere: by another tab that never told it, for one. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: TestServer
let page: EventTarget
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  page = stubPage()
  stubDevice()
  server.wire.mend()
})

async function leave({ workshop, cookie }: Guest): Promise<void> {
  const answer = await fetch(`${server.origin}/api/workshops/${workshop}/leave`, {
    method: 'POST',
    headers: { cookie },
  })
  expect(answer.status).toBe(204)
}

const SEAT_GONE = { is: 'refused', reason: CLOSE.unknownSeat.reason }

it('ends an open tab at once, which keeps on the screen what it shows', async () => {
  const { guest } = await cameBefore(server, page)
  server.wire.mend()
  const tab = await openKeeping(server, guest)
  await becomes(tab, 'live')
  await leave(guest)
  await eventually(() => expect(tab.state.getState()).toEqual(SEAT_GONE))
  expect(wordsOf(tab)).toEqual(['Before'])
  expect(unsavedWords(tab)).toEqual([])
})

it('leaves what the server does not have to be copied, in the tab and after loading the page again', async () => {
  const { maren, guest } = await cameBefore(server, page)
  server.wire.mend()
  const tab = await openKeeping(server, guest)
  await becomes(tab, 'live')
  server.wire.cut()
  write.note(tab, 'In the train')
  await isKept(tab, page)
  await leave(guest)
  server.wire.mend()
  await eventually(() => expect(tab.state.getState()).toEqual(SEAT_GONE))
  expect(unsavedWords(tab)).toEqual(['In the train'])
  tab.close()
  expect((await readLeftSessions(guest.workshop)).flatMap(unsavedWords)).toEqual(['In the train'])
  expect(wordsOf(maren)).toEqual(['Before'])
})
