import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build } from 'vite'

// Builds the client into client/dist, unless what is there was built from the same sources: a warm start takes a moment.
const SOURCES = [
  'client/{src,lean,public}/**/*',
  'client/{index.html,package.json,tsconfig.json,vite.config.ts}',
  'shared/src/**/*',
  'tsconfig.base.json',
  'pnpm-lock.yaml',
]
const RESULT = 'client/dist/index.html'
const STAMP = 'node_modules/.cache/quintet/client-build'

const sources = fingerprint()
if (existsSync(RESULT) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) {
  console.log('The client is built already.')
} else {
  // First, so that a build that is cut short is not taken for a whole one.
  rmSync(STAMP, { force: true })
  try {
    await build({ root: 'client', logLevel: 'warn' })
    mkdirSync(dirname(STAMP), { recursive: true })
    writeFileSync(STAMP, sources)
    console.log('The client is built.')
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    console.error(
      '\nThe client could not be built; the reason is above. Nothing was started, and your data was not touched.',
    )
    process.exitCode = 1
  }
}

/** A digest of the names and bytes of everything that the build reads. Bytes, not times: a checkout renews times. */
function fingerprint(): string {
  const digest = createHash('sha256')
  const files = globSync(SOURCES, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
  for (const file of files.sort()) digest.update(`${file}\0`).update(readFileSync(file)).update('\0')
  return digest.digest('hex')
}
