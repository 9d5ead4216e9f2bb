import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

// Runs the benchmarks one after another, so that none takes the processor from another. Arguments choose by a part of the name.
const asked = process.argv.slice(2)
const chosen = globSync('{server,client}/bench/*.bench.ts')
  .sort()
  .filter((file) => asked.length === 0 || asked.some((word) => file.includes(word)))
if (chosen.length === 0) {
  console.error(`No benchmark is named like ${asked.join(' or ') || '*.bench.ts'}. They are in server/bench.`)
  process.exitCode = 1
}
for (const file of chosen) {
  console.log(`\n── ${file}`)
  const { status } = spawnSync(process.execPath, [file], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status === 0) continue
  console.error(`${file} failed.`)
  process.exitCode = 1
}
