import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import serveFiles from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const YEAR = 365 * 24 * 60 * 60

/** The addresses that the web app shows by itself. */
const SCREENS = ['/', '/w/:workshop', '/w/:workshop/*'] as const

const NOT_BUILT =
  'The web app is not built, so there is nothing to show here yet. Your data is safe. Run "npm start", which builds it; while developing, run "npm run dev" and open the address that Vite prints.\n'

/**
 * Serves the built web app, compressed beforehand. A file with a hash in its name never changes and is kept for good;
 * the page that names those files is asked for again every time.
 * @param folder where the build stands; without a build each screen says so.
 */
export async function serveClient(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    for (const screen of SCREENS)
      app.get(screen, (_request, reply) => reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT))
    return
  }
  const hashed = join(folder, 'assets') + sep
  await app.register(serveFiles, {
    root: folder,
    index: false,
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const forGood = path.startsWith(hashed)
      reply.header('cache-control', forGood ? `public, max-age=${YEAR}, immutable` : 'no-cache')
    },
  })
  for (const screen of SCREENS) app.get(screen, (_request, reply) => reply.sendFile('index.html'))
}
