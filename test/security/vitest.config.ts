import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite', import.meta.url)),
  test: {
    include: ['test/security/**/*.test.ts'],
    exclude: process.env.TEST_FULL === '1' ? [] : ['test/security/**/*.full.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: process.env.TEST_FULL === '1' ? 1_800_000 : 240_000,
    hookTimeout: 240_000,
  },
});
