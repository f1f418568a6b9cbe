import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Decision } from '#contract/decision.ts';
import type { LogEntry } from '#contract/entry.ts';
import { okay } from '#contract/faults.ts';
import type { Scenario } from '#contract/scenario.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import type { PastWall } from '#contract/past.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { Scene, WallProfile, WallState } from '#contract/wall.ts';
import type { PastPort } from '../../domain/ports/past.ts';
import { wholeScope } from '../../domain/scope.ts';
import { createUnits } from '../../domain/units/units.ts';
import { createBriefing } from './briefing.ts';
import { figuresOf } from './figures.ts';
import en from './text.en.json' with { type: 'json' };
import vi from './text.vi.json' with { type: 'json' };

const START = Date.UTC(2026, 9, 1, 3);
const MINUTE = 60_000;
const profile: WallProfile = { id: 'w2x2', name: { vi: 'Bốn màn hình', en: 'Four displays' }, width: 3840, height: 2160, pitchMm: 0.6, farthestViewerM: 5, outputs: [{ id: 'r1c1', rect: { x: 0, y: 0, width: 3840, height: 2160 } }] };
const camera = { center: [108.2, 16.06] as [number, number], zoom: 12, bearing: 0, pitch: 0 };
const stateOf = (scene: string, rev: number): WallState => ({
  wall: 'w2x2', rev, mode: 'live', scene, camera: { from: camera, to: camera, startAt: 0, durationMs: 0 }, tour: null, blank: false, frozenAt: null, identify: false, spotlight: null, control: null, changedBy: 'Lan', changedAt: 0, why: '',
  tiles: [
    { id: 'map', widget: 'map', rect: { x: 0, y: 0, width: 2560, height: 2160 }, title: { vi: 'Bản đồ', en: 'Map' } },
    { id: 'alerts', widget: 'alert-list', rect: { x: 2560, y: 0, width: 1280, height: 1080 }, title: { vi: 'Cảnh báo <đỏ>', en: 'Alerts' } },
    { id: 'air', widget: 'sensor-board', rect: { x: 0, y: 0, width: 640, height: 540 } },
    { id: 'red', widget: 'red-units', rect: { x: 0, y: 540, width: 2560, height: 540 } },
    { id: 'dossiers', widget: 'dossier-board', rect: { x: 640, y: 0, width: 1920, height: 540 }, title: { vi: 'Hồ sơ đúng hạn', en: 'Dossiers on time' } },
    { id: 'pushed', widget: 'camera-matrix', rect: { x: 2560, y: 1080, width: 1280, height: 1080 }, settings: { cameras: ['cam-1'] } },
  ],
});
const line = (scene: string, rev: number, at: number): PastWall => ({ wall: 'w2x2', rev, at, applyAt: at, act: 'scene', by: 'Lan', why: 'Giao ban', scene, hash: String(rev).repeat(64), chain: 'c'.repeat(64), state: stateOf(scene, rev) });
/** The step of a scenario that is told by one of the pictures. */
const told = (one: PastWall): PastWall => ({ ...one, state: { ...one.state, story: { run: 'run-7', step: 'mo-dau', name: { vi: 'Giao ban thứ Sáu', en: 'The Friday briefing' }, chapter: { vi: 'Giao ban', en: 'Briefing' }, isRehearsal: true, atMs: 0, sinceAt: one.at, rate: 1 } as WallState['story'] } });
const lines = [line('toan-canh', 1, START - 5000), told(line('giao-ban', 2, START + 5 * MINUTE)), line('y-te', 3, START + 10 * MINUTE), line('giao-duc', 4, START + 10 * MINUTE + 1000)];
const alert = (id: string, level: number, state: string): LogEntry => ({ seq: 1, topic: 'alert', key: id, id, rev: 1, at: START, body: { id, title: `Ngập ${id}`, level, state, provenance: 'simulated', position: [108.21, 16.06] } });
const camera1: LogEntry = { seq: 2, topic: 'camera', key: 'cam-1', id: 'cam-1', rev: 1, at: START, body: { id: 'cam-1', name: 'Cầu Rồng' } };
const DAY = 24 * 60 * MINUTE;
const red = (id: string, unit: string, since: number, more: object = {}): LogEntry => ({ seq: 3, topic: 'red-status', key: id, id, rev: 1, at: START, body: { id, unit, level: 'red', subject: { topic: 'indicator', code: 'KT-1', title: 'Giải ngân vốn' }, value: 63.44, target: 95, since, redSince: since, provenance: 'simulated', ...more } });
const casesOfRed: LogEntry = { seq: 5, topic: 'case', key: 'rc-1', id: 'rc-1', rev: 1, at: START, body: { id: 'rc-1', statusId: 'rs-1', state: 'accepted', cause: 'Chậm giải phóng mặt bằng', responsible: { account: 'a', name: 'Không in', position: 'Phó giám đốc', unit: '20242' }, milestones: [{ dueAt: START - DAY, keptAt: START - 2 * DAY }, { dueAt: START + 9 * DAY, keptAt: null }], dueAt: START + 30 * DAY } };
const reds = [red('rs-1', '20242', START - 12 * DAY), red('rs-2', '20257', START - 40 * DAY, { provenance: 'real' }), casesOfRed];
const dossier = (id: string, at: number, onTime: number, overdue: number): LogEntry => ({ seq: 6, topic: 'dossier', key: id, id, rev: 1, at, body: { id, unit: '20242', provenance: 'real', at, values: { procedure: 'TT-1', day: '2026-10-01', received: 60, onTime, overdue } } });
/** The second comes after the first chapter. */
const dossiers = [dossier('do-1', START - DAY, 45, 5), dossier('do-2', START + 8 * MINUTE, 1, 49)];
const water = (ref: string, at: number, afterS: number, value: number) => ({ id: `b-${at}`, at, on: 'time', scene: 'giao-ban', inject: [{ topic: 'sensor', ref, afterS, item: { kind: 'water-level', value, unitOfMeasure: 'm', name: `Mực nước ${ref}` } }] });
/** Its second reading comes after the wall went on. */
const rehearsed = { id: 'thu', kind: 'show', seed: 1, clock: { starts: '14:30', lengthS: 900 }, steps: [water('han', 0, 60, 1.18), water('han', 400, 0, 2.4)] } as unknown as Scenario;
let kept: Scenario | undefined = rehearsed;
const decision = (at: number): Decision => ({ id: 'de-1', wall: 'w2x2', rev: 2, at, by: 'Chánh văn phòng', request: { title: 'Bơm nước hầm chui', unit: '20242', dueAt: START + 60 * MINUTE, step: 'sent' } as HandlingRequestState });

