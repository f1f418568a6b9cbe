import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite', import.meta.url)),
  test: {
    include: ['test/{delivery,nodes,federation,faults}/**/*.test.ts'],
    exclude: process.env.TEST_FULL === '1' ? [] : ['test/**/*.full.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: process.env.TEST_FULL === '1' ? 3_600_000 : 600_000,
    hookTimeout: 600_000,
    // Waiting ends when a thing is so; how soon it must be so is said by the tests that promise it.
    expect: { poll: { timeout: 30_000 } },
  },
});
