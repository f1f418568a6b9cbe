import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPostgres, startNativeCluster, type NativeCluster } from '../../server/store/engine/nativeCluster.ts';
import { call, post, signIn } from '../support/door.ts';
import { freePort } from '../support/freePort.ts';
import { ADMIN_PASSWORD, INGEST_KEY } from '../support/product.ts';
import { makeTwoReleases } from '../support/release.ts';

const run = promisify(execFile);
const BEFORE = 'trước khi nâng cấp';
const AFTER = 'sau khi nâng cấp';

const folder = mkdtempSync(join(tmpdir(), 'toan-canh-nang-cap-pg-'));
const [home, data] = [join(folder, 'opt'), join(folder, 'data')];
let cluster: NativeCluster;
let releases: { first: string; second: string };
let url: string;
let port: number;

const command = (name: string, ...words: string[]) => run(join(home, name), words, { maxBuffer: 2 ** 26 });
const install = (release: string) => run(join(release, 'install.sh'), ['--to', home, '--data', data, '--port', String(port), '--no-service'], { maxBuffer: 2 ** 26 });
const versionServed = async () => ((await (await fetch(`${url}/readyz`)).json()) as { version: string }).version;
const send = (name: string) => post(url, 'alert', [{ key: name, at: Date.now(), kind: 'flood', level: 3, title: name, position: [108.2123, 16.0612] }]);
const titles = async () => (await call<{ items: { title: string }[] }>(url, await signIn(url), '/api/v1/alerts?limit=200')).items.map(({ title }) => title).sort();
const backups = () => readdirSync(join(data, 'backups')).sort();

beforeAll(async () => {
  cluster = await startNativeCluster(findPostgres()!);
  mkdirSync(home, { recursive: true });
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  writeFileSync(join(home, 'environment'), `IOC_DATA=${data}\nIOC_PORT=${port}\nIOC_HOST=127.0.0.1\nIOC_SAMPLE=off\nIOC_ADMIN_PASSWORD=${ADMIN_PASSWORD}\nIOC_INGEST_KEY=${INGEST_KEY}\nDATABASE_URL='${cluster.url}'\n`, { mode: 0o600 });
  releases = await makeTwoReleases(folder, () => undefined);
  await install(releases.first);
  await send(BEFORE);
}, 1_200_000);
afterAll(async () => {
  await command('toan-canh.sh', 'stop');
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('an upgrade on a PostgreSQL of its own keeps what was there', async () => {
  const before = await versionServed();
  await install(releases.second);
  expect([before === '0.2.0', await versionServed()]).toEqual([false, '0.2.0']);
  await send(AFTER);
  expect(await titles()).toEqual([AFTER, BEFORE]);
}, 600_000);

test('the way back writes the database over, and what was written since lies in a backup that can be read again', async () => {
  await command('rollback.sh');
  expect(await versionServed()).not.toBe('0.2.0');
  expect(await titles()).toEqual([BEFORE]);
  const newer = backups().find((name) => name.startsWith('before-rollback-'))!;
  expect(newer).toBeDefined();
  await command('toan-canh.sh', 'stop');
  await command('toan-canh.sh', 'run', 'restore', join(data, 'backups', newer));
  await command('toan-canh.sh', 'start');
  expect(await titles()).toEqual([AFTER, BEFORE]);
}, 600_000);

test('a way back that cannot restore stays where it is, with its data, and says so', async () => {
  await install(releases.second);
  writeFileSync(join(home, 'previous-backup'), join(data, 'backups', 'not-there'));
  const refused = await command('rollback.sh').then(() => '', (error: { stderr: string }) => error.stderr);
  expect(refused).toContain('vẫn ở phiên bản này');
  expect([await versionServed(), await titles()]).toEqual(['0.2.0', [AFTER, BEFORE]]);
}, 600_000);