const past: Pick<PastPort, 'moment' | 'stretch'> = {
  moment: async (at, { topics }) => okay({ at, from: START - 5000, now: START + 20 * MINUTE, epoch: 'epoch-01', seq: 1, entries: [alert('al-1', 1, 'raised'), alert('al-2', 2, 'closed'), camera1, ...reds, ...dossiers].filter(({ topic, body }) => topics.includes(topic as LoggedTopic) && ((body as { at?: number }).at ?? 0) <= at), sensors: [], feeds: null, frames: [], walls: lines.filter((one) => one.at <= at).slice(-1) }),
  stretch: async ({ from, until }) => okay({ until, seq: 1, entries: [], sensors: [], feeds: [], frames: [], walls: lines.filter((one) => one.at > from && one.at <= until) }),
};
let now = START + 20 * MINUTE;
let decidedAt = START + 6 * MINUTE;
const briefing = createBriefing({
  past,
  decisions: { between: async () => okay([decision(decidedAt)]) },
  rehearsals: { scenario: async () => okay(kept) },
  boundsOf: () => ({ worse: 'above', amber: 1, red: 2 }),
  walls: { profiles: () => [profile], scenes: () => [{ id: 'giao-ban', name: { vi: 'Giao ban', en: 'Briefing' } } as Scene] },
  units: createUnits([{ code: '20242', name: 'Hải Châu', fullName: 'Phường Hải Châu', kind: 'ward', search: 'hai chau' }]),
  clock: { now: () => now },
  outline: () => [[[108.1, 16], [108.3, 16.1]]],
});
const wish = { wall: 'w2x2', from: START, until: START + 15 * MINUTE, language: 'vi', format: 'html' } as const;
const made = async (more: Partial<Parameters<typeof briefing.make>[0]> = {}) => {
  const file = await briefing.make({ ...wish, ...more }, wholeScope('test'));
  return file.ok ? file.value : expect.unreachable(file.fault.code);
};

