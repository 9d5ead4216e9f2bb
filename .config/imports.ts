import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'

/**
 * Which part of a package may import which other parts. A part is a folder of `src`, or a file directly in it. A file there that has no
 * row is a `leaf`: it imports nothing but leaves and shared. Every folder needs a row. Imports inside a part are free; cycles
 * are Biome's to find.
 */
const MAY: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  server: {
    main: ['app', 'config', 'leaf'],
    app: ['http', 'socket', 'access', 'room', 'guard', 'steward', 'store', 'config', 'leaf'],
    http: ['access', 'room', 'guard', 'steward', 'store', 'config', 'leaf'],
    socket: ['access', 'room', 'guard', 'steward', 'store', 'config', 'leaf'],
    access: ['store', 'config', 'leaf'],
    room: ['guard', 'steward', 'store', 'leaf'],
    guard: [],
    steward: [],
    store: ['leaf'],
    config: ['leaf'],
    leaf: ['leaf'],
    // What tests share sees the server from outside, as they do; no part of the server imports it.
    testing: ['*'],
  },
  client: {
    main: ['*'],
    App: ['*'],
    pages: ['phases', 'board', 'facilitator', 'people', 'document', 'session', 'api', 'ui', 'leaf'],
    phases: ['board', 'facilitator', 'people', 'document', 'session', 'ui', 'leaf'],
    board: ['document', 'session', 'ui', 'leaf'],
    facilitator: ['document', 'session', 'api', 'ui', 'leaf'],
    people: ['document', 'session', 'api', 'ui', 'leaf'],
    document: ['session', 'ui', 'leaf'],
    session: ['api', 'leaf'],
    api: ['leaf'],
    ui: [],
    leaf: ['leaf'],
  },
}

/** Packages that code outside a package's `src` and `bench` may import: the stories see the product from outside. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  client: ['client', 'shared'],
  server: ['server', 'shared'],
  shared: ['shared'],
  e2e: ['e2e', 'shared', '.config'],
}

/** Parts that only know certain modules, beside their own files. */
const KNOWS: Readonly<Record<string, { readonly module: RegExp; readonly words: string }>> = {
  'server/guard': { module: /^(@quintet\/shared|yjs|lib0)(\/|$)/, words: 'shared, yjs and lib0' },
  'server/steward': { module: /^(@quintet\/shared|yjs)(\/|$)/, words: 'shared and yjs' },
  'client/ui': { module: /^(?!@quintet\/)/, words: 'nothing of ours' },
}

/** Tests, and what only they import. They see their package from outside. */
const TESTS = /\.(test|fixture|contract)\.tsx?$/

/** Why this import may not be, in a sentence, or null. Both paths are seen from the repository's root, with forward slashes. */
export function breach(file: string, specifier: string): string | null {
  const from = placeOf(file)
  if (!specifier.startsWith('.')) return ofModule(file, specifier)
  const path = join(dirname(file), specifier)
  const to = placeOf(path)
  if (to.package === from.package) return withinPackage(file, path)
  const between = betweenPackages(from.package, to.package)
  return between === null && to.package === 'shared' ? 'import it as @quintet/shared/…' : between
}

function ofModule(file: string, name: string): string | null {
  const from = placeOf(file)
  const knows = TESTS.test(file) ? undefined : KNOWS[`${from.package}/${from.part}`]
  if (knows && !knows.module.test(name)) return `${from.part} knows ${knows.words} beside its own files`
  const ours = /^@quintet\/([^/]+)/.exec(name)?.[1]
  return ours === undefined || ours === from.package ? null : betweenPackages(from.package, ours)
}

function withinPackage(file: string, path: string): string | null {
  const from = placeOf(file)
  const to = placeOf(path)
  if (TESTS.test(file) || !file.startsWith(`${from.package}/src/`)) return null
  if (TESTS.test(path) && from.part !== 'testing') return 'only tests may import what is there for tests'
  const rows = MAY[from.package]
  if (!rows || !/\.tsx?$/.test(path) || to.part === from.part) return null
  const row = rows[from.part]
  if (!row) return `${from.part} is a new folder: give it a row in .config/imports.ts`
  if (row.includes('*') || row.includes(to.part)) return null
  return `${from.part} may import ${row.join(', ') || 'no other part'}, not ${to.part}`
}

/** What a file imports: statically, with a side effect, lazily, or as a type in `import('…')`. Comments are passed over. */
export function importsIn(source: string): string[] {
  const code = source.replace(/^\s*(\/\*[\s\S]*?\*\/|\/\/.*$)/gm, '')
  const found = code.matchAll(
    /^\s*(?:import|export)\b[^'"`;=]*?\bfrom\s*(['"])(.+?)\1|\bimport\s*\(?\s*(['"])(.+?)\3/gm,
  )
  return Array.from(found, (match) => match[2] ?? match[4] ?? '')
}

function betweenPackages(from: string, to: string): string | null {
  const may = PACKAGES[from]
  return !may || may.includes(to)
    ? null
    : `${from} may import ${may.filter((name) => name !== from).join(' and ') || 'nothing of ours'}, not ${to}`
}

function placeOf(path: string): { readonly package: string; readonly part: string } {
  const [name = '', folder = '', ...rest] = path.split('/')
  if (folder !== 'src' || rest.length === 0) return { package: name, part: folder }
  const part = (rest[0] ?? '').replace(/\.tsx?$/, '')
  const isFile = rest.length === 1
  return { package: name, part: isFile && !(MAY[name] && part in MAY[name]) ? 'leaf' : part }
}

if (import.meta.main) {
  const files = globSync('{client,server,shared,e2e}/**/*.{ts,tsx}', {
    exclude: (name) => /^(node_modules|dist|types-out)$/.test(name),
  })
  const lines = files.sort().flatMap((file) =>
    importsIn(readFileSync(file, 'utf8')).flatMap((specifier) => {
      const why = breach(file, specifier)
      return why === null ? [] : [`${file} imports ${specifier}: ${why}.`]
    }),
  )
  for (const line of lines) console.error(line)
  if (lines.length > 0) process.exitCode = 1
  console.log(`Import directions: ${files.length} files, ${lines.length} breaches.`)
}
