import type { Count } from './hostile.fixture.ts'

/** What rounds came to, in lines for a person. */
export function summary({ updates, accepted, refused, failures, slowest }: Count): string {
  const lines = [`${updates} updates: ${sum(accepted)} taken, ${sum(refused)} refused, ${failures.length} failures`]
  const of = (counts: ReadonlyMap<string, number>) =>
    [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`)
  lines.push(`taken: ${of(accepted).join(', ')}`, `refused: ${of(refused).join(', ')}`)
  lines.push(`slowest: ${slowest.ms.toFixed(1)} ms for ${slowest.way} in the round of seed ${slowest.seed}`)
  for (const { seed, way, findings } of failures.slice(0, 20))
    lines.push(`seed ${seed}: ${way}: ${findings.map(({ breach, path }) => `${breach} (${path})`).join('; ')}`)
  return `${lines.join('\n')}\n`
}

const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, count) => total + count, 0)