test('a chapter per picture, with its numbers, its hash and its decisions; glimpses are none', async () => {
  const html = (await made()).body.toString();
  expect([...html.matchAll(/<section id="([^"]+)" data-hash="(\d)/g)].map(([, id, rev]) => [id, rev])).toEqual([['chapter-1', '1'], ['chapter-2', '2'], ['chapter-3', '4']]);
  expect(html).toContain('Phần 2. Giao ban');
  expect(html).toMatch(/Cảnh báo ▲1<\/td><td class="n">1 cảnh báo<\/td><td>mô phỏng<\/td><td>10:09 01\/10\/2026/);
  expect(html.split('Bơm nước hầm chui')).toHaveLength(2);
  expect(html).toContain('Phường Hải Châu');
});

test('each RED unit stands with why, since how many days, and who answers by when', async () => {
  const html = (await made()).body.toString();
  const [chapter = ''] = /<section id="chapter-2"[\s\S]*?<\/section>/.exec(html) ?? [];
  const cells = [.../<h3>Đơn vị ĐỎ<\/h3>([\s\S]*?)<\/table>/.exec(chapter)![1]!.matchAll(/<tr>(<td[\s\S]*?)<\/tr>/g)].map(([, row]) => [...row!.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell));
  expect(cells).toEqual([
    ['20257', 'Giải ngân vốn: đạt 63,4, giao 95', 'chưa mở hồ sơ vụ việc', '40 ngày, từ 22/08/2026', '–', '–'],
    ['Phường Hải Châu · MÔ PHỎNG', 'Giải ngân vốn: đạt 63,4, giao 95', 'Chậm giải phóng mặt bằng', '12 ngày, từ 19/09/2026', 'Phó giám đốc', '10/10/2026'],
  ]);
  expect(chapter).toContain('>Hải Châu · 12 ngày · MÔ PHỎNG: Giải ngân vốn<');
  expect(html).not.toContain('Không in');
});

test('dossiers on time stand in each chapter as they stood then, with source and as-of', async () => {
  const chapters = (await made()).body.toString().split('<section').slice(1);
  expect(chapters.map((chapter) => /Hồ sơ đúng hạn, 30 ngày<\/td><td class="n">([^<]+)<\/td><td>([^<]+)<\/td><td>([^<]+)</.exec(chapter)?.slice(1))).toEqual([['90,0 %', 'thực tế', '10:00 30/09/2026'], ['46,0 %', 'thực tế', '10:08 01/10/2026'], ['46,0 %', 'thực tế', '10:08 01/10/2026']]);
  expect(chapters[0]).toContain('>90,0 % đúng hạn<');
});

test('a sensor of a rehearsal says what was sent until then, by its own name and time, until it was removed', async () => {
  const chapters = async () => (await made()).body.toString().split('<section').slice(1);
  const [before, during, after] = await chapters();
  expect(during).toMatch(/>1,2 m · M[^<]*…</);
  expect(during).toContain('<tr><td>Mực nước han</td><td class="n">1,2 m</td><td>diễn tập</td><td>10:06 01/10/2026</td></tr>');
  expect([before, after].map((chapter) => chapter?.includes('Mực nước han'))).toEqual([false, false]);
  kept = undefined;
  expect((await chapters())[1]).not.toContain('Mực nước han');
  kept = rehearsed;
});

test('a decision taken during a glimpse stands with the picture before it', async () => {
  decidedAt = START + 10 * MINUTE + 500;
  const chapters = (await made()).body.toString().split('<section');
  decidedAt = START + 6 * MINUTE;
  expect(chapters.map((chapter) => chapter.includes('Bơm nước hầm chui'))).toEqual([false, false, true, false]);
});

