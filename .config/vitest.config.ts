import { defineConfig } from 'vitest/config'

// A CI machine may have to share its processors; what hangs is found there as well, only later.
const patience = process.env.CI ? 30_000 : 10_000

/** Two projects: what runs in Node, and what runs in a browser's document, which jsdom stands in for. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: patience,
    hookTimeout: patience,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    reporters: ['default', ['json', { outputFile: '.config/reports/unit.json' }]],
    projects: [
      {
        extends: true,
        test: { name: 'node', environment: 'node', include: ['{server,shared}/src/**/*.test.ts', '.config/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'client',
          environment: 'jsdom',
          include: ['client/src/**/*.test.{ts,tsx}'],
          // Testing Library clears the document after each test only when it finds a global afterEach.
          globals: true,
        },
      },
    ],
  },
})
