import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngines, type TestEngine } from '../engine/testEngines.ts';
import { checkSealMark, createNodes } from './nodes.ts';

let engines: TestEngine[];
const log = createSilentLog();
beforeAll(async () => {
  engines = await createTestEngines();
  for (const { engine } of engines) await migrate(engine, log);
});
beforeEach(async () => {
  for (const { engine } of engines) await engine.query(`update node_duty set holder = null, until = '-infinity'`);
});
afterAll(async () => {
  for (const one of engines) await one.close();
});

const shared = () => engines.find(({ kind }) => kind === 'postgres')!.engine;
const open = (id: string, elapsed?: () => number) => createNodes({ engine: shared(), id, name: id, version: '1', startedAt: 1, log, beatMs: 3_600_000, ...(elapsed ? { elapsed } : {}) });

test('a server alone on the embedded engine is always on duty', async () => {
  const embedded = engines.find(({ kind }) => kind === 'embedded')!.engine;
  const nodes = await createNodes({ engine: embedded, id: 'a', name: 'a', version: '1', startedAt: 1, log });
  expect([nodes.isOnDuty(), nodes.list().length]).toEqual([true, 1]);
  await nodes.close();
});

test('one of two is on duty; it begins and ends its work; the other takes over when the first goes', async () => {
  const done: string[] = [];
  const [first, second] = [await open('a'), await open('b')];
  for (const [name, nodes] of [['a', first], ['b', second]] as const) {
    nodes.whileOnDuty(async () => {
      done.push(`${name} begins`);
      return async () => void done.push(`${name} ends`);
    });
    await nodes.settled();
  }
  expect([first.isOnDuty(), second.isOnDuty()]).toEqual([true, false]);
  await second.beat();
  expect(second.list().map(({ id, isOnDuty }) => [id, isOnDuty])).toEqual([['a', true], ['b', false]]);
  await first.close();
  await second.beat();
  await second.settled();
  expect(second.isOnDuty()).toBe(true);
  expect(done).toEqual(['a begins', 'a ends', 'b begins']);
  await second.close();
});

test('a server that stood still does not trust its lease, and gives its work up when another has it', async () => {
  let now = 0;
  const first = await open('a', () => now);
  const ended: string[] = [];
  first.whileOnDuty(async () => async () => void ended.push('a'));
  await first.settled();
  now = 4001;
  expect(first.isOnDuty()).toBe(false);
  await shared().query(`update node_duty set until = clock_timestamp() - interval '1 second'`);
  const second = await open('b');
  await first.beat();
  await first.settled();
  expect([first.isOnDuty(), second.isOnDuty(), ended]).toEqual([false, true, ['a']]);
  await second.close();
  await first.close();
});

test('a server that fell silent stays in the list with the time, until one of its name is back; one that said goodbye does not', async () => {
  const [first, second] = [await open('a'), await open('b')];
  await shared().query(`update node set seen_at = clock_timestamp() - interval '10 seconds' where id = 'b'`);
  await first.beat();
  const lost = first.list().find(({ id }) => id === 'b')?.lostSince ?? 0;
  const [{ ago } = { ago: 0 }] = await shared().query<{ ago: number }>('select (extract(epoch from clock_timestamp()) * 1000)::bigint - $1::bigint as ago', [lost]);
  expect(first.list().map(({ id, lostSince }) => [id, lostSince !== null])).toEqual([['a', false], ['b', true]]);
  expect(Math.abs(ago - 10_000)).toBeLessThan(3000);
  const again = await createNodes({ engine: shared(), id: 'b2', name: 'b', version: '1', startedAt: 2, log, beatMs: 3_600_000 });
  await first.beat();
  expect(first.list().map(({ id, lostSince }) => [id, lostSince])).toEqual([['a', null], ['b2', null]]);
  await again.close();
  await first.beat();
  expect(first.list().map(({ id }) => id)).toEqual(['a']);
  await second.close();
  await first.close();
});

test('a store sealed with another key is refused', async () => {
  await checkSealMark(shared(), 'one');
  await expect(checkSealMark(shared(), 'one')).resolves.toBeUndefined();
  await expect(checkSealMark(shared(), 'other')).rejects.toThrow('seal.key');
});
