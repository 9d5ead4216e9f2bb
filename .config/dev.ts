import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createSocket } from 'node:net'
import { resolve, sep } from 'node:path'
import { createServer } from 'vite'

/**
 * The client through Vite with hot reload, and the server, started again when its files change, at one address: Vite answers for the
 * pages and hands everything else on to the server.
 */
const port = await freePort()
const behind = `http://127.0.0.1:${port}`
const vite = await createServer({
  root: 'client',
  logLevel: 'warn',
  server: {
    host: process.env.HOST ?? '0.0.0.0',
    port: Number(process.env.PORT ?? 3000),
    // Phones in the room may open it, so it must not hand out what else lies in the repository, such as the data folder.
    fs: { allow: ['client', 'shared', 'node_modules'].map((folder) => resolve(folder)) },
    // Objects, because for a plain address Vite changes the host, and the server refuses what seems to come from another page.
    proxy: {
      '/api': { target: behind },
      '/sync': { target: behind, ws: true },
      '/healthz': { target: behind },
      '/readyz': { target: behind },
    },
  },
})
await vite.listen()
const [local = behind, network] = [vite.resolvedUrls?.local[0], vite.resolvedUrls?.network[0]].map(
  (url) => url && new URL(url).origin,
)
// The server tells its own address, which has none of the pages: people need the one in front of it.
const own = new RegExp(`http://(localhost|127\\.0\\.0\\.1):${port}`, 'g')

let server = serve()
let restart: NodeJS.Timeout | undefined
let stopping = false

// Vite's watcher and not node --watch, which sends messages of its own from worker threads, where the store takes them for answers
// (nodejs/node#65044), and does not see what such a thread loads (nodejs/node#62275).
const sources = ['server/src', 'shared/src'].map((folder) => resolve(folder))
vite.watcher.add(sources).on('all', (_event, file) => {
  if (!sources.some((folder) => file.startsWith(folder + sep)) || !/(?<!\.test)\.ts$/.test(file)) return
  clearTimeout(restart)
  // Editors and branch switches change several files at once.
  restart = setTimeout(again, 150)
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)

function serve(): ChildProcess {
  const child = spawn(process.execPath, ['server/src/main.ts'], {
    // Without PUBLIC_URL its invitations would name its own port.
    env: {
      LOG_LEVEL: 'warn',
      ...(network && { PUBLIC_URL: network }),
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => process.stdout.write(text.replace(own, local)))
  child.once('exit', (code) => {
    if (code !== 0) console.error('\nThe server ended. It starts again when its files change.\n')
  })
  return child
}

async function again(): Promise<void> {
  await end()
  if (!stopping) server = serve()
}

async function end(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = once(server, 'exit')
  server.kill('SIGTERM')
  await gone
}

/** Both stop together. */
async function stop(): Promise<void> {
  stopping = true
  await Promise.all([end(), vite.close()])
  process.exit(0)
}

/** A port that is free now. Not 0, because the server must come back at the same one after each change. */
async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, '127.0.0.1')
  await once(socket, 'listening')
  const found = socket.address()
  socket.close()
  await once(socket, 'close')
  if (found === null || typeof found === 'string') throw new Error('This system gives no free port.')
  return found.port
}
