import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const isTest = process.env.VITEST !== undefined;

export default defineConfig({
  cacheDir: here('./node_modules/.vite'),
  root: isTest ? here('.') : here('./client'),
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  build: {
    outDir: here('./client/dist'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
    modulePreload: { polyfill: false },
    manifest: 'assets/manifest.json',
    rolldownOptions: {
      input: { index: here('./client/index.html'), sw: here('./client/sw/sw.ts') },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  worker: { format: 'es' },
  test: {
    include: ['{client,server,layouts,geo,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/{e2e,delivery,nodes,federation,faults,security,soak}/**', 'client/dist/**'],
    pool: 'forks',
    maxWorkers: 2,
    // No module keeps state of its own (a rule of the house), so files share what they import.
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // Waiting ends when a thing is so; how soon it must be so is said by the tests that promise it.
    expect: { poll: { timeout: 30_000 } },
  },
});
