import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SimilarReport } from '#contract/citizen.ts';
import seeded from '../services/field-feedback/seeded-repeats.vi.json' with { type: 'json' };
import type { Source } from '../domain/ports/door.ts';
import { asPerson } from './testing/people.ts';
import { createWorkApp } from './testing/workApp.ts';

const HOUR_MS = 3_600_000;
const pairOf = (a: string, b: string) => [a, b].sort().join(' ');

const work = await createWorkApp();
const ids = new Map<string, string>();
const similarTo = async (key: string): Promise<SimilarReport[]> => (await work.app.inject({ url: `/api/v1/feedback/${ids.get(key)}/similar`, headers: asPerson('operator') })).json().items;

beforeAll(async () => {
  const now = work.store.clock.now();
  const items = seeded.map(({ key, service, description, position, hoursAgo }) => ({ key, service, description, position, at: now - hoursAgo * HOUR_MS }));
  for (const result of await work.store.send('feedback', items)) ids.set(result.key, result.id ?? '');
});
afterAll(() => work.close());

it('finds 60 repeats among 200 reports: recall at least 0.95, precision at least 0.90', async () => {
  const truth = new Set(seeded.flatMap(({ key, repeats }) => (repeats ? [pairOf(key, repeats)] : [])));
  expect([seeded.length, truth.size]).toEqual([200, 60]);
  const keys = new Map([...ids].map(([key, id]) => [id, key]));
  const found = new Set<string>();
  for (const key of ids.keys()) for (const { id } of await similarTo(key)) found.add(pairOf(key, keys.get(id) ?? ''));
  const right = [...found].filter((pair) => truth.has(pair)).length;
  const recall = right / truth.size;
  const precision = right / found.size;
  process.stdout.write(`repeats: ${right} of ${truth.size} found, ${found.size - right} wrong; recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}\n`);
  expect(recall).toBeGreaterThanOrEqual(0.95);
  expect(precision).toBeGreaterThanOrEqual(0.9);
});

it('merges a repeat behind its report, hides it from later suggestions, and takes it out again', async () => {
  const { key, repeats } = seeded.find((report) => report.repeats)!;
  const [id, into] = [ids.get(key)!, ids.get(repeats!)!];
  expect((await similarTo(repeats!)).map((report) => report.id)).toContain(id);
  expect((await work.command('feedback.merge', { id, into })).body).toMatchObject({ state: 'closed', duplicateOf: into });
  expect((await work.command('feedback.merge', { id, into })).status).toBe(200);
  expect((await similarTo(repeats!)).map((report) => report.id)).not.toContain(id);
  expect((await work.command('feedback.merge', { id: into, into: id })).body).toMatchObject({ fault: { code: 'FEEDBACK_MERGE' } });
  expect((await work.command('feedback.merge', { id: into, into })).body).toMatchObject({ fault: { code: 'FEEDBACK_MERGE' } });
  expect((await work.command('feedback.split', { id })).body).toMatchObject({ state: 'received', duplicateOf: null });
  expect((await work.command('feedback.split', { id })).body).toMatchObject({ fault: { code: 'STATE_STEP' } });
});

it('does not take what a rehearsal says for what citizens say, nor the other way round', async () => {
  const said = { service: 'drainage', description: 'Hố ga mất nắp trước trường mẫu giáo', position: [108.3011, 16.0011], at: work.store.clock.now() };
  const run: Source = { id: 'run-1', name: 'Diễn tập', topics: null, provenance: 'simulated', rehearsal: 'run-1' };
  for (const [key, from] of [['that', undefined], ['that-2', undefined], ['tap', run], ['tap-2', run]] as const) ids.set(key, (await work.store.send('feedback', [{ ...said, key }], from))[0]!.id!);
  const alike = async (key: string) => (await similarTo(key)).map(({ id }) => id);
  expect([await alike('that'), await alike('tap')]).toEqual([[ids.get('that-2')], [ids.get('tap-2')]]);
});

it('is for operators and for what they see', async () => {
  const url = `/api/v1/feedback/${[...ids.values()][0]}/similar`;
  expect((await work.app.inject({ url, headers: asPerson('ward-officer') })).statusCode).toBe(403);
  expect((await work.app.inject({ url: '/api/v1/feedback/fb-999999/similar', headers: asPerson('operator') })).statusCode).toBe(404);
});
