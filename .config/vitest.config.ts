import { defineConfig } from 'vitest/config'

/** Two projects: what runs in Node, and what runs in a browser's document, which jsdom stands in for. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 10_000,
    hookTimeout: 10_000,
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
