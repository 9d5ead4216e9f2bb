import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { breach, importsIn } from './imports.ts'

describe('import directions', () => {
  it.each([
    ['client/src/pages/Board.tsx', '@quintet/shared/board'],
    ['client/src/pages/Board.tsx', '../phases/Wall.tsx'],
    ['client/src/phases/Wall.tsx', '../document/useNotes.ts'],
    ['client/src/document/TextField.tsx', '../ui/toasts.ts'],
    ['client/src/board/Note.tsx', './Note.module.css'],
    ['client/src/App.tsx', './ui/Button.tsx'],
    ['client/src/ui/Button.tsx', 'react'],
    ['client/src/session/session.ts', '../api.ts'],
    ['server/src/main.ts', './app.ts'],
    ['server/src/app.ts', './store/sqlite.ts'],
    ['server/src/http/join.ts', '../access.ts'],
    ['server/src/room/room.ts', '../guard/judge.ts'],
    ['server/src/guard/judge.ts', '@quintet/shared/rules'],
    ['server/src/guard/judge.test.ts', '../room/room.ts'],
    ['server/src/store/store.ts', '../log.ts'],
    ['server/bench/room.bench.ts', '../src/app.ts'],
    ['e2e/stories/vote.spec.ts', '../pages/wall.ts'],
  ])('%s may import %s', (file, specifier) => expect(breach(file, specifier)).toBeNull())

  it.each([
    ['client/src/pages/Board.tsx', '../../../server/src/app.ts', 'client may import shared, not server'],
    ['server/src/http/join.ts', '@quintet/client/App', 'server may import shared, not client'],
    ['server/src/http/join.test.ts', '@quintet/client/App', 'server may import shared, not client'],
    ['shared/src/board.ts', '../../server/src/app.ts', 'shared may import nothing of ours, not server'],
    ['e2e/stories/vote.spec.ts', '../../server/src/app.ts', 'e2e may import shared and .config, not server'],
    ['server/src/app.ts', '../../shared/src/board.ts', 'import it as @quintet/shared/…'],
    ['server/src/store/sqlite.ts', '../room/room.ts', 'store may import leaf, not room'],
    ['server/src/room/room.ts', '../http/join.ts', 'room may import guard, steward, store, leaf, not http'],
    ['server/src/room/room.ts', '../access.ts', 'not access'],
    ['server/src/http/join.ts', '../socket/upgrade.ts', 'not socket'],
    ['server/src/guard/judge.ts', '../store/store.ts', 'guard may import no other part, not store'],
    ['server/src/guard/judge.ts', 'node:fs', 'guard knows shared, yjs and lib0 beside its own files'],
    ['server/src/log.ts', './room/room.ts', 'leaf may import leaf, not room'],
    ['server/src/app.ts', './quintet.fixture.ts', 'only tests may import'],
    ['server/src/store/sqlite.ts', './edits.fixture.ts', 'only tests may import'],
    ['server/src/app.ts', './testing/rig.ts', 'not testing'],
    ['server/src/tools/a.ts', '../room/room.ts', 'tools is a new folder: give it a row'],
    ['client/src/board/Note.tsx', '../pages/Board.tsx', 'not pages'],
    ['client/src/board/Note.tsx', '../api.ts', 'not api'],
    ['client/src/session/session.ts', '../document/useNotes.ts', 'not document'],
    ['client/src/ui/Button.tsx', '@quintet/shared/board', 'ui knows nothing of ours'],
    ['client/src/ui/Button.tsx', '../session/session.ts', 'ui may import no other part'],
  ])('%s may not import %s', (file, specifier, why) => expect(breach(file, specifier)).toContain(why))

  it('finds every form of import, and none in comments', () => {
    const source = `
      /** import './comment.ts' */
      // import './line.ts'
      import './effect.css'
      import { a,
        type B } from './several.ts'
      import type { C } from './type.ts'
      export { d } from './again.ts'
      export const e = 'not from "this"'
      const Lazy = lazy(() => import('./lazy.tsx'))
      type F = import('./inline.ts').F`
    const names = ['effect.css', 'several.ts', 'type.ts', 'again.ts', 'lazy.tsx', 'inline.ts']
    expect(importsIn(source)).toEqual(names.map((name) => `./${name}`))
  })
})

describe('lint', () => {
  const root = resolve(import.meta.dirname, '..')
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quintet-lint-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const write = (file: string, text: string) => {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }

  it('fails on a wrong direction', () => {
    write('server/src/guard/judge.ts', "import { room } from '../room/room.ts'\n")
    const run = spawnSync(process.execPath, [join(root, '.config/imports.ts')], { cwd: folder, encoding: 'utf8' })
    expect(run.stderr).toContain('server/src/guard/judge.ts imports ../room/room.ts')
    expect(run.status).toBe(1)
  })

  it.each([
    ['a cycle', 'noImportCycles', "import { b } from './b.ts'\n\nexport const a = (): unknown => b\n"],
    ['an environment read outside config.ts', 'noProcessEnv', 'export const a = process.env.PORT\n'],
    ['a promise left alone', 'noFloatingPromises', 'async function f() {}\n\nexport function a() {\n  f()\n}\n'],
    ['a barrel', 'noBarrelFile', "export { b } from './b.ts'\n"],
    ['any', 'noExplicitAny', 'export const a = (each: any) => each\n'],
    ['a non-null assertion', 'noNonNullAssertion', 'export const a = (each: string | null) => each!.length\n'],
    ['a default export', 'noDefaultExport', 'export default 1\n'],
  ])('fails on %s', (_, rule, source) => {
    copyFileSync(join(root, '.biome.jsonc'), join(folder, '.biome.jsonc'))
    write('.gitignore', 'node_modules\n')
    write('server/src/room/a.ts', source)
    write('server/src/room/b.ts', "import { a } from './a.ts'\n\nexport const b = a\n")
    const biome = join(root, 'node_modules/.bin/biome')
    const run = spawnSync(biome, ['lint', '--colors=off', '.'], { cwd: folder, encoding: 'utf8' })
    expect(run.stdout + run.stderr).toContain(rule)
    expect(run.status).toBe(1)
  })
})
