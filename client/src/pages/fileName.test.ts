import { expect, test } from 'vitest'
import { fileName } from './fileName.ts'

test.each([
  ['How we serve product teams', 'how-we-serve-product-teams-plan.md'],
  ['../../etc/passwd', 'etc-passwd-plan.md'],
  ['🎉🎉', 'plan.md'],
  ['Überblick: 2. Quartal', 'überblick-2-quartal-plan.md'],
  ['תוכנית', 'תוכנית-plan.md'],
])('%s is kept as %s', (title, name) => {
  expect(fileName(title)).toBe(name)
})
