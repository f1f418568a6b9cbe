import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { createTestClock } from '../testing/clock.ts';
import { createTestDoor } from '../testing/door.ts';
import { decode } from '../../domain/rows/decode.ts';
import { reportOf } from './report.ts';
import { createWatch } from './watch.ts';

const HEADER = 'key,at,service,description,lon,lat';
const ROW = 'don-1,2026-11-20T08:00:00+07:00,environment,Rác chất đống ở góc đường.,108.2243,16.0662';
const folder = mkdtempSync(join(tmpdir(), 'drop-'));

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function setUp() {
  const clock = createTestClock();
  const door = createTestDoor(clock.now);
  const watch = createWatch({ id: 'drop', send: door.send, clock, log: createSilentLog() }, { name: 'drop', folder, promiseMs: undefined });
  const drop = (name: string, content: string | Uint8Array, topic = 'feedback') => {
    mkdirSync(join(folder, topic), { recursive: true });
    writeFileSync(join(folder, topic, name), content);
  };
  const settle = async () => {
    await watch.look();
    await watch.look();
  };
  const report = (name: string) => readFileSync(join(folder, 'done', `${name}.report.csv`), 'utf8');
  return { door, watch, drop, settle, report };
}

test('a file is taken once nobody writes it, and not before', async () => {
  const { door, watch, drop } = setUp();
  drop('a.csv', `${HEADER}\n${ROW.slice(0, 30)}`);
  await watch.look();
  drop('a.csv', `${HEADER}\n${ROW}\n${ROW.replace('don-1', 'don-2')}\n`);
  await watch.look();
  expect(door.accepted).toEqual([]);
  await watch.look();
  expect(door.accepted).toHaveLength(2);
  expect(readdirSync(join(folder, 'feedback'))).toEqual([]);
  expect(readdirSync(join(folder, 'done')).sort()).toEqual(['feedback-a.csv', 'feedback-a.csv.report.csv']);
});

test('the report names line, field and reason of every refused row', async () => {
  const { drop, settle, report } = setUp();
  drop('b.csv', `${HEADER}\n${ROW}\n${ROW.replace('don-1', 'don-2').replace('+07:00', '')}\n${ROW.replace('don-1', 'don-3').replace('108.2243', '2.35')}\ndon-4,half\n`);
  await settle();
  const lines = report('feedback-b.csv').replace(/\r\n$/, '').split('\r\n');
  expect(lines[0]).toBe('\ufeffdòng,trường,mã,lý do');
  expect(lines.slice(1).map((line) => line.split(',').slice(0, 3))).toEqual([['3', 'at', 'ROW_ZONE'], ['4', 'position', 'INGEST_POSITION'], ['5', '', 'ROW_CELLS']]);
});

test('a crash before the file was put away reads it again, and nothing enters twice', async () => {
  const first = setUp();
  first.drop('c.csv', `${HEADER}\n${ROW}\n`);
  const content = readFileSync(join(folder, 'feedback', 'c.csv'));
  await first.settle();
  first.drop('c.csv', content);
  await first.settle();
  expect(first.door.accepted).toHaveLength(1);
  expect(first.door.duplicates).toBe(1);
  expect(readdirSync(join(folder, 'done'))).toContain('feedback-c-2.csv');
});

test('while the door is shut a file waits where it is', async () => {
  const { door, watch, drop, settle } = setUp();
  drop('d.csv', `${HEADER}\n${ROW}\n`);
  door.isOpen = false;
  await settle();
  expect(watch.health()).toMatchObject({ state: 'down', reason: 'STORE_UNAVAILABLE' });
  expect(existsSync(join(folder, 'feedback', 'd.csv'))).toBe(true);
  door.isOpen = true;
  await watch.look();
  expect(door.accepted).toHaveLength(1);
  expect(watch.health()).toMatchObject({ state: 'live' });
});

test('other columns by a rule file beside it, or one for the whole folder', async () => {
  const { door, drop, settle } = setUp();
  drop('e.csv', 'ma;mo_ta\nE1;Ổ gà sâu\n');
  drop('e.csv.yaml', 'key: "e-{ma}"\nmap:\n  at: { value: 1795142400000 }\n  service: { value: infrastructure }\n  description: mo_ta\n');
  await settle();
  expect(door.accepted[0]).toMatchObject({ topic: 'feedback', item: { key: 'e-E1', description: 'Ổ gà sâu' } });
  expect(readdirSync(join(folder, 'done'))).toContain('feedback-e.csv.yaml');
});

test('a wrong rule file puts the file away with the reason', async () => {
  const { drop, settle, report } = setUp();
  drop('f.csv', 'a\n1\n');
  drop('f.csv.yaml', 'mapp: {}\n');
  await settle();
  expect(report('feedback-f.csv')).toContain('FILE_MAPPING');
});

test.each([
  ['feedback', 'g.ndjson', '{"key":"n1","at":1795142400000,"service":"drainage","description":"Ngập"}\nnửa dòng {', 1],
  ['alert', 'g.geojson', JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { key: 'g1', at: 1795142400000, kind: 'flood', level: 3, title: 'Ngập' }, geometry: { type: 'Point', coordinates: [108.2, 16.06] } }] }), 0],
  ['feedback', 'g.json', '[{"key":"j1","at":1795142400000,"service":"drainage","description":"Ngập"}]', 0],
])('%s in %s', async (topic, name, content, refused) => {
  const { door, watch, drop, settle } = setUp();
  drop(name, content, topic);
  await settle();
  expect(door.accepted).toHaveLength(1);
  expect(watch.health().rejected).toBe(refused);
});

const VIETNAMESE = 'Đường phố ngập, nước dâng';

test.each([
  ['UTF-8', Buffer.from(VIETNAMESE)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${VIETNAMESE}`)],
  ['UTF-8 decomposed', Buffer.from(VIETNAMESE.normalize('NFD'))],
  ['UTF-16 little endian', Buffer.from(`\ufeff${VIETNAMESE}`, 'utf16le')],
  ['UTF-16 big endian', Buffer.from(`\ufeff${VIETNAMESE}`, 'utf16le').swap16()],
])('%s is read without a guess', (_, bytes) => {
  expect(decode(bytes)).toMatchObject({ text: VIETNAMESE, isGuess: false });
});

test('windows-1258 is read, composed and flagged', async () => {
  const { door, drop, settle, report } = setUp();
  // "Đường" and "ngập" as the old code page writes them: base letter, then tone.
  const old = Buffer.from([0xd0, 0xfd, 0xf5, 0xcc, 0x6e, 0x67, 0x20, 0x6e, 0x67, 0xe2, 0xf2, 0x70]);
  drop('h.csv', Buffer.concat([Buffer.from('key,at,service,description\nh1,2026-11-20T08:00:00+07:00,drainage,'), old, Buffer.from('\n')]));
  await settle();
  expect(door.accepted[0]!.item.description).toBe('Đường ngập');
  expect(report('feedback-h.csv')).toContain('FILE_ENCODING');
});

test('an empty file is put away with a word', async () => {
  const { drop, settle, report } = setUp();
  drop('i.csv', `${HEADER}\n`);
  await settle();
  expect(report('feedback-i.csv')).toContain('FILE_EMPTY');
});

test('a report never starts a formula', () => {
  expect(reportOf([{ line: 2, field: '=cmd()', code: 'X', reason: 'a, "b"' }])).toContain(`2,'=cmd(),X,"a, ""b"""`);
});
