import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpApp, type HttpApp } from '../app.ts';
import type { HttpDeps } from '../deps.ts';
import { createFakePorts, type FakePorts } from './ports.ts';

export interface TestApp extends FakePorts, HttpApp {}

/** A built client of four files, one of them out of bounds. */
function makeClient(folder: string): string {
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'not yours');
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Toàn Cảnh</title>');
  writeFileSync(join(dist, 'sw.js'), 'self.skipWaiting();');
  writeFileSync(join(dist, '.env'), 'PASSWORD=1');
  writeFileSync(join(dist, 'assets', 'app-1a2b3c.js'), 'export {};');
  return dist;
}

/** The app on ports in memory, ready and not listening. */
export async function createTestApp(change: (deps: HttpDeps) => HttpDeps = (deps) => deps): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'http-'));
  const ports = createFakePorts(makeClient(folder));
  ports.deps = change(ports.deps);
  const http = createHttpApp(ports.deps);
  await http.app.ready();
  return {
    ...ports,
    ...http,
    async close() {
      await http.close();
      rmSync(folder, { recursive: true });
    },
  };
}