test('of a run it tells what the wall showed of it, from its first picture to what came after', async () => {
  const { body, name } = await made({ run: 'run-7' });
  const html = body.toString();
  expect(html.match(/<section/g)).toHaveLength(1);
  expect(html).toContain('Kịch bản: Giao ban thứ Sáu');
  expect(html).toContain('Thời gian: 10:05 01/10/2026 – 10:10 01/10/2026');
  expect(name).toBe('briefing-w2x2-20261001-1005.html');
  expect(html).toContain('Bơm nước hầm chui');
  expect(await briefing.make({ ...wish, run: 'run-8' }, wholeScope('test'))).toMatchObject({ fault: { code: 'NOT_FOUND' } });
});

test('what a rehearsal made up is counted under its own name', () => {
  const entry = (id: string, provenance: string, rehearsal?: string): LogEntry => ({ ...alert(id, 2, 'raised'), body: { state: 'raised', level: 2, provenance, ...(rehearsal ? { rehearsal } : {}) } });
  const found = (...entries: LogEntry[]) => figuresOf(entries, START).find(({ name }) => name === 'alerts');
  expect(found(entry('al-1', 'simulated'), entry('al-2', 'real', 'run-1'))).toMatchObject({ value: 2, source: 'simulated', isRehearsed: true });
  expect(found(entry('al-2', 'real', 'run-1'))).toMatchObject({ source: 'none', isRehearsed: true });
});

test('the page needs nothing from outside and shows no words as markup', async () => {
  const html = (await made()).body.toString();
  expect(html).not.toMatch(/<script|src=|href="(?!#)|url\((?!#)/);
  expect(html).toContain('Cảnh báo &#60;đỏ&#62;');
  expect(html.match(/<svg /g)).toHaveLength(3);
});

test('a tile without a title of its own is called as on the wall, and lists its cameras', async () => {
  const html = (await made()).body.toString();
  expect(html).toContain('>Camera trọng điểm<');
  expect(html).toContain('>Cầu Rồng<');
  expect(html.split('Không lưu lại')).toHaveLength(3);
  const widgets = fileURLToPath(new URL('../../../client/widgets/', import.meta.url));
  for (const widget of readdirSync(widgets).filter((name) => name !== '_template')) {
    for (const [language, known] of [['vi', vi], ['en', en]] as const) expect((known as Record<string, string>)[`widget-${widget}`], widget).toBe((JSON.parse(readFileSync(`${widgets}${widget}/text.${language}.json`, 'utf8')) as { title: string }).title);
  }
});

test('every picture of the page is cut at its own edges', async () => {
  const ids = [...(await made()).body.toString().matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('made again it is the same but for the time it was made', async () => {
  const first = (await made()).body.toString();
  now += 5 * MINUTE;
  const second = (await made()).body.toString();
  const without = (html: string) => html.replace(/Lập lúc: [^<]+/, '');
  expect(first).not.toBe(second);
  expect(without(first)).toBe(without(second));
});

test('as PDF, a page for the title and one or more per chapter', async () => {
  const { body, contentType, name } = await made({ format: 'pdf' });
  expect([contentType, name]).toEqual(['application/pdf', 'briefing-w2x2-20261001-1000.pdf']);
  expect(body.subarray(0, 5).toString()).toBe('%PDF-');
  expect([...body.toString('latin1').matchAll(/\/Type \/Page\b/g)].length).toBeGreaterThanOrEqual(4);
});

test('a wall nobody knows and a span in which nothing was shown are refused', async () => {
  expect(await briefing.make({ ...wish, wall: 'none' }, wholeScope('test'))).toMatchObject({ fault: { code: 'WALL_UNKNOWN' } });
  expect(await briefing.make({ ...wish, from: START - 60 * MINUTE, until: START - 50 * MINUTE }, wholeScope('test'))).toMatchObject({ fault: { code: 'NOT_FOUND' } });
});
