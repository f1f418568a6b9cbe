import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectorText } from '#contract/connector.ts';
import { okay } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { isInVietnam } from '../../../geo/inside.ts';
import { makeCertificates } from '../../feeds/connector/testing/certificates.ts';
import { REST_CLIENT, startRestVendor } from '../../feeds/connector/testing/restVendor.ts';
import { makeWorkbook, SFTP_ACCOUNT, startSftpVendor } from '../../feeds/connector/testing/sftpVendor.ts';
import { startSoapVendor } from '../../feeds/connector/testing/soapVendor.ts';
import { createRealClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createRandom } from '../../kernel/random.ts';
import { createTestStore, testSeal, testUnits, type TestStore } from '../../store/topics/testStore.ts';
import { openConnectors } from './house.ts';

const ADMIN: Principal = { kind: 'person', id: 'us-1', name: 'Quản trị', roles: ['admin'], units: null };
const SOON = { timeout: 20_000, interval: 40 };
const certificates = makeCertificates(Date.now());
const [rest, soap, sftp] = await Promise.all([startRestVendor(), startSoapVendor(certificates), startSftpVendor()]);
const dataFolder = mkdtempSync(join(tmpdir(), 'connectors-'));
let store: TestStore;
let house: Awaited<ReturnType<typeof openConnectors>>;

const clock = createRealClock();
const opened = async () => {
  house = await openConnectors({ engine: store.engine, seal: testSeal, door: store.door, units: testUnits, places: { isInVietnam, wardAt: () => null }, clock, random: createRandom(1), log: createSilentLog(), dataFolder, isOnDuty: () => true, quality: async () => okay({ at: 0, items: [] }) });
  await house.start();
};

