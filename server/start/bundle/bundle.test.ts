import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { codePaths, isLeftOut, namedPackages, packagesFor } from './contents.ts';
import { sbomOf } from './sbom.ts';

const packages = packagesFor(ROOT, namedPackages(ROOT));
const names = new Set(packages.map(({ name }) => name));

test('every library the server names goes along with what it stands on, and none of the tests', () => {
  for (const name of ['fastify', 'socket.io', 'pg', 'engine.io', 'exceljs', 'ssh2', 'asn1', '@electric-sql/pglite', '@expo-google-fonts/tinos']) expect(names, name).toContain(name);
  for (const name of ['vitest', 'eslint', 'playwright-core', 'typescript', 'oidc-provider']) expect(names, name).not.toContain(name);
  expect([...names].some((name) => name.startsWith('node-'))).toBe(true);
  for (const { path } of packages) expect(existsSync(join(ROOT, path)), path).toBe(true);
});

test('tests and data stay at home', () => {
  expect(['server/http/app.test.ts', 'server/http/testing', 'server/feeds/cap/testing/x.ts', '.data/store'].every(isLeftOut)).toBe(true);
  expect(['server/http/app.ts', 'server/feeds/cap/parse.ts', 'geo/data', 'client/live/testing/x.ts'].some(isLeftOut)).toBe(false);
  expect(codePaths(ROOT)).toEqual(expect.arrayContaining(['server', 'client', 'geo', 'layouts', 'package-lock.json']));
});

test('the bill of materials names every package with its licence and hash', () => {
  const bill = sbomOf({ name: 'toan-canh', version: '1.0.0', license: 'EUPL-1.2' }, packages, 0) as { bomFormat: string; components: { name: string; purl: string; licenses?: object[]; hashes?: { content: string }[] }[] };
  expect(bill.bomFormat).toBe('CycloneDX');
  expect(bill.components).toHaveLength(packages.length);
  expect(bill.components.filter(({ hashes }) => hashes?.[0]?.content.length === 128).length).toBe(packages.length);
  // Two old packages state none, anywhere.
  expect(bill.components.filter(({ licenses }) => licenses === undefined).map(({ name }) => name)).toEqual(['buffers', 'png-js']);
  expect(bill.components.find(({ name }) => name === '@fastify/static')!.purl).toMatch(/^pkg:npm\/%40fastify\/static@\d/);
});
