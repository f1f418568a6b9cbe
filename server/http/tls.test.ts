import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openLocalAuthority } from './localAuthority.ts';
import { createTestApp } from './testing/app.ts';
import { fakeCertificates } from './testing/certificates.ts';
import { asPerson } from './testing/people.ts';
import { openTls } from './tls.ts';

const DAY_MS = 86_400_000;
const base = mkdtempSync(join(tmpdir(), 'tls-'));
afterAll(() => rmSync(base, { recursive: true }));
const newFolder = () => mkdtempSync(join(base, 'one-'));

test('the authority keeps its key to its owner and its certificate until it is due', () => {
  const folder = newFolder();
  const now = Date.now();
  const first = openLocalAuthority({ folder, names: ['localhost', '127.0.0.1'], now });
  expect(statSync(join(folder, 'ca.key')).mode & 0o777).toBe(0o600);
  expect(openLocalAuthority({ folder, names: ['localhost'], now: now + 300 * DAY_MS })).toEqual(first);
  const renewed = openLocalAuthority({ folder, names: ['localhost'], now: now + 370 * DAY_MS });
  expect(renewed.cert).not.toBe(first.cert);
  expect(renewed.root).toBe(first.root);
});

test('a new address gets a new certificate from the same root', () => {
  const folder = newFolder();
  const now = Date.now();
  const first = openLocalAuthority({ folder, names: ['localhost'], now });
  const second = openLocalAuthority({ folder, names: ['localhost', '192.0.2.10'], now });
  expect([second.root === first.root, second.cert === first.cert]).toEqual([true, false]);
});

test('a browser that trusts the root is served over TLS, with HSTS and the root to download', async () => {
  const folder = newFolder();
  const { tls, localCa } = openTls({ dataFolder: folder, host: '127.0.0.1', now: Date.now() });
  const http = await createTestApp((deps) => ({ ...deps, config: { ...deps.config, tls }, certificates: { ...fakeCertificates, localRoot: () => localCa?.certificate } }));
  const address = new URL(await http.app.listen({ port: 0, host: '127.0.0.1' }));
  const answer = await new Promise<{ hsts: string | undefined; body: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port: address.port, path: '/system/ca.crt', ca: localCa?.certificate, headers: asPerson('admin') }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ hsts: response.headers['strict-transport-security'], body: Buffer.concat(parts).toString() }));
    })
      .on('error', reject)
      .end();
  });
  expect(answer).toEqual({ hsts: 'max-age=31536000; includeSubDomains', body: readFileSync(join(folder, 'tls', 'ca.crt'), 'utf8') });
  await http.close();
});

test('files that are not there stop the start', () => {
  const folder = newFolder();
  expect(() => openTls({ certFile: join(folder, 'none.crt'), keyFile: join(folder, 'none.key') })).toThrow('ENOENT');
});
