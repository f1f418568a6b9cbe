import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite', import.meta.url)),
  test: {
    // Seen green on a loaded two-core machine; the rest runs in the full profile until it is as steady.
    include: process.env.TEST_FULL === '1' ? ['test/e2e/**/*.test.ts'] : ['test/e2e/closed.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
