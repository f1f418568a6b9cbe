import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { createSilentLog, type Log } from '../../kernel/log.ts';
import { createRandom } from '../../kernel/random.ts';
import { createTestClock } from '../testing/clock.ts';
import { createTestDoor } from '../testing/door.ts';
import { startSource } from '../testing/source.ts';
import { isPublicAddress } from '../../kernel/publicAddress.ts';
import { download, LARGEST_ANSWER } from './download.ts';
import { createPoll } from './poll.ts';
import type { Settings } from './settings.ts';

const READING = { id: 'tram-1', time: '2026-11-20T09:50:00+07:00', mm: 3 };
const source = await startSource();

beforeEach(() => void (source.requests.length = 0));
afterAll(() => source.close());

function setUp(more: Partial<Settings> = {}, log: Log = createSilentLog()) {
  const clock = createTestClock();
  const door = createTestDoor(clock.now);
  const settings: Settings = {
    topic: 'sensor', url: source.url, every: '30s', format: 'json', items: 'result.records', allowPrivate: true, key: '{id}@{time}',
    map: { ref: 'id', at: 'time', value: 'mm', kind: { value: 'rain' }, unitOfMeasure: { value: 'mm/h' } },
    ...more,
  };
  return { clock, door, poll: createPoll({ id: 'rain', send: door.send, clock, random: createRandom(1), log }, settings) };
}

const answerWith = (records: unknown) => {
  source.answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json', etag: '"1"', 'last-modified': 'Fri, 20 Nov 2026 02:50:00 GMT' }).end(JSON.stringify({ result: { records } }));
};

test('what was taken enters once, and is asked for by its version', async () => {
  const { door, poll } = setUp();
  answerWith([READING]);
  const waitMs = await poll.ask();
  await poll.ask();
  expect(door.duplicates).toBe(0);
  answerWith([READING, { ...READING, id: 'tram-2' }]);
  await poll.ask();
  expect(waitMs).toBeGreaterThan(28_000);
  expect(waitMs).toBeLessThan(32_000);
  expect(door.accepted).toHaveLength(2);
  expect(door.duplicates).toBe(1);
  expect(source.requests[1]).toMatchObject({ 'if-none-match': '"1"', 'if-modified-since': 'Fri, 20 Nov 2026 02:50:00 GMT' });
});

test('an answer the door could not take is asked for whole again', async () => {
  const { door, poll } = setUp();
  answerWith([READING]);
  door.isOpen = false;
  await poll.ask();
  expect(poll.health()).toMatchObject({ state: 'waiting', reason: 'STORE_UNAVAILABLE' });
  door.isOpen = true;
  await poll.ask();
  expect(source.requests[1]!['if-none-match']).toBeUndefined();
  expect(door.accepted).toHaveLength(1);
});

test('waits grow while the source fails, and shrink when it answers', async () => {
  const { poll } = setUp();
  source.answer = (_, response) => response.writeHead(503).end();
  const waits = [await poll.ask(), await poll.ask(), await poll.ask(), await poll.ask(), await poll.ask(), await poll.ask()];
  expect(poll.health()).toMatchObject({ reason: 'HTTP 503' });
  expect(waits[2]!).toBeGreaterThan(waits[0]!);
  expect(Math.max(...waits)).toBeLessThanOrEqual(600_000);
  answerWith([]);
  expect(await poll.ask()).toBeLessThan(32_000);
});

test('a redirect is not followed, and a broken document is one failure', async () => {
  const { poll } = setUp();
  source.answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  await poll.ask();
  expect(poll.health().reason).toBe('REDIRECT');
  source.answer = (_, response) => response.writeHead(200).end('{"result":');
  await poll.ask();
  expect(poll.health().reason).toBe('ROW_JSON');
  expect(source.requests).toHaveLength(2);
});

test('an answer that is too large or never ends is dropped', async () => {
  const ask = { url: source.url, headers: {}, allowPrivate: true };
  source.answer = (_, response) => response.writeHead(200).end(Buffer.alloc(LARGEST_ANSWER + 1, 32));
  expect(await download({ ...ask, timeoutMs: 20_000 })).toEqual({ kind: 'failed', reason: 'TOO_LARGE' });
  source.answer = (_, response) => response.writeHead(200).write('[');
  expect(await download({ ...ask, timeoutMs: 150 })).toEqual({ kind: 'failed', reason: 'TIMEOUT' });
});

