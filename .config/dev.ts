import { spawn } from 'node:child_process'
import { createServer as createSocket } from 'node:net'
import { setTimeout as pass } from 'node:timers/promises'
import { createServer } from 'vite'

/**
 * The server, started again when its files change, and the client through Vite with hot reload, at one address: Vite answers for the
 * pages and hands everything else on to the server, whose port nobody needs to know.
 */
const port = await freePort()
const behind = `http://127.0.0.1:${port}`
const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', 'server/src/main.ts'], {
  env: { ...process.env, HOST: '127.0.0.1', PORT: String(port) },
  stdio: ['ignore', 'inherit', 'inherit'],
})
const vite = await createServer({
  root: 'client',
  // Vite's own lines would tell an address before the server behind it answers.
  logLevel: 'warn',
  server: {
    host: process.env.HOST ?? 'localhost',
    port: Number(process.env.PORT ?? 3000),
    proxy: {
      '/api': behind,
      '/sync': { target: behind, ws: true },
      '/healthz': behind,
      '/readyz': behind,
    },
  },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop(0))
server.once('exit', () => stop(1))
await vite.listen()
if (await answers()) console.log(`\nQuintet for development: ${vite.resolvedUrls?.local[0] ?? ''}\n`)
else console.error('\nThe server does not answer; the reason is above. It starts again when its files change.\n')

/** Both stop together. */
async function stop(code: number): Promise<void> {
  server.kill('SIGTERM')
  await vite.close()
  process.exit(code)
}

/** Whether the server answers within 20 seconds. */
async function answers(): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    const up = await fetch(`${behind}/healthz`).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return true
    await pass(200)
  }
  return false
}

/** A port that is free now. Not 0, because the server must find the same one again after each change. */
async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, '127.0.0.1')
  await new Promise((resolve) => socket.once('listening', resolve))
  const address = socket.address()
  await new Promise((resolve) => socket.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('This system gives no free port.')
  return address.port
}