beforeAll(async () => {
  store = await createTestStore('embedded');
  store.clock.move({ at: Date.now() });
});
beforeEach(async () => {
  store.clock.move({ at: Date.now() });
  await opened();
});
afterEach(() => house.close());
afterAll(async () => {
  await Promise.all([rest.close(), soap.close(), sftp.close(), store.close()]);
  rmSync(dataFolder, { recursive: true });
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const record = (n: number, more: object = {}) => ({ id: `n-${n}`, reportedAt: minutesAgo(1000 - n), subject: `Ngập tại điểm ${n}`, severity: n % 2 ? 'cao' : 'vừa', lng: 108.2123, lat: 16.0612, ...more });

const REST: ConnectorText = {
  id: 'ngap-lgsp', name: 'Cảnh báo ngập qua LGSP', topic: 'alert', provenance: 'real', format: 'json', items: 'result.records', schedule: { everyS: 1 },
  way: {
    kind: 'http', method: 'GET', url: `${rest.url}?page={page}&size={size}&from={since}&to={until}`, allowPrivate: true, timeoutS: 5,
    auth: { kind: 'oauth2', tokenUrl: rest.tokenUrl, clientId: REST_CLIENT.clientId, sendIn: 'header' }, paging: { kind: 'page', first: 1, size: 10 }, since: { form: 'iso', overlapS: 60, firstHours: 24 },
  },
  mapping: { key: '{id}', map: { at: 'reportedAt', kind: { value: 'flood' }, level: { from: 'severity', table: { cao: 2, 'vừa': 3 } }, title: 'subject', position: { lon: 'lng', lat: 'lat' } } },
};
const SOAP: ConnectorText = {
  id: 'muc-nuoc', name: 'Mực nước (SOAP)', topic: 'alert', provenance: 'real', format: 'xml', items: 'Envelope.Body.LayMucNuocResponse.KetQua.Row', schedule: { everyS: 1 },
  way: { kind: 'http', method: 'POST', url: soap.url, allowPrivate: true, timeoutS: 5, ca: certificates.authority.certificate, auth: { kind: 'none' }, paging: { kind: 'none' }, since: { form: 'date', overlapS: 60, firstHours: 24 }, headers: { SOAPAction: 'urn:tram/LayMucNuoc' }, body: '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><LayMucNuoc xmlns="urn:tram"><tuNgay>{since}</tuNgay></LayMucNuoc></e:Body></e:Envelope>' },
  mapping: { key: '{ma}@{thoiGian}', map: { at: { from: 'thoiGian', time: 'yyyy-MM-dd HH:mm:ss', zone: 'Asia/Ho_Chi_Minh' }, kind: { value: 'flood' }, level: { value: 3 }, title: '{noiDung}: {giaTri} m', position: { lon: 'lon', lat: 'lat' } } },
};
const SFTP: ConnectorText = {
  id: 'bao-cao-dem', name: 'Báo cáo đêm (XLSX)', topic: 'alert', provenance: 'real', format: 'xlsx', items: '', schedule: { everyS: 1 },
  way: { kind: 'sftp', host: '127.0.0.1', port: sftp.port, user: SFTP_ACCOUNT.user, folder: SFTP_ACCOUNT.folder, pattern: 'bao-cao-*.xlsx', hostKey: '', allowPrivate: true },
  mapping: { key: '{Mã số}', map: { at: { from: 'Thời gian', time: 'dd/MM/yyyy HH:mm', zone: 'Asia/Ho_Chi_Minh' }, kind: { value: 'fire' }, level: { value: 2 }, title: 'Nội dung', position: { lon: 'Kinh độ', lat: 'Vĩ độ' } } },
};
const clientOf = ({ certificate, privateKey }: { certificate: string; privateKey: string }) => ({ certificate, privateKey });

const stored = async (source: string) => (await store.engine.query<{ n: number }>('select count(*)::int as n from alert where source = $1', [source]))[0]!.n;
const look = async (id: string) => {
  const listed = await house.list();
  return (listed.ok ? listed.value : []).find((one) => one.id === id)!;
};
/** Writes it down as it is now wanted and lets it run. */
const run = async (text: ConnectorText, secrets = {}) => {
  const written = await house.write(ADMIN, text, secrets, (await look(text.id))?.rev ?? 0);
  if (!written.ok) throw new Error(JSON.stringify(written.fault));
  await house.turn(ADMIN, text.id, true);
};
const untilState = (id: string, state: object) => vi.waitFor(async () => expect(await look(id)).toMatchObject(state), SOON);
const vietnamTime = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const sheetTime = (at: number) => {
  const [day, time] = vietnamTime(at).split(' ') as [string, string];
  return `${day.split('-').reverse().join('/')} ${time.slice(0, 5)}`;
};

test('REST with OAuth2 and pages: taken once, asked on from the newest, a dead token is renewed', async () => {
  rest.records = Array.from({ length: 25 }, (_, n) => record(n));
  await run(REST, { secret: REST_CLIENT.secret });
  await untilState(REST.id, { state: 'live', accepted: 25, rejected: 0, secrets: ['secret'] });
  expect(await stored(REST.id)).toBe(25);
  expect(JSON.stringify(await look(REST.id))).not.toContain(REST_CLIENT.secret);
  rest.endTokens();
  rest.records.push(record(26));
  await vi.waitFor(async () => expect(await stored(REST.id)).toBe(26), SOON);
  await untilState(REST.id, { state: 'live' });
  const newest = Date.parse(rest.records.at(-1)!.reportedAt);
  const askedFrom = () => Date.parse(new URL(rest.asked.at(-1)!.split(' ')[1]!, rest.url).searchParams.get('from') ?? '');
  await vi.waitFor(() => expect(askedFrom()).toBe(newest - 60_000), SOON);
});

test.each([
  ['down', 'SOURCE_UNREACHABLE'],
  ['error-page', 'SOURCE_ERROR_PAGE'],
  ['complaint', 'SOURCE_ERROR_PAGE'],
  ['repeats', 'SOURCE_REPEATS'],
  ['cut', 'SOURCE_CUT'],
  ['slow-down', 'SOURCE_SLOW_DOWN'],
] as const)('a vendor that is "%s" is named plainly, nothing half enters, and it comes back by itself', async (mood, code) => {
  rest.records = Array.from({ length: 30 }, (_, n) => record(100 + n));
  const before = await stored(REST.id);
  rest.mood = mood;
  await house.ask(ADMIN, REST.id);
  await untilState(REST.id, { state: 'failing', fault: { code } });
  expect(await stored(REST.id)).toBe(before);
  rest.mood = 'good';
  await untilState(REST.id, { state: 'live', fault: null, failures: 0 });
  expect(await stored(REST.id)).toBeGreaterThanOrEqual(before);
  await house.turn(ADMIN, REST.id, false);
  await house.turn(ADMIN, REST.id, true);
});

test('a wrong mapping, a wrong time zone and a wrong secret import nothing', async () => {
  const other: ConnectorText = { ...REST, id: 'thu-sai', way: { ...REST.way, url: `${rest.url}?page={page}&size={size}` } as ConnectorText['way'] };
  rest.records = Array.from({ length: 12 }, (_, n) => record(200 + n));
  await run({ ...other, mapping: { ...REST.mapping, map: { ...REST.mapping.map, level: 'subject' } } }, { secret: REST_CLIENT.secret });
  await untilState(other.id, { state: 'failing', fault: { code: 'SOURCE_MAPPING' } });
  rest.records = rest.records.map((row, n) => ({ ...row, reportedAt: `${minutesAgo(n - 7 * 60).slice(0, 19)}Z` }));
  await run({ ...other, mapping: REST.mapping });
  await untilState(other.id, { fault: { code: 'SOURCE_ZONE' } });
  await run({ ...other, mapping: REST.mapping }, { secret: 'khong-dung' });
  await untilState(other.id, { fault: { code: 'SOURCE_LOGIN' } });
  expect(await stored(other.id)).toBe(0);
  expect(await house.remove(ADMIN, other.id)).toMatchObject({ ok: true });
});

test('SOAP with a client certificate: namespaces, one row or many, local times; every bad certificate is named', async () => {
  const now = Date.now();
  const row = (n: number) => ({ ma: `T${n}`, thoiGian: vietnamTime(now - n * 60_000), noiDung: 'Mực nước &amp; mưa', giaTri: '2,4', lon: 108.22, lat: 16.06 });
  soap.records = [row(1)];
  await run(SOAP, clientOf(certificates.client));
  await untilState(SOAP.id, { state: 'live', accepted: 1, secrets: ['certificate', 'privateKey'] });
  expect(soap.bodies[0]).toMatch(/<tuNgay>\d{4}-\d\d-\d\d<\/tuNgay>/);
  soap.records = [row(1), row(2), row(3)];
  await vi.waitFor(async () => expect(await stored(SOAP.id)).toBe(3), SOON);
  expect((await store.engine.query<{ title: string }>('select title from alert where source = $1 limit 1', [SOAP.id]))[0]!.title).toBe('Mực nước & mưa: 2,4 m');
  soap.mood = 'fault';
  await untilState(SOAP.id, { fault: { code: 'SOURCE_SOAP', detail: 'Phiên làm việc đã hết hạn' } });
  soap.mood = 'cut';
  await untilState(SOAP.id, { fault: { code: 'SOURCE_CUT' } });
  soap.mood = 'good';
  soap.useExpired(true);
  await untilState(SOAP.id, { fault: { code: 'SOURCE_CERTIFICATE', detail: 'CERT_HAS_EXPIRED' } });
  soap.useExpired(false);
  await run(SOAP, clientOf(certificates.expiredClient));
  await untilState(SOAP.id, { fault: { code: 'SOURCE_OWN_CERTIFICATE' } });
  await run(SOAP, { certificate: null, privateKey: null });
  await untilState(SOAP.id, { fault: { code: 'SOURCE_OWN_CERTIFICATE' } });
  await run(SOAP, clientOf(certificates.client));
  await untilState(SOAP.id, { state: 'live', fault: null });
  expect(await look(REST.id)).toMatchObject({ state: 'live' });
});

test('a nightly workbook by SFTP: the fingerprint is asked for first, half a file waits, each file once', async () => {
  const header = ['Mã số', 'Thời gian', 'Nội dung', 'Kinh độ', 'Vĩ độ'];
  const rows = Array.from({ length: 8 }, (_, n) => [`X${n}`, sheetTime(Date.now() - n * 3_600_000), `Cháy nhỏ ${n}`, 108.21, 16.06]);
  const whole = await makeWorkbook(header, rows);
  sftp.files.set('bao-cao-1.xlsx', { bytes: whole.subarray(0, whole.length - 400), changedAt: 1_790_000_000_000 });
  sftp.files.set('doc-toi.txt', { bytes: Buffer.from('x'), changedAt: 1_790_000_000_000 });
  await run(SFTP, { secret: SFTP_ACCOUNT.password });
  await untilState(SFTP.id, { fault: { code: 'SOURCE_HOST_KEY' } });
  const hostKey = (await look(SFTP.id)).fault!.detail!;
  expect(hostKey).toMatch(/^SHA256:/);
  const known: ConnectorText = { ...SFTP, way: { ...SFTP.way, hostKey } as ConnectorText['way'] };
  await run(known);
  await untilState(SFTP.id, { fault: { code: 'SOURCE_CUT' }, accepted: 0 });
  expect(await stored(SFTP.id)).toBe(0);
  sftp.files.set('bao-cao-1.xlsx', { bytes: whole, changedAt: 1_790_000_060_000 });
  await untilState(SFTP.id, { state: 'live', accepted: 8 });
  sftp.isUp = false;
  await untilState(SFTP.id, { state: 'failing' });
  sftp.isUp = true;
  await untilState(SFTP.id, { state: 'live', accepted: 8, duplicates: 0 });
  await run(known, { secret: 'sai' });
  await untilState(SFTP.id, { fault: { code: 'SOURCE_LOGIN' } });
  await run(known, { secret: SFTP_ACCOUNT.password });
});

test('a preview shows what rows would become and stores nothing; it proposes a mapping', async () => {
  rest.records = Array.from({ length: 40 }, (_, n) => record(400 + n));
  const before = await stored('moi');
  const tried = await house.preview({ ...REST, id: 'moi', mapping: { map: {} } }, { secret: REST_CLIENT.secret });
  expect(tried).toMatchObject({ ok: true, value: { rows: 40, good: 0, fault: { code: 'SOURCE_MAPPING' }, suggestion: { key: '{id}', map: { at: { from: 'reportedAt' }, title: 'subject', level: 'severity', position: { lon: 'lng', lat: 'lat' } } } } });
  const right = await house.preview({ ...REST, id: 'moi' }, { secret: REST_CLIENT.secret });
  expect(right).toMatchObject({ ok: true, value: { good: 40, fault: null, warnings: [] } });
  expect(right.ok && right.value.samples).toHaveLength(20);
  expect(right.ok && right.value.samples[0]!.item).toMatchObject({ title: 'Ngập tại điểm 400', level: 3 });
  expect(await stored('moi')).toBe(before);
});

test('a span of the past is taken slice by slice, can be stopped, and is nothing new the second time', async () => {
  rest.records = Array.from({ length: 48 }, (_, n) => ({ ...record(500 + n), reportedAt: new Date(Date.UTC(2026, 5, 1) + n * 3_600_000).toISOString() }));
  const span = { from: Date.UTC(2026, 5, 1), to: Date.UTC(2026, 5, 3), sliceHours: 6 };
  expect(await house.backfill(ADMIN, SOAP.id, span)).toMatchObject({ fault: { code: 'SOURCE_RANGE' } });
  const begun = await house.backfill(ADMIN, REST.id, span);
  expect(begun).toMatchObject({ ok: true, value: { kind: 'backfill', state: 'running', share: 0 } });
  const newest = async () => {
    const runs = await house.runs(REST.id);
    return (runs.ok ? runs.value : []).find(({ kind }) => kind === 'backfill');
  };
  await vi.waitFor(async () => expect(await newest()).toMatchObject({ state: 'done', share: 1, accepted: 48 }), SOON);
  // Who reads "done" may begin the next at once.
  expect(await house.backfill(ADMIN, REST.id, span)).toMatchObject({ ok: true });
  await vi.waitFor(async () => expect(await newest()).toMatchObject({ state: 'done', accepted: 0, duplicates: 48 }), SOON);
  expect(await house.backfill(ADMIN, REST.id, { ...span, to: Date.UTC(2026, 6, 1), sliceHours: 1 })).toMatchObject({ ok: true });
  await vi.waitFor(async () => expect((await look(REST.id)).running?.share ?? 0).toBeGreaterThan(0), SOON);
  await house.cancel(ADMIN, REST.id);
  await vi.waitFor(async () => expect(await newest()).toMatchObject({ state: 'cancelled' }), SOON);
});

test('files of a folder are read, but never the rest of the data folder; a call of the other side is mapped', async () => {
  mkdirSync(join(dataFolder, 'in', 'tha'), { recursive: true });
  writeFileSync(join(dataFolder, 'seal.csv'), 'id;at\n1;2\n');
  writeFileSync(join(dataFolder, 'in', 'tha', 'a.csv'), `id;at;title\n1;${minutesAgo(3)};Đổ cây\n2;${minutesAgo(2)};Ngã tư kẹt\n3;`);
  const text: ConnectorText = { ...REST, id: 'tha', format: 'csv', items: '', way: { kind: 'folder', folder: 'tha', pattern: '*.csv' }, mapping: { key: '{id}', map: { at: 'at', title: 'title', kind: { value: 'flood' }, level: { value: 4 } } } };
  await run(text);
  await untilState('tha', { fault: { code: 'SOURCE_CUT' }, accepted: 0 });
  writeFileSync(join(dataFolder, 'in', 'tha', 'a.csv'), `id;at;title\n1;${minutesAgo(3)};Đổ cây\n2;${minutesAgo(2)};Ngã tư kẹt\n3;sai;x\n`);
  await untilState('tha', { state: 'live', accepted: 2, rejected: 1 });
  expect(await house.preview({ ...text, way: { ...text.way, folder: '../..' } }, {})).toMatchObject({ ok: true, value: { rows: 0 } });
  expect(await house.preview({ ...text, way: { ...text.way, folder: dataFolder } }, {})).toMatchObject({ ok: true, value: { rows: 0 } });
  const hook: ConnectorText = { ...text, id: 'goi-vao', items: 'events', way: { kind: 'webhook' } };
  await run(hook);
  const key = { id: 'vendor', name: 'Vendor', topics: null, provenance: 'real' as const };
  expect(await house.take('goi-vao', key, { events: [{ id: 9, at: Date.now() - 1000, title: 'Gọi vào' }] })).toMatchObject({ ok: true, value: { kind: 'webhook', accepted: 1 } });
  expect(await house.take('goi-vao', { ...key, topics: ['camera'] }, { events: [{}] })).toMatchObject({ fault: { code: 'INGEST_SCOPE' } });
  expect(await stored('goi-vao')).toBe(1);
});