test.each([
  ['bearer', { bearer: 'secret-word' }, 'Bearer secret-word'],
  ['basic', { user: 'ioc', password: 'secret-word' }, `Basic ${Buffer.from('ioc:secret-word').toString('base64')}`],
])('a %s credential is sent and never logged', async (_, auth, header) => {
  const lines: unknown[] = [];
  const log: Log = { ...createSilentLog(), warn: (...line) => void lines.push(line), info: (...line) => void lines.push(line) };
  const { poll } = setUp({ auth }, log);
  source.answer = (_request, response) => response.writeHead(401).end();
  await poll.ask();
  expect(source.requests[0]!.authorization).toBe(header);
  expect(JSON.stringify([lines, poll.health()])).not.toContain('secret-word');
});

test('without leave, this machine and local networks are refused before a connection is made', async () => {
  const { poll } = setUp({ allowPrivate: false });
  await poll.ask();
  expect(poll.health().reason).toBe('ADDRESS_REFUSED');
  const port = new URL(source.url).port;
  for (const host of ['localhost', '[::1]', '[::ffff:127.0.0.1]', '127.1', '2130706433', '0.0.0.0']) {
    expect(await download({ url: `http://${host}:${port}/`, headers: {}, allowPrivate: false, timeoutMs: 5000 }), host).toEqual({ kind: 'failed', reason: 'ADDRESS_REFUSED' });
  }
  expect(source.requests).toEqual([]);
});

test.each(['10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '::', '::1', 'fe80::1%eth0', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '224.0.0.1', 'not an address'])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test('bad rows are told by line and reason, without their content', async () => {
  const warn = vi.fn();
  const { poll, door } = setUp({}, { ...createSilentLog(), warn });
  answerWith([READING, { ...READING, id: 'tram-2', mm: 'bí mật' }]);
  await poll.ask();
  expect(door.accepted).toHaveLength(1);
  expect(poll.health()).toMatchObject({ state: 'live', accepted: 1, rejected: 1 });
  answerWith([{ ...READING, id: 'tram-3' }, { ...READING, id: 'tram-2', mm: 'bí mật' }]);
  await poll.ask();
  expect(warn.mock.calls.map(([fields]: unknown[]) => fields)).toEqual([{ refused: 1, rows: [{ line: 2, field: 'value', code: 'ROW_NUMBER' }] }]);
});

test('the office system (iOffice) is asked by its API with the mapping of its file; its milestones come along', async () => {
  const { key, map } = parse(readFileSync(new URL('../../http/export/ioffice.mapping.yaml', import.meta.url), 'utf8')) as Pick<Settings, 'key' | 'map'>;
  const { door, poll } = setUp({ topic: 'assignment', key: key!, map: { ...map, milestones: 'Các mốc' } });
  const task = {
    'Mã nhiệm vụ': 'NV-07', 'Cập nhật lúc': '05/10/2026 10:00:00', 'Đơn vị chủ trì': '20242', 'Văn bản chỉ đạo': '88-TB/TU', 'Nội dung nhiệm vụ': 'Hoàn thành quy trình', 'Ngày giao': '01/09/2026 08:00:00',
    'Hạn hoàn thành': '30/11/2026 17:00:00', 'Tiến độ (%)': 40, 'Đã hoàn thành': 'không', 'Vướng mắc': 'Chưa có kinh phí', 'Các mốc': [{ title: 'Dự thảo', dueAt: 1_792_000_000_000, done: true }],
  };
  answerWith([task]);
  await poll.ask();
  await poll.ask();
  answerWith([{ ...task, 'Cập nhật lúc': '06/10/2026 10:00:00', 'Tiến độ (%)': 60 }]);
  await poll.ask();
  expect(door.accepted.map(({ topic, item }) => [topic, item.ref, item.progress])).toEqual([['assignment', 'NV-07', 40], ['assignment', 'NV-07', 60]]);
  expect(door.accepted[0]!.item).toMatchObject({ unit: '20242', directive: '88-TB/TU', done: false, blocked: 'Chưa có kinh phí', dueAt: Date.parse('2026-11-30T17:00:00+07:00'), milestones: [{ title: 'Dự thảo', done: true }] });
});
