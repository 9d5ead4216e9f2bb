import { expect, it } from 'vitest'
import { sharedCheck } from './health.ts'

it('asks the store once for everyone who asks at the same time, and again when the answer is a second old', async () => {
  const checks: { resolve: () => void; reject: (error: Error) => void }[] = []
  let now = 0
  const check = () => new Promise<void>((resolve, reject) => checks.push({ resolve, reject }))
  const ready = sharedCheck({ check }, () => now)
  const together = [ready(), ready()]
  now = 60_000
  together.push(ready())
  expect(checks.length).toBe(1)
  checks[0]?.resolve()
  await Promise.all(together)
  now += 999
  await ready()
  expect(checks.length).toBe(1)
  now += 1
  const failed = ready()
  expect(checks.length).toBe(2)
  checks[1]?.reject(new Error('full'))
  await expect(failed).rejects.toThrow('full')
  await expect(ready()).rejects.toThrow('full')
  now += 1_000
  const healed = ready()
  checks[2]?.resolve()
  await healed
  expect(checks.length).toBe(3)
})
