import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite', import.meta.url)),
  test: {
    include: ['test/e2e/**/*.test.ts'],
    exclude: process.env.TEST_FULL === '1' ? [] : ['test/e2e/**/*.full.test.ts'],
    globalSetup: ['test/support/stage.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Waiting ends when a thing is so; how soon it must be so is said by the tests that promise it.
    expect: { poll: { timeout: 60_000 } },
  },
});
