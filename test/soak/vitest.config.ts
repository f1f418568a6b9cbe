import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite', import.meta.url)),
  test: { include: ['test/soak/**/*.test.ts'], pool: 'forks', maxWorkers: 1, testTimeout: 3_600_000, hookTimeout: 240_000 },
});
