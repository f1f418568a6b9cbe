import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ConnectorText, SqlWay } from '#contract/connector.ts';
import { SQL_ACCOUNT, startSqlVendor, type SqlVendor } from '../../feeds/connector/testing/sqlVendor.ts';
import { createConnectorBench, type ConnectorBench } from './testing/bench.ts';

const SOON = { timeout: 30_000, interval: 50 };
let vendor: SqlVendor;
let bench: ConnectorBench;
let way: SqlWay;

beforeAll(async () => {
  [vendor, bench] = await Promise.all([startSqlVendor(), createConnectorBench()]);
  await vendor.query(`
    create function chia_se.ghi() returns int language sql as 'insert into chia_se.tram (ma) values (''X'') returning 1';
    create view chia_se.tu_ghi as select chia_se.ghi() as n;
    create view chia_se.cham as select pg_sleep(20)::text as ma;
    grant select on chia_se.tu_ghi, chia_se.cham to ${SQL_ACCOUNT.user};
    create role rong login password '${SQL_ACCOUNT.password}';`);
  way = { kind: 'sql', host: '127.0.0.1', port: vendor.port, database: 'postgres', user: SQL_ACCOUNT.user, view: SQL_ACCOUNT.view, since: { column: 'luc', overlapS: 60, firstHours: 24 }, mostRows: 1000, tls: false, allowPrivate: true, timeoutS: 5 };
});
afterAll(async () => {
  await bench.close();
  await vendor.close();
});

const textOf = (more: Partial<SqlWay> = {}, id = 'ngap-sql'): ConnectorText => ({
  id, name: 'Điểm ngập (khung nhìn SQL)', topic: 'alert', provenance: 'real', format: 'json', items: '', schedule: { everyS: 1 }, way: { ...way, ...more },
  mapping: { key: '{ma}@{luc}', map: { at: { from: 'luc', zone: 'Asia/Ho_Chi_Minh' }, kind: { value: 'flood' }, level: 'muc', title: 'noi_dung', position: { lon: 'kinh_do', lat: 'vi_do' } } },
});
const faultOf = async (more: Partial<SqlWay>, secret = SQL_ACCOUNT.password) => (await bench.preview(textOf(more, 'thu'), { secret })).fault;

test('a view is asked from its newest row on; its local times are of Việt Nam; the secret is never read back', async () => {
  for (let n = 0; n < 8; n++) await vendor.add(n, 100 - n);
  const tried = await bench.preview(textOf(), { secret: SQL_ACCOUNT.password });
  expect(tried).toMatchObject({ rows: 8, good: 8, fault: null, warnings: [] });
  expect(tried.samples[0]!.fields).toMatchObject({ ma: 'T0', muc: '2' });
  await bench.run(textOf(), { secret: SQL_ACCOUNT.password });
  await vi.waitFor(async () => expect(await bench.look('ngap-sql')).toMatchObject({ state: 'live', accepted: 8, rejected: 0, secrets: ['secret'] }), SOON);
  await vendor.add(9, 1);
  await vi.waitFor(async () => expect(await bench.look('ngap-sql')).toMatchObject({ state: 'live', accepted: 9 }), SOON);
  const [newest] = await bench.query<{ at: number; title: string }>(`select raised_at as at, title from alert where source = 'ngap-sql' order by n desc limit 1`);
  expect(newest!.title).toBe('Ngập tại điểm 9');
  expect(Math.abs(Date.now() - newest!.at)).toBeLessThan(5 * 60_000);
  expect(JSON.stringify(await bench.look('ngap-sql'))).not.toContain(SQL_ACCOUNT.password);
});

test('what goes wrong is named, and nothing is written at the other side', async () => {
  expect(await faultOf({}, 'sai')).toMatchObject({ code: 'SOURCE_LOGIN' });
  expect(await faultOf({ user: 'rong' })).toMatchObject({ code: 'SOURCE_LOGIN' });
  expect(await faultOf({ database: 'khong_co' })).toMatchObject({ code: 'SOURCE_LOGIN' });
  expect(await faultOf({ view: 'chia_se.khong_co' })).toMatchObject({ code: 'SOURCE_VIEW' });
  expect(await faultOf({ since: { column: 'khong_co', overlapS: 0, firstHours: 1 } })).toMatchObject({ code: 'SOURCE_VIEW' });
  const { since: _whole, ...whole } = way;
  const previewWhole = async (more: Partial<SqlWay>) => (await bench.preview({ ...textOf({}, 'thu'), way: { ...whole, ...more } }, { secret: SQL_ACCOUNT.password })).fault;
  expect(await previewWhole({ view: 'chia_se.tu_ghi' })).toMatchObject({ code: 'SOURCE_VIEW' });
  expect((await vendor.query(`select 1 from chia_se.tram where ma = 'X'`)).rowCount).toBe(0);
  expect(await previewWhole({ view: 'chia_se.cham', timeoutS: 1 })).toMatchObject({ code: 'SOURCE_TIMEOUT' });
  expect(await previewWhole({ mostRows: 3 })).toMatchObject({ code: 'SOURCE_TOO_MANY', detail: '3' });
  expect(await faultOf({ tls: true })).toMatchObject({ code: 'SOURCE_CERTIFICATE' });
  expect(await faultOf({ allowPrivate: false })).toMatchObject({ code: 'SOURCE_ADDRESS' });
  expect(await faultOf({ port: 1 })).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  await expect(bench.preview(textOf({ view: 'tram; drop table tram' }))).rejects.toThrow('SOURCE_TEXT');
});

test('a database that dies is named and asked again by itself; a span of the past is taken slice by slice', async () => {
  await vendor.crash();
  await vi.waitFor(async () => expect(await bench.look('ngap-sql')).toMatchObject({ state: 'live', fault: null }), SOON);
  await bench.stop('ngap-sql');
  for (let n = 20; n < 30; n++) await vendor.add(n, n * 60);
  const hour = 3_600_000;
  const begun = await bench.backfill('ngap-sql', { from: Date.now() - 48 * hour, to: Date.now(), sliceHours: 6 });
  expect(begun).toMatchObject({ ok: true });
  await vi.waitFor(async () => {
    const runs = await bench.house.runs('ngap-sql');
    expect(runs.ok && runs.value.find(({ kind }) => kind === 'backfill')).toMatchObject({ state: 'done', share: 1, accepted: 10, rejected: 0 });
  }, SOON);
});
