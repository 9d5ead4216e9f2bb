import { expect, test } from 'vitest'
import { setScene } from '../testing/scene.ts'
import { PlanWriter } from './planWriter.ts'

const scene = setScene()

test('a plan that takes too long is given up, and holds up none that comes later', async () => {
  const { rooms, workshop } = await scene.start()
  const room = await rooms.open(workshop)
  // No thread starts within a millisecond.
  const hasty = new PlanWriter(() => 0, 1)
  await expect(hasty.write(room)).rejects.toThrow('took too long')
  await expect(hasty.write(room)).rejects.toThrow('took too long')
  await hasty.close()
  const patient = new PlanWriter(() => 0)
  expect(await patient.write(room)).toContain('Platform team')
  await patient.close()
})
